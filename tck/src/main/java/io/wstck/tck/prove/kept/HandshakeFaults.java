package io.wstck.tck.prove.kept;

import static io.wstck.tck.prove.kept.Faults.breaks;
import static io.wstck.tck.prove.kept.Faults.connecting;
import static io.wstck.tck.prove.kept.Faults.luaAndWire;
import static io.wstck.tck.prove.kept.Faults.wire;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.Frame;
import io.wstck.tck.prove.relay.Head;
import io.wstck.tck.prove.relay.OpeningHandshake;
import io.wstck.tck.prove.relay.Tampering;
import io.wstck.tck.prove.relay.Wire;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Faults of the opening handshake on the wire (RFC 6455 §4.1). Stateless. */
final class HandshakeFaults {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final String ACCEPT = "Sec-WebSocket-Accept";

    private HandshakeFaults() {}

    static List<Fault> all() {
        return List.of(
                wire(
                        "handshake.http-1.0",
                        breaks("connect.handshake", "rfc6455.handshake.request"),
                        "the request is one of HTTP/1.0",
                        HandshakeChanges.request(
                                head -> head.withStart(head.start().replace("HTTP/1.1", "HTTP/1.0")))),
                wire(
                        "handshake.version-8",
                        breaks("connect.handshake"),
                        "Sec-WebSocket-Version is 8",
                        HandshakeChanges.request(head -> head.with("Sec-WebSocket-Version", "8"))),
                wire(
                        "handshake.connection-twice",
                        breaks("rfc6455.handshake.request"),
                        "the request has a second Connection header",
                        HandshakeChanges.request(head -> head.and("Connection", "Upgrade"))),
                wire(
                        "handshake.key-constant",
                        breaks("connect.handshake"),
                        "every request has the same key",
                        HandshakeChanges.key(() -> KEY)),
                wire(
                        "handshake.frame-before-answer",
                        breaks("rfc6455.handshake.request"),
                        "a ping is sent right after the request",
                        EagerPing::new),
                wire(
                        "handshake.upgrade-unchecked",
                        breaks("connect.verifies-response"),
                        "an answer whose Upgrade header is missing or wrong is accepted",
                        HandshakeChanges.response(head -> head.with("Upgrade", "websocket"))),
                wire(
                        "handshake.upgrade-by-its-beginning",
                        breaks("connect.verifies-response"),
                        "an Upgrade header that only begins with websocket is accepted",
                        HandshakeChanges.response(
                                head -> head.value("Upgrade").orElse("").startsWith("websocket")
                                        ? head.with("Upgrade", "websocket")
                                        : head)),
                wire(
                        "handshake.connection-unchecked",
                        breaks("connect.verifies-response"),
                        "an answer whose Connection header is missing or wrong is accepted",
                        HandshakeChanges.response(head -> head.with("Connection", "Upgrade"))),
                wire(
                        "handshake.accept-unchecked",
                        breaks("connect.failed", "connect.verifies-response"),
                        "an answer with any Sec-WebSocket-Accept, or none, is accepted",
                        HandshakeChanges.response(
                                (request, response) -> response.with(ACCEPT, OpeningHandshake.accept(key(request))))),
                accept(
                        "handshake.accept-any-case",
                        "Sec-WebSocket-Accept is compared without case",
                        String::equalsIgnoreCase),
                accept(
                        "handshake.accept-decoded",
                        "Sec-WebSocket-Accept is decoded before it is compared",
                        HandshakeFaults::decodesAlike),
                accept(
                        "handshake.accept-by-its-beginning",
                        "a Sec-WebSocket-Accept that begins with the right value is accepted",
                        (right, value) -> value.startsWith(right)),
                accept(
                        "handshake.accept-padding-ignored",
                        "the padding of Sec-WebSocket-Accept is not compared",
                        (right, value) -> value.replace("=", "").equals(right.replace("=", ""))),
                accept(
                        "handshake.accept-last-letter-ignored",
                        "the last letter of Sec-WebSocket-Accept is not compared",
                        (right, value) -> value.length() == right.length()
                                && value.startsWith(right.substring(0, right.indexOf('=') - 1))),
                reuse(
                        "handshake.used-after-failure",
                        "a connection whose answer failed the handshake by its Sec-WebSocket-Accept is written to again",
                        (expected, response) -> response.value(ACCEPT).isPresent()
                                && !response.value(ACCEPT).equals(Optional.of(expected))),
                reuse(
                        "handshake.used-after-missing-upgrade",
                        "a connection whose answer has no Upgrade header is written to again",
                        (_, response) -> response.value("Upgrade").isEmpty()),
                reuse(
                        "handshake.used-after-missing-connection",
                        "a connection whose answer has no Connection header is written to again",
                        (_, response) -> response.value("Connection").isEmpty()),
                wire(
                        "handshake.extension-unchecked",
                        breaks("connect.verifies-response"),
                        "an answer with an extension that was not offered is accepted",
                        HandshakeChanges.response(head -> head.without("Sec-WebSocket-Extensions"))),
                wire(
                        "handshake.status-unchecked",
                        breaks("connect.failed", "connect.other-status"),
                        "an answer with any status is taken for a 101",
                        StatusUnchecked::new),
                // The time that it takes is bounded, and what it reads is not.
                headSwallowed(
                        "handshake.head-limited-by-time",
                        "an answer whose head does not end is read for two seconds, however much comes",
                        "2s"),
                headSwallowed(
                        "handshake.head-without-limit", "an answer whose head does not end is read for ever", "1h"),
                wire(
                        "handshake.token-case",
                        breaks("rfc6455.handshake.response"),
                        "an Upgrade header of WebSocket is refused for its case",
                        HandshakeChanges.response(head -> head.value("Upgrade").equals(Optional.of("websocket"))
                                ? head
                                : head.without("Upgrade"))),
                wire(
                        "handshake.connection-list",
                        breaks("rfc6455.handshake.response"),
                        "a Connection header with more than Upgrade is refused",
                        HandshakeChanges.response(
                                head -> head.value("Connection").orElse("").contains(",")
                                        ? head.without("Connection")
                                        : head)));
    }

