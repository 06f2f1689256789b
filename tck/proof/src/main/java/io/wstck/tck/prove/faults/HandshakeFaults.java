package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.connecting;
import static io.wstck.tck.prove.faults.FaultFactory.luaAndWire;
import static io.wstck.tck.prove.faults.FaultFactory.wire;

import io.wstck.server.wire.handshake.AcceptKey;
import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.HttpHead;
import io.wstck.tck.prove.relay.RelayOutput;
import io.wstck.tck.prove.relay.RelayedFrame;
import io.wstck.tck.prove.relay.Tampering;
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
                        "the request is an HTTP/1.0 request",
                        HandshakeTamperings.request(
                                head -> head.withStartLine(head.startLine().replace("HTTP/1.1", "HTTP/1.0")))),
                wire(
                        "handshake.version-8",
                        breaks("connect.handshake"),
                        "Sec-WebSocket-Version is 8",
                        HandshakeTamperings.request(head -> head.with("Sec-WebSocket-Version", "8"))),
                wire(
                        "handshake.connection-twice",
                        breaks("rfc6455.handshake.request"),
                        "the request has a second Connection header",
                        HandshakeTamperings.request(head -> head.withAdded("Connection", "Upgrade"))),
                wire(
                        "handshake.key-constant",
                        breaks("connect.handshake"),
                        "every request has the same key",
                        HandshakeTamperings.key(() -> KEY)),
                wire(
                        "handshake.frame-before-answer",
                        breaks("rfc6455.handshake.request"),
                        "a ping is sent right after the request",
                        EagerPing::new),
                wire(
                        "handshake.upgrade-unchecked",
                        breaks("connect.verifies-response"),
                        "a response whose Upgrade header is missing or wrong is accepted",
                        HandshakeTamperings.response(head -> head.with("Upgrade", "websocket"))),
                wire(
                        "handshake.upgrade-by-its-beginning",
                        breaks("connect.verifies-response"),
                        "an Upgrade header that only begins with websocket is accepted",
                        HandshakeTamperings.response(
                                head -> head.value("Upgrade").orElse("").startsWith("websocket")
                                        ? head.with("Upgrade", "websocket")
                                        : head)),
                wire(
                        "handshake.connection-unchecked",
                        breaks("connect.verifies-response"),
                        "a response whose Connection header is missing or wrong is accepted",
                        HandshakeTamperings.response(head -> head.with("Connection", "Upgrade"))),
                wire(
                        "handshake.accept-unchecked",
                        breaks("connect.failed", "connect.verifies-response"),
                        "a response with any Sec-WebSocket-Accept, or without one, is accepted",
                        HandshakeTamperings.response(
                                (request, response) -> response.with(ACCEPT, AcceptKey.answer(key(request))))),
                accept(
                        "handshake.accept-any-case",
                        "Sec-WebSocket-Accept is compared case-insensitively",
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
                        "the client writes to a connection after a wrong Sec-WebSocket-Accept failed it",
                        (expected, response) -> response.value(ACCEPT).isPresent()
                                && !response.value(ACCEPT).equals(Optional.of(expected))),
                reuse(
                        "handshake.used-after-missing-upgrade",
                        "the client writes to a connection after a missing Upgrade header failed it",
                        (_, response) -> response.value("Upgrade").isEmpty()),
                reuse(
                        "handshake.used-after-missing-connection",
                        "the client writes to a connection after a missing Connection header failed it",
                        (_, response) -> response.value("Connection").isEmpty()),
                wire(
                        "handshake.extension-unchecked",
                        breaks("connect.verifies-response"),
                        "a response with an extension that was not offered is accepted",
                        HandshakeTamperings.response(head -> head.without("Sec-WebSocket-Extensions"))),
                wire(
                        "handshake.status-unchecked",
                        breaks("connect.failed", "connect.other-status"),
                        "a response with any status is treated as a 101",
                        StatusUnchecked::new),
                // The time is limited, but the number of bytes is not.
                headSwallowed(
                        "handshake.head-limited-by-time",
                        "an endless response head is read for two seconds, without a limit of bytes",
                        "2s"),
                headSwallowed("handshake.head-without-limit", "an endless response head is read forever", "1h"),
                wire(
                        "handshake.token-case",
                        breaks("rfc6455.handshake.response"),
                        "an Upgrade header of WebSocket is refused because of its case",
                        HandshakeTamperings.response(
                                head -> head.value("Upgrade").equals(Optional.of("websocket"))
                                        ? head
                                        : head.without("Upgrade"))),
                wire(
                        "handshake.accept-with-whitespace",
                        breaks("rfc6455.handshake.response"),
                        "a Sec-WebSocket-Accept is compared with the spaces and tabs around its value",
                        HandshakeTamperings.response(
                                head -> hasLine(head, "(?i)" + ACCEPT + ": \\S+") ? head : head.without(ACCEPT))),
                wire(
                        "handshake.accept-name-case",
                        breaks("rfc6455.handshake.response"),
                        "a Sec-WebSocket-Accept is not found if its name has another case",
                        HandshakeTamperings.response(
                                head -> hasLine(head, ACCEPT + ":.*") ? head : head.without(ACCEPT))),
                wire(
                        "handshake.connection-list",
                        breaks("rfc6455.handshake.response"),
                        "a Connection header with other tokens beside Upgrade is refused",
                        HandshakeTamperings.response(
                                head -> head.value("Connection").orElse("").contains(",")
                                        ? head.without("Connection")
                                        : head)));
    }

    /** Reads an endless head until a connect without its own timeout gives up. */
    private static Fault headSwallowed(String id, String statement, String timeout) {
        return luaAndWire(
                id,
                breaks("rfc6455.handshake.limits"),
                statement,
                connecting("options.dial_timeout = options.dial_timeout or \"" + timeout + "\""),
                () -> new Tampering() {
                    @Override
                    public void bytesFromServer(byte[] bytes, RelayOutput wire) {
                        // The client never sees these bytes and keeps waiting.
                    }
                });
    }

    /** Accepts a wrong value of Sec-WebSocket-Accept that a careless comparison accepts. */
    private static Fault accept(String id, String statement, BiPredicate<String, String> passes) {
        return wire(
                id, breaks("rfc6455.handshake.accept"), statement, HandshakeTamperings.response((request, response) -> {
                    String right = AcceptKey.answer(key(request));
                    return passes.test(right, response.value(ACCEPT).orElse(""))
                            ? response.with(ACCEPT, right)
                            : response;
                }));
    }

    /** Writes to a connection that the client has ended because it refused the response. */
    private static Fault reuse(String id, String statement, BiPredicate<String, HttpHead> refused) {
        return wire(id, breaks("rfc6455.handshake.not-reused"), statement, () -> new WrittenAfterFailure(refused));
    }

    /**
     * Whether a lenient base64 decoder decodes both to the same bytes. Such a decoder ignores padding and unused bits.
     */
    private static boolean decodesAlike(String right, String value) {
        int letters = right.indexOf('=');
        return value.replace("=", "").length() == letters && value.startsWith(right.substring(0, letters - 1));
    }

    /** Whether a line of the head, with all its spaces and tabs, matches this regular expression. */
    private static boolean hasLine(HttpHead head, String regex) {
        return head.lines().stream().anyMatch(line -> line.matches(regex));
    }

    private static String key(HttpHead request) {
        return request.value("Sec-WebSocket-Key").orElse("");
    }

    static final class StatusUnchecked implements Tampering {
        private volatile String sent = "";

        @Override
        public HttpHead request(HttpHead head) {
            sent = key(head);
            return head;
        }

        @Override
        public HttpHead response(HttpHead head) {
            return new HttpHead(List.of("HTTP/1.1 101 Switching Protocols"))
                    .withAdded("Upgrade", "websocket")
                    .withAdded("Connection", "Upgrade")
                    .withAdded(ACCEPT, AcceptKey.answer(sent));
        }
    }

    private static final class WrittenAfterFailure implements Tampering {
        private final BiPredicate<String, HttpHead> refused;
        private volatile String expected = "";
        private volatile boolean failed;

        /**
         * @param refused whether the client refuses a response; the first argument is the correct Sec-WebSocket-Accept
         */
        WrittenAfterFailure(BiPredicate<String, HttpHead> refused) {
            this.refused = refused;
        }

        @Override
        public HttpHead request(HttpHead head) {
            expected = AcceptKey.answer(key(head));
            return head;
        }

        @Override
        public HttpHead response(HttpHead head) {
            failed = refused.test(expected, head);
            return head;
        }

        @Override
        public void endedByClient(RelayOutput.TcpEnding how, RelayOutput wire) throws IOException {
            if (failed) {
                wire.toServer(RelayedFrame.toServer(RelayedFrame.TEXT, new byte[1]));
            }
            wire.endToServer(how);
        }
    }

    private static final class EagerPing implements Tampering {
        @Override
        public void requestSent(RelayOutput wire) throws IOException {
            wire.toServer(RelayedFrame.toServer(RelayedFrame.PING, new byte[0]));
        }
    }
}
