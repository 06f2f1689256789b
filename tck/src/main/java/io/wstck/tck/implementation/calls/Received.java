package io.wstck.tck.implementation.calls;

import java.util.Objects;

/** What a wait for a message has brought. */
public sealed interface Received {

    /** A message. */
    final class Message implements Received {
        private final String type;
        private final byte[] data;

        /**
         * A message.
         *
         * @param type its name as scripts see it: {@code text}, {@code binary}, or whatever else the client delivers
         * @param data is handed over, and must not be changed any more
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

        /** The type to send it back with. */
        public MessageType kind() {
            return type.equals(MessageType.BINARY.word()) ? MessageType.BINARY : MessageType.TEXT;
        }
    }

    /** The connection has ended, and everything that came before was taken. */
    record Closed() implements Received {}

    /** Nothing came in time. */
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