    /** Reads what does not become a head, until a connect without a timeout of its own gives up. */
    private static Fault headSwallowed(String id, String statement, String timeout) {
        return luaAndWire(
                id,
                breaks("rfc6455.handshake.limits"),
                statement,
                connecting("options.dial_timeout = options.dial_timeout or \"" + timeout + "\""),
                () -> new Tampering() {
                    @Override
                    public void bytesFromServer(byte[] bytes, Wire wire) {
                        // Read, and waited on.
                    }
                });
    }

    /** Accepts a value of Sec-WebSocket-Accept that is not the right one, but passes for it. */
    private static Fault accept(String id, String statement, BiPredicate<String, String> passes) {
        return wire(
                id, breaks("rfc6455.handshake.accept"), statement, HandshakeChanges.response((request, response) -> {
                    String right = OpeningHandshake.accept(key(request));
                    return passes.test(right, response.value(ACCEPT).orElse(""))
                            ? response.with(ACCEPT, right)
                            : response;
                }));
    }

    /** Writes to a connection that the client has ended because of the answer to its request. */
    private static Fault reuse(String id, String statement, BiPredicate<String, Head> refused) {
        return wire(id, breaks("rfc6455.handshake.not-reused"), statement, () -> new WrittenAfterFailure(refused));
    }

    /** As a lenient decoder sees them: whatever the padding is, and the bits that it leaves unused. */
    private static boolean decodesAlike(String right, String value) {
        int letters = right.indexOf('=');
        return value.replace("=", "").length() == letters && value.startsWith(right.substring(0, letters - 1));
    }

    private static String key(Head request) {
        return request.value("Sec-WebSocket-Key").orElse("");
    }

    static final class StatusUnchecked implements Tampering {
        private volatile String sent = "";

        @Override
        public Head request(Head head) {
            sent = key(head);
            return head;
        }

        @Override
        public Head response(Head head) {
            return new Head(List.of("HTTP/1.1 101 Switching Protocols"))
                    .and("Upgrade", "websocket")
                    .and("Connection", "Upgrade")
                    .and(ACCEPT, OpeningHandshake.accept(sent));
        }
    }

    private static final class WrittenAfterFailure implements Tampering {
        private final BiPredicate<String, Head> refused;
        private volatile String expected = "";
        private volatile boolean failed;

        /** @param refused whether an answer is one of those, given the right Sec-WebSocket-Accept */
        WrittenAfterFailure(BiPredicate<String, Head> refused) {
            this.refused = refused;
        }

        @Override
        public Head request(Head head) {
            expected = OpeningHandshake.accept(key(head));
            return head;
        }

        @Override
        public Head response(Head head) {
            failed = refused.test(expected, head);
            return head;
        }

        @Override
        public void endedByClient(Wire.End how, Wire wire) throws IOException {
            if (failed) {
                wire.toServer(Frame.toServer(Frame.TEXT, new byte[1]));
            }
            wire.endToServer(how);
        }
    }

    private static final class EagerPing implements Tampering {
        @Override
        public void requested(Wire wire) throws IOException {
            wire.toServer(Frame.toServer(Frame.PING, new byte[0]));
        }
    }
}
