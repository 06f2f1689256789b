package io.wstck.client.protocol;

import io.wstck.client.protocol.deflate.DeflateParameters;
import java.util.List;
import java.util.Optional;

/**
 * The verified answer of a server to the opening handshake (RFC 6455 §4.1).
 *
 * @param subprotocol the server's choice among those offered
 * @param deflate how messages may be compressed; empty if they must not be
 */
public record HandshakeResponse(Optional<String> subprotocol, Optional<DeflateParameters> deflate) {
    /**
     * Verifies a response, in the order of the section.
     *
     * @throws HandshakeException if it does not accept the request
     */
    public static HandshakeResponse verify(HttpResponse response, HandshakeKey key, HandshakeRequest request)
            throws HandshakeException {
        // §4.1 (1): redirects and challenges are not followed, which the section leaves to the client.
        if (response.status() != HttpResponse.SWITCHING_PROTOCOLS) {
            throw new HandshakeException(
                    "expected status 101, got " + response.status() + " " + PrintableText.plain(response.phrase()));
        }
        // §4.1 (2): Upgrade is a match for "websocket" without case.
        List<String> upgrade = HttpTokens.parseList(response.header("Upgrade").orElse(""));
        if (upgrade.isEmpty() || !upgrade.stream().allMatch("websocket"::equalsIgnoreCase)) {
            throw mismatch("Upgrade", "websocket", response);
        }
        // §4.1 (3): Connection contains a token that is a match for "Upgrade" without case.
        if (HttpTokens.parseList(response.header("Connection").orElse("")).stream()
                .noneMatch("Upgrade"::equalsIgnoreCase)) {
            throw mismatch("Connection", "the token Upgrade", response);
        }
        // §4.1 (4): the accept value is computed from the key.
        if (!response.header("Sec-WebSocket-Accept").orElse("").equals(key.accept())) {
            throw mismatch("Sec-WebSocket-Accept", key.accept(), response);
        }
        // §4.1 (5): no extension that was not offered.
        List<Extension> extensions = ExtensionParser.parse(
                response.header("Sec-WebSocket-Extensions").orElse(""));
        return new HandshakeResponse(
                subprotocol(response, request.subprotocols()), request.deflate().verify(extensions));
    }

    private static Optional<String> subprotocol(HttpResponse response, List<String> offered) throws HandshakeException {
        Optional<String> chosen = response.header("Sec-WebSocket-Protocol");
        // §4.1 (6): no subprotocol that was not offered.
        if (chosen.isPresent() && !offered.contains(chosen.get())) {
            throw mismatch("Sec-WebSocket-Protocol", "none or one of " + offered, response);
        }
        return chosen;
    }

    private static HandshakeException mismatch(String name, String expected, HttpResponse response) {
        String came = response.header(name).map(PrintableText::quoted).orElse("no such header");
        return new HandshakeException(
                "response header " + name + ": expected " + expected + ", got " + came + " (RFC 6455 §4.1)");
    }
}
