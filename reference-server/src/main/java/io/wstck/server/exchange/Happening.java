package io.wstck.server.exchange;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.MessageType;
import java.time.Duration;
import java.util.Optional;

/** One thing that came from the client, or a wait that it sat out. Immutable. */
public sealed interface Happening {
    /** For people: {@code text message "hello"}. */
    String describe();

    /** How a message was carried (RFC 7692 §6). */
    enum Carried {
        PLAIN,
        COMPRESSED
    }

    /**
     * A data message.
     *
     * @param content inflated
     */
    record Message(MessageType type, Bytes content, Carried carried) implements Happening {
        @Override
        public String describe() {
            return (carried == Carried.COMPRESSED ? "compressed " : "") + type.id() + " message " + content;
        }
    }

    /** A pong. */
    record Pong(Bytes payload) implements Happening {
        @Override
        public String describe() {
            return "pong " + payload;
        }
    }

    /** A ping of the client's own; it was answered. */
    record Ping(Bytes payload) implements Happening {
        @Override
        public String describe() {
            return "ping " + payload;
        }
    }

    /** A wait that passed with the connection still open. */
    record Waited(Duration time) implements Happening {
        @Override
        public String describe() {
            return time.toMillis() + " ms passed";
        }
    }

    /**
     * The outcome of messages that were sent one after the other, each after the echo of the one before it, and compared byte for
     * byte, type included.
     *
     * @param exact how many came back as they were sent
     * @param asked how many were to be sent
     * @param plain how many messages were sent compressed, and came back plain
     * @param difference what was wrong with the first that did not
     */
    record Echoes(int exact, int asked, int plain, Optional<String> difference) implements Happening {
        @Override
        public String describe() {
            return exact + " of " + asked + " echoes"
                    + (plain > 0 ? ", " + plain + " of them not compressed" : "")
                    + difference.map(d -> ", then: " + d).orElse("");
        }
    }

    /** A message that was not kept: it is longer than any that is read. */
    record Excess(String what) implements Happening {
        @Override
        public String describe() {
            return what;
        }
    }
}
