package io.wstck.tck.prove.kept;

import io.wstck.tck.prove.relay.Head;
import io.wstck.tck.prove.relay.Tampering;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Tamperings of the opening handshake. Stateless. */
final class HandshakeChanges {
    private HandshakeChanges() {}

    static Supplier<Tampering> request(UnaryOperator<Head> change) {
        return () -> new Tampering() {
            @Override
            public Head request(Head head) {
                return change.apply(head);
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
