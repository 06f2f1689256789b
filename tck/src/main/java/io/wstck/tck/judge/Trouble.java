package io.wstck.tck.judge;

/**
 * Why the kit could not find out. What failed before it stands; what came afterwards, or did not come, proves nothing.
 *
 * @param what as a sentence
 * @param nanos when, since the server session was opened
 */
public record Trouble(String what, long nanos) {}
