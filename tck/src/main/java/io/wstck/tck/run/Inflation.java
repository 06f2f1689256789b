package io.wstck.tck.run;

import io.wstck.tck.run.Moment.Payload;

/**
 * A compressed message that the journal has only as frames.
 *
 * @param text what it is, or why it cannot be inflated
 * @param payload the inflated content; {@link Payload#NONE} where it cannot be inflated
 */
record Inflation(String text, Payload payload) {}
