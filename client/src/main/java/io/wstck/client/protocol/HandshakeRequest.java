package io.wstck.client.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wstck.client.Header;
import io.wstck.client.WebSocketException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The client's opening handshake (RFC 6455 §4.1).
 *
 * @param url the server
 * @param host value of the {@code Host} header
 * @param headers the caller's headers, checked, {@code Host} taken out
 * @param subprotocols what is offered, checked, in order of preference
 * @param deflate what is offered of {@code permessage-deflate} (RFC 7692 §5)
 */
public record HandshakeRequest(
        WebSocketUrl url, String host, List<Header> headers, List<String> subprotocols, DeflateOffer deflate) {
    /** What the handshake itself sends, or what would announce a body: a caller's value would make the request another one. */
    private static final Set<String> RESERVED = Set.of("upgrade", "connection", "content-length", "transfer-encoding");

    /**
     * Returns the request for a URL.
     *
     * @throws WebSocketException INVALID if a header or a subprotocol cannot be sent as such
     */
    public static HandshakeRequest of(
            WebSocketUrl url, List<Header> headers, List<String> subprotocols, DeflateOffer deflate)
            throws WebSocketException {
        Optional<String> host = Optional.empty();
        for (Header header : headers) {
            check(header);
            if (isHost(header)) {
                if (host.isPresent() || !isAuthority(header.value())) {
                    throw WebSocketException.invalid("header Host: expected one host, got " + header.value());
                }
                host = Optional.of(header.value());
            }
        }
        Set<String> seen = new HashSet<>();
        for (String subprotocol : subprotocols) {
            // §4.1: elements MUST be non-empty strings of characters without separators, and MUST all be unique.
            if (!Tokens.isToken(subprotocol) || !seen.add(subprotocol)) {
                throw WebSocketException.invalid("subprotocol: expected a token not offered twice, got \""
                        + printable(subprotocol) + "\" (RFC 6455 §4.1)");
            }
        }
        List<Header> others = headers.stream().filter(header -> !isHost(header)).toList();
        return new HandshakeRequest(url, host.orElse(url.authority()), others, List.copyOf(subprotocols), deflate);
    }

    /** Returns the bytes to send. */
    public byte[] bytes(HandshakeKey key) {
        StringBuilder request = new StringBuilder(256);
        line(request, "GET " + url.target() + " HTTP/1.1");
        line(request, "Host: " + host);
        line(request, "Upgrade: websocket");
        line(request, "Connection: Upgrade");
        line(request, "Sec-WebSocket-Key: " + key.value());
        line(request, "Sec-WebSocket-Version: 13");
        if (!subprotocols.isEmpty()) {
            line(request, "Sec-WebSocket-Protocol: " + String.join(", ", subprotocols));
        }
        deflate.header().ifPresent(offer -> line(request, "Sec-WebSocket-Extensions: " + offer));
        for (Header header : headers) {
            line(request, header.name() + ": " + header.value());
        }
        line(request, "");
        return request.toString().getBytes(UTF_8);
    }

    private static void line(StringBuilder request, String text) {
        request.append(text).append("\r\n");
    }

    private static void check(Header header) throws WebSocketException {
        String name = header.name().toLowerCase(Locale.ROOT);
        if (!Tokens.isToken(name)) {
            throw WebSocketException.invalid(
                    "header name: expected a token, got \"" + printable(header.name()) + "\" (RFC 9110 §5.1)");
        }
        if (RESERVED.contains(name) || name.startsWith("sec-websocket-")) {
            throw WebSocketException.invalid("header " + header.name() + ": belongs to the handshake (RFC 6455 §4.1)");
        }
        Text.encode(header.value(), "header " + header.name());
        // RFC 9110 §5.5: CR, LF and NUL are dangerous, other controls are invalid. The value may be a secret: it is not
        // shown.
        for (int index = 0; index < header.value().length(); index++) {
            char character = header.value().charAt(index);
            if ((character < ' ' && character != '\t') || character == 0x7F) {
                throw WebSocketException.invalid(String.format(
                        Locale.ROOT,
                        "header %s: expected no control characters, got U+%04X at index %d (RFC 9110 §5.5)",
                        header.name(),
                        (int) character,
                        index));
            }
        }
    }

    private static boolean isHost(Header header) {
        return header.name().equalsIgnoreCase("Host");
    }

    private static boolean isAuthority(String value) {
        return !value.isEmpty()
                && value.chars().allMatch(c -> Character.isLetterOrDigit(c) || "-._~:[]".indexOf(c) >= 0);
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
