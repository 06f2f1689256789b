package io.wstck.server.exchange;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.MessageType;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** One thing that a server does. */
public sealed interface Act {
    /** Sends frames. One with the opcode of a close begins the closing handshake; what follows it is sent all the same. */
    record Send(List<OutFrame> frames, Pace pace) implements Act {
        public Send {
            frames = List.copyOf(frames);
        }
    }

    /** Sends parts of frames: bytes as they are, which the log of the wire calls so. */
    record SendBytes(Bytes bytes) implements Act {}

    /**
     * Sends a message that is made when it is sent, plain.
     *
     * @param fragment bytes of each frame but the last, or the whole message in one
     */
    record SendMessage(MessageType type, Content content, OptionalInt fragment, Pace pace) implements Act {}

    /**
     * Waits until so many messages and pongs came since the exchange began. A client that takes longer is sent a close with 1001.
     *
     * @param count since the exchange began
     */
    record Await(int count, Duration limit) implements Act {}

    /** Waits until a pong with this payload came. A client that takes longer is sent a close with 1001. */
    record AwaitPong(Bytes payload, Duration limit) implements Act {}

    /**
     * Waits until the client closes or ends the connection. A client that takes longer, or goes on, is sent a close with 1001.
     *
     * @param mostAnswers how many messages and pongs may have come since the exchange began; a client that sends one more goes on
     */
    record AwaitEnd(int mostAnswers, Duration limit) implements Act {}

    /** Lets time pass, and notes when it did so with the connection still open. */
    record Wait(Duration time) implements Act {}

    /**
     * Sends messages one after the other, each after the echo of the one before it, until one is no echo.
     *
     * @param limit for all of them
     */
    record LockStep(MessageType type, int count, Series messages, Form form, Duration limit) implements Act {}

    /** What a message says; made anew for each use. */
    @FunctionalInterface
    interface Content {
        Bytes make();
    }

    /** The messages of a {@link LockStep}, from 0. */
    @FunctionalInterface
    interface Series {
        Bytes message(int index);
    }

    /** How the messages of a {@link LockStep} are carried, there and back. */
    sealed interface Form {
        /** As they are, a frame each. */
        record Plain() implements Form {}

        /**
         * Compressed (RFC 7692 §6.1). An echo may be so or not: that is counted.
         *
         * @param fragment bytes of each frame but the last, after compression
         */
        record Compressed(OptionalInt fragment) implements Form {}
    }
}
