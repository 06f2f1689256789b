package io.wstck.tck.prove.kept;

import io.wstck.tck.prove.relay.Head;
import io.wstck.tck.prove.relay.OpeningHandshake;
import io.wstck.tck.prove.relay.Tampering;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Tamperings of the opening handshake. Stateless. */
final class HandshakeChanges {
    private static final String KEY = "Sec-WebSocket-Key";
    private static final String ACCEPT = "Sec-WebSocket-Accept";

    private HandshakeChanges() {}

    static Supplier<Tampering> request(UnaryOperator<Head> change) {
        return () -> new Tampering() {
            @Override
            public Head request(Head head) {
                return change.apply(head);
            }
        };
    }

    /** Another key for each request; the client gets the right answer as one to the key that it sent. */
    static Supplier<Tampering> key(Supplier<String> keys) {
        return () -> new Tampering() {
            private volatile String sent = "";
            private volatile String replaced = "";

            @Override
            public Head request(Head head) {
                sent = head.value(KEY).orElse("");
                replaced = keys.get();
                return head.with(KEY, replaced);
            }

            @Override
            public Head response(Head head) {
                return head.value(ACCEPT).equals(Optional.of(OpeningHandshake.accept(replaced)))
                        ? head.with(ACCEPT, OpeningHandshake.accept(sent))
                        : head;
            }
        };
    }

    /** The answer, if it is a 101. */
    static Supplier<Tampering> response(UnaryOperator<Head> change) {
        return response((_, response) -> change.apply(response));
    }

    /** The answer to a request, if it is a 101. */
    static Supplier<Tampering> response(BinaryOperator<Head> change) {
        return () -> new Tampering() {
            private volatile Optional<Head> request = Optional.empty();

            @Override
            public Head request(Head head) {
                request = Optional.of(head);
                return head;
            }

            @Override
            public Head response(Head head) {
                return head.start().startsWith("HTTP/1.1 101") && request.isPresent()
                        ? change.apply(request.get(), head)
                        : head;
            }
        };
    }
}
