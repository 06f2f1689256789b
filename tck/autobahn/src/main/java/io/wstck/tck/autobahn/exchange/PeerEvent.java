package io.wstck.tck.autobahn.exchange;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Header;
import io.wstck.server.wire.MessageType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** An event from the peer, or a pause that passed while the connection stayed open. Immutable. */
public sealed interface PeerEvent {
    /** The event in words: {@code text message "hello"}. */
    String describe();

    /** The encoding of a message on the wire (RFC 7692 §6). */
    enum EchoEncoding {
        PLAIN,
        COMPRESSED
    }

    /**
     * A data message.
     *
     * @param content the inflated content
     */
    record Message(MessageType type, Bytes content, EchoEncoding carried) implements PeerEvent {
        @Override
        public String describe() {
            return (carried == EchoEncoding.COMPRESSED ? "compressed " : "") + type.word() + " message " + content;
        }
    }

    /** A pong. */
    record Pong(Bytes payload) implements PeerEvent {
        @Override
        public String describe() {
            return "pong " + payload;
        }
    }

    /** A ping of the peer. The kit has answered it. */
    record Ping(Bytes payload) implements PeerEvent {
        @Override
        public String describe() {
            return "ping " + payload;
        }
    }

    /** A pause that passed while the connection stayed open. */
    record PauseElapsed(Duration time) implements PeerEvent {
        @Override
        public String describe() {
            return time.toMillis() + " ms passed";
        }
    }

    /**
     * The result of messages that the kit sent one by one, each after the echo of the previous one. The echoes are
     * compared byte by byte, with their type.
     *
     * @param exact the number of exact echoes
     * @param asked the number of messages to send
     * @param plain the number of messages that were sent compressed and came back plain
     * @param difference the difference of the first answer that was not an exact echo
     */
    record Echoes(int exact, int asked, int plain, Optional<String> difference) implements PeerEvent {
        @Override
        public String describe() {
            return exact + " of " + asked + " echoes"
                    + (plain > 0 ? ", " + plain + " of them not compressed" : "")
                    + difference.map(d -> ", then: " + d).orElse("");
        }
    }

    /**
     * The answer of a server to the opening handshake of a connection before the one whose end is judged.
     *
     * @param headers the headers of the answer, as far as it came
     * @param problem the reason why the connection is not open, a phrase; empty if it is
     */
    record OpeningAnswer(AnswerKind kind, OptionalInt status, List<Header> headers, Optional<String> problem)
            implements PeerEvent {
        public OpeningAnswer {
            headers = List.copyOf(headers);
        }

        /** The kinds of answers. */
        public enum AnswerKind {
            /** A valid answer 101. */
            OPENED,
            /** Another whole answer of HTTP/1.x, or one with 101 that is not valid. */
            NOT_OPENED,
            /** No whole answer. */
            NONE
        }

        /** The values of the answer's headers with this name. */
        public List<String> values(String name) {
            return headers.stream()
                    .filter(header -> header.name().equalsIgnoreCase(name))
                    .map(Header::value)
                    .toList();
        }

        @Override
        public String describe() {
            StringBuilder text = new StringBuilder("handshake ")
                    .append(status.isPresent() ? "answered with " + status.getAsInt() : "not answered")
                    .append(": ")
                    .append(problem.orElse("the connection is open"));
            for (String name : List.of("Sec-WebSocket-Version", "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions")) {
                values(name)
                        .forEach(value ->
                                text.append(", ").append(name).append(' ').append(Bytes.utf8(value)));
            }
            return text.toString();
        }
    }

    /** The end of a connection before the one whose end is judged. */
    record ConnectionEnded(boolean clean, String what) implements PeerEvent {
        @Override
        public String describe() {
            return what;
        }
    }

    /** An observation that is recorded, not judged. */
    record Observation(String what) implements PeerEvent {
        @Override
        public String describe() {
            return what;
        }
    }

    /** A message that was discarded because it is longer than the kit reads. */
    record DiscardedMessage(String what) implements PeerEvent {
        @Override
        public String describe() {
            return what;
        }
    }
}
