package io.wstck.server.wire;

/** An event that the frame reader reports, in the order of the bytes. */
public sealed interface WireEvent {
    /**
     * A complete frame was read.
     *
     * @param payload the unmasked payload
     */
    record FrameRead(FrameHeader header, RecordedPayload payload) implements WireEvent {}

    /** The last frame of a message was read. It follows the {@link FrameRead} of that frame. */
    record MessageRead(Message message) implements WireEvent {}

    /** The client has broken a rule. Reading goes on. */
    record ViolationFound(Violation violation) implements WireEvent {}

    /** A compressed message does not inflate. It follows the violations of the message. */
    record MessageCorrupt() implements WireEvent {}

    /** The reader discards a message and the rest of its bytes. */
    record MessageDiscarded(DiscardReason reason) implements WireEvent {}
}
