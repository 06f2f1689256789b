package io.wstck.tck.judge;

/**
 * An error of the kit that kept it from judging. Earlier failures still count. Later checks, and missing ones, prove
 * nothing.
 *
 * @param what a sentence
 * @param nanos time of the error, since the server session was opened
 */
public record KitError(String what, long nanos) {}
