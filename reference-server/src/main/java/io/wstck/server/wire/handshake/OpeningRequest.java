package io.wstck.server.wire.handshake;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Header;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The opening handshake of a client (RFC 6455 §4.1).
 *
 * @param target the path and the query
 * @param key the value of {@code Sec-WebSocket-Key}
 * @param protocols the offered subprotocols, in the order of preference
 * @param headers all header lines in their order
 */
public record OpeningRequest(String target, String key, List<String> protocols, List<Header> headers) {
    private static final int KEY_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    public OpeningRequest {
        protocols = List.copyOf(protocols);
        headers = List.copyOf(headers);
    }

    /**
     * A request with a new key.
     *
     * @param host the host, with the port unless it is the default one
     * @param extensions the header that offers extensions
     */
    public static OpeningRequest of(
            String host, String target, Optional<String> origin, List<String> protocols, Optional<Header> extensions) {
        byte[] nonce = new byte[KEY_BYTES];
        RANDOM.nextBytes(nonce);
        String key = Base64.getEncoder().encodeToString(nonce);
        List<Header> headers = new ArrayList<>(List.of(
                new Header("Host", host),
                new Header("Upgrade", "websocket"),
                new Header("Connection", "Upgrade"),
                new Header("Sec-WebSocket-Key", key),
                new Header("Sec-WebSocket-Version", "13")));
        origin.ifPresent(value -> headers.add(new Header("Origin", value)));
        if (!protocols.isEmpty()) {
            headers.add(new Header("Sec-WebSocket-Protocol", String.join(", ", protocols)));
        }
        extensions.ifPresent(headers::add);
        return new OpeningRequest(target, key, protocols, headers);
    }

    /** The bytes of the request. */
    public Bytes bytes() {
        StringBuilder text = new StringBuilder("GET ").append(target).append(" HTTP/1.1\r\n");
        headers.forEach(header ->
                text.append(header.name()).append(": ").append(header.value()).append("\r\n"));
        return Bytes.utf8(text.append("\r\n").toString());
    }
}
