package io.wstck.tck.run;

import io.wstck.tck.run.TimelineEntry.Payload;

/**
 * The description and the content of a compressed message that the journal has only as frames.
 *
 * @param text its description, or the reason why it cannot be inflated
 * @param payload the inflated content; {@link Payload#NONE} if it cannot be inflated
 */
record InflatedMessage(String text, Payload payload) {}
