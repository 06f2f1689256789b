package io.wstck.tck.autobahn.exchange;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.MessageType;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** An action of the kit in an exchange. */
public sealed interface ExchangeAction {
    /**
     * Sends frames. A frame with the opcode of a close begins the closing handshake. The kit still sends the frames
     * after it.
     */
    record Send(List<OutFrame> frames, WriteChunking chunking) implements ExchangeAction {
        public Send {
            frames = List.copyOf(frames);
        }
    }

    /**
     * Sends a part of a frame: the bytes of its payload from {@code from} (inclusive) to {@code to} (exclusive). The
     * part from 0 begins with the header. The parts of a frame must follow each other. The wire log lists them as
     * bytes.
     */
    record SendPart(OutFrame frame, int from, int to) implements ExchangeAction {}

    /**
     * Sends an uncompressed message, which is generated when it is sent.
     *
     * @param fragment the bytes of each frame but the last; empty for one frame
     */
    record SendMessage(MessageType type, PayloadSource content, OptionalInt fragment, WriteChunking chunking)
            implements ExchangeAction {}

    /**
     * Waits until the peer has sent a number of messages and pongs. After {@code limit} the kit sends a close
     * frame with 1001.
     *
     * @param count the number since the exchange began
     */
    record Await(int count, Duration limit) implements ExchangeAction {}

    /** Waits for a pong with this payload. After {@code limit} the kit sends a close frame with 1001. */
    record AwaitPong(Bytes payload, Duration limit) implements ExchangeAction {}

    /**
     * Waits until the peer closes or ends the connection. If it does not within {@code limit}, or if it continues,
     * the kit sends a close frame with 1001.
     *
     * @param mostAnswers the number of messages and pongs that the peer may have sent since the exchange began; a
     * peer that sends more continues
     */
    record AwaitEnd(int mostAnswers, Duration limit) implements ExchangeAction {}

    /**
     * Waits until the peer answers the kit's close frame or ends the connection. For exchanges in which the peer has
     * much to read before the close frame: the player's own wait for the answer is short.
     */
    record AwaitCloseReply(Duration limit) implements ExchangeAction {}

    /** Waits for {@code time}, and records whether the connection stayed open. */
    record Wait(Duration time) implements ExchangeAction {}

    /**
     * Sends messages one by one, each after the echo of the previous one, until an answer is not the echo.
     *
     * @param limit the time limit for all messages
     */
    record LockStep(MessageType type, int count, MessageSeries messages, LockStepEncoding form, Duration limit)
            implements ExchangeAction {}

    /**
     * Ends the kit's side of TCP without a close frame, and reads until the peer closes or ends the connection.
     *
     * @param limit the time limit for that
     */
    record HalfClose(Duration limit) implements ExchangeAction {}

    /**
     * Sends the same binary message again and again and reads nothing, until the peer takes no byte for {@code stall},
     * or until it has taken {@code most} messages. Then reads the echoes.
     *
     * @param limit the time limit for all echoes
     */
    record SendUnread(Bytes message, int most, Duration stall, Duration limit) implements ExchangeAction {}

    /** Generates the payload of a message. */
    @FunctionalInterface
    interface PayloadSource {
        Bytes generate();
    }

    /** The messages of a {@link LockStep}, by index from 0. */
    @FunctionalInterface
    interface MessageSeries {
        Bytes message(int index);
    }

    /** The encoding of the messages of a {@link LockStep}. */
    sealed interface LockStepEncoding {
        /** Uncompressed, one frame for each message. */
        record Plain() implements LockStepEncoding {}

        /**
         * Compressed (RFC 7692 §6.1). An echo may be compressed or not; the player counts the plain ones.
         *
         * @param fragment the bytes of each frame but the last, after compression
         */
        record Compressed(OptionalInt fragment) implements LockStepEncoding {}
    }
}
