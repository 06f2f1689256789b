package io.wstck.tck.prove.faults;

import io.wstck.server.wire.handshake.AcceptKey;
import io.wstck.tck.prove.relay.HttpHead;
import io.wstck.tck.prove.relay.Tampering;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Creates tamperings of the opening handshake. Stateless. */
final class HandshakeTamperings {
    private static final String KEY = "Sec-WebSocket-Key";
    private static final String ACCEPT = "Sec-WebSocket-Accept";

    private HandshakeTamperings() {}

    static Supplier<Tampering> request(UnaryOperator<HttpHead> change) {
        return () -> new Tampering() {
            @Override
            public HttpHead request(HttpHead head) {
                return change.apply(head);
            }
        };
    }

    /**
     * Sends another key in each request. The relay changes a correct accept value so that it matches the client's own
     * key.
     */
    static Supplier<Tampering> key(Supplier<String> keys) {
        return () -> new Tampering() {
            private volatile String sent = "";
            private volatile String replaced = "";

            @Override
            public HttpHead request(HttpHead head) {
                sent = head.value(KEY).orElse("");
                replaced = keys.get();
                return head.with(KEY, replaced);
            }

            @Override
            public HttpHead response(HttpHead head) {
                return head.value(ACCEPT).equals(Optional.of(AcceptKey.answer(replaced)))
                        ? head.with(ACCEPT, AcceptKey.answer(sent))
                        : head;
            }
        };
    }

    /** Changes each 101 response. */
    static Supplier<Tampering> response(UnaryOperator<HttpHead> change) {
        return response((_, response) -> change.apply(response));
    }

    /** Changes each 101 response; the change also receives the request. */
    static Supplier<Tampering> response(BinaryOperator<HttpHead> change) {
        return () -> new Tampering() {
            private volatile Optional<HttpHead> request = Optional.empty();

            @Override
            public HttpHead request(HttpHead head) {
                request = Optional.of(head);
                return head;
            }

            @Override
            public HttpHead response(HttpHead head) {
                return head.startLine().startsWith("HTTP/1.1 101") && request.isPresent()
                        ? change.apply(request.get(), head)
                        : head;
            }
        };
    }
}
