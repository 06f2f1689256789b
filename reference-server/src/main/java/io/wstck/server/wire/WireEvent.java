package io.wstck.server.wire;

/** What the reader of frames makes of the bytes it is fed, in their order. */
public sealed interface WireEvent {
    /**
     * A whole frame.
     *
     * @param payload unmasked
     */
    record FrameRead(FrameHeader header, Payload payload) implements WireEvent {}

    /** The last frame of a message was read; follows its {@link FrameRead}. */
    record MessageRead(Message message) implements WireEvent {}

    /** A rule was broken. Reading goes on. */
    record ViolationFound(Violation violation) implements WireEvent {}

    /** A compressed message was read that does not inflate; follows its violations. */
    record MessageBroken() implements WireEvent {}

    /** A message grew beyond what is assembled; its bytes are passed over from here on. */
    record MessageNotTaken(NotTaken why) implements WireEvent {}
}
