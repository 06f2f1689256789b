package io.wstck.tck.implementation.calls;

import java.util.Objects;

/** The result of a receive: a message, the end, or nothing in time. */
public sealed interface Received {

    /** A message. */
    final class Message implements Received {
        private final String type;
        private final byte[] data;

        /**
         * Creates a message.
         *
         * @param type name of the type for scripts: {@code text}, {@code binary}, or another word of the client
         * @param data not copied; must not change any more
         */
        public Message(String type, byte[] data) {
            this.type = Objects.requireNonNull(type, "the type of a message");
            this.data = Objects.requireNonNull(data, "the data of a message");
        }

        public String type() {
            return type;
        }

        /** The bytes themselves, not a copy. */
        public byte[] data() {
            return data;
        }

        /** The type to echo this message with. */
        public MessageType kind() {
            return type.equals(MessageType.BINARY.word()) ? MessageType.BINARY : MessageType.TEXT;
        }
    }

    /** The connection has ended, and all its messages were taken. */
    record Closed() implements Received {}

    /** No message came in time. */
    record Nothing() implements Received {}

    static Received text(byte[] utf8) {
        return new Message(MessageType.TEXT.word(), utf8);
    }

    static Received binary(byte[] data) {
        return new Message(MessageType.BINARY.word(), data);
    }

    static Received closed() {
        return new Closed();
    }

    static Received nothing() {
        return new Nothing();
    }
}
