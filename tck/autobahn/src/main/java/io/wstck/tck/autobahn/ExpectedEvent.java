package io.wstck.tck.autobahn;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.MessageType;
import io.wstck.tck.autobahn.exchange.ExchangeAction;
import io.wstck.tck.autobahn.exchange.PeerEvent;
import io.wstck.tck.autobahn.exchange.PeerEvent.EchoEncoding;
import java.util.function.Predicate;

/** An event that a case expects from the peer. */
public sealed interface ExpectedEvent {
    /** Whether {@code event} is the expected event, with the same bytes. */
    boolean matches(PeerEvent event);

    /** The event in words: {@code text message "hello"}. */
    String describe();

    /** A message equal to one that the kit sent. */
    record Echo(MessageType type, ExchangeAction.PayloadSource content) implements ExpectedEvent {
        @Override
        public boolean matches(PeerEvent event) {
            return event instanceof PeerEvent.Message message
                    && message.type() == type
                    && message.carried() == EchoEncoding.PLAIN
                    && message.content().equals(content.generate());
        }

        @Override
        public String describe() {
            return type.word() + " message " + content.generate();
        }
    }

    /** A text message with this content, compressed or not. */
    record AnyEcho(Bytes content) implements ExpectedEvent {
        @Override
        public boolean matches(PeerEvent event) {
            return event instanceof PeerEvent.Message message
                    && message.type() == MessageType.TEXT
                    && message.content().equals(content);
        }

        @Override
        public String describe() {
            return "text message " + content + ", compressed or not";
        }
    }

    /** A pong with this payload. */
    record Pong(Bytes payload) implements ExpectedEvent {
        @Override
        public boolean matches(PeerEvent event) {
            return event instanceof PeerEvent.Pong pong && pong.payload().equals(payload);
        }

        @Override
        public String describe() {
            return "pong " + payload;
        }
    }

    /** A pause that passes while the connection stays open. */
    record PauseElapsed() implements ExpectedEvent {
        @Override
        public boolean matches(PeerEvent event) {
            return event instanceof PeerEvent.PauseElapsed;
        }

        @Override
        public String describe() {
            return "a pause";
        }
    }

    /** The number of echoes of compressed messages that may be plain. */
    enum UncompressedEchoes {
        NONE,
        ANY
    }

    /** Exact echoes of all messages. */
    record Echoes(int count, UncompressedEchoes plain) implements ExpectedEvent {
        @Override
        public boolean matches(PeerEvent event) {
            return event instanceof PeerEvent.Echoes echoes
                    && echoes.exact() == count
                    && (plain == UncompressedEchoes.ANY || echoes.plain() == 0)
                    && echoes.difference().isEmpty();
        }

        @Override
        public String describe() {
            return count + " exact echoes" + (plain == UncompressedEchoes.ANY ? ", compressed or not" : "");
        }
    }

    /**
     * An answer to an opening handshake.
     *
     * @param words the answer in words
     */
    record Answer(String words, Predicate<PeerEvent.OpeningAnswer> test) implements ExpectedEvent {
        @Override
        public boolean matches(PeerEvent event) {
            return event instanceof PeerEvent.OpeningAnswer answer && test.test(answer);
        }

        @Override
        public String describe() {
            return words;
        }
    }

    /** The end of a connection by a closing handshake. */
    record CleanEnd() implements ExpectedEvent {
        @Override
        public boolean matches(PeerEvent event) {
            return event instanceof PeerEvent.ConnectionEnded end && end.clean();
        }

        @Override
        public String describe() {
            return "a closing handshake";
        }
    }

    /** An observation of any kind. */
    record Observed() implements ExpectedEvent {
        @Override
        public boolean matches(PeerEvent event) {
            return event instanceof PeerEvent.Observation;
        }

        @Override
        public String describe() {
            return "anything, which is recorded";
        }
    }

    /** An echo of a text message. */
    static ExpectedEvent text(String text) {
        Bytes content = Bytes.utf8(text);
        return new Echo(MessageType.TEXT, () -> content);
    }
}
