package io.wstck.tck.autobahn;

import io.wstck.server.exchange.Act;
import io.wstck.server.exchange.Happening;
import io.wstck.server.exchange.Happening.Carried;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.MessageType;

/** One thing that is to come from the client. */
public sealed interface Expected {
    /** Whether {@code happening} is it, to the byte. */
    boolean matches(Happening happening);

    /** For people: {@code text message "hello"}. */
    String describe();

    /** A message like one that was sent. */
    record Echo(MessageType type, Act.Content content) implements Expected {
        @Override
        public boolean matches(Happening happening) {
            return happening instanceof Happening.Message message
                    && message.type() == type
                    && message.carried() == Carried.PLAIN
                    && message.content().equals(content.make());
        }

        @Override
        public String describe() {
            return type.id() + " message " + content.make();
        }
    }

    /** A pong with that payload. */
    record Pong(Bytes payload) implements Expected {
        @Override
        public boolean matches(Happening happening) {
            return happening instanceof Happening.Pong pong && pong.payload().equals(payload);
        }

        @Override
        public String describe() {
            return "pong " + payload;
        }
    }

    /** A wait that passes with the connection open. */
    record Waited() implements Expected {
        @Override
        public boolean matches(Happening happening) {
            return happening instanceof Happening.Waited;
        }

        @Override
        public String describe() {
            return "a pause";
        }
    }

    /** Which echoes of compressed messages may be plain. */
    enum Plain {
        NONE,
        ANY
    }

    /** Exact echoes, all of them. */
    record Echoes(int count, Plain plain) implements Expected {
        @Override
        public boolean matches(Happening happening) {
            return happening instanceof Happening.Echoes echoes
                    && echoes.exact() == count
                    && (plain == Plain.ANY || echoes.plain() == 0)
                    && echoes.difference().isEmpty();
        }

        @Override
        public String describe() {
            return count + " exact echoes" + (plain == Plain.ANY ? ", compressed or not" : "");
        }
    }

    /** An echo of a text message. */
    static Expected text(String text) {
        Bytes content = Bytes.utf8(text);
        return new Echo(MessageType.TEXT, () -> content);
    }
}
