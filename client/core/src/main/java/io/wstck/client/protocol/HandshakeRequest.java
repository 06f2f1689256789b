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
 * The checked parts of the client's opening handshake, from which {@link #bytes} makes the request to send (RFC 6455
 * §4.1).
 *
 * @param url the server
 * @param host value of the {@code Host} header
 * @param headers the caller's headers, checked, {@code Host} taken out
 * @param subprotocols the offered subprotocols, checked, in order of preference
 * @param deflate the offer of {@code permessage-deflate} (RFC 7692 §5)
 */
public record HandshakeRequest(
        WebSocketUrl url, String host, List<Header> headers, List<String> subprotocols, DeflateOffer deflate) {
    /** Headers that a caller must not set: those of the handshake itself, and those that announce a body. */
    private static final Set<String> RESERVED = Set.of("upgrade", "connection", "content-length", "transfer-encoding");

    /**
     * Returns the request for a URL.
     *
     * @throws WebSocketException INVALID if a header or a subprotocol is not legal
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
            if (!HttpTokens.isToken(subprotocol) || !seen.add(subprotocol)) {
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
        appendLine(request, "GET " + url.target() + " HTTP/1.1");
        appendLine(request, "Host: " + host);
        appendLine(request, "Upgrade: websocket");
        appendLine(request, "Connection: Upgrade");
        appendLine(request, "Sec-WebSocket-Key: " + key.value());
        appendLine(request, "Sec-WebSocket-Version: 13");
        if (!subprotocols.isEmpty()) {
            appendLine(request, "Sec-WebSocket-Protocol: " + String.join(", ", subprotocols));
        }
        deflate.header().ifPresent(offer -> appendLine(request, "Sec-WebSocket-Extensions: " + offer));
        for (Header header : headers) {
            appendLine(request, header.name() + ": " + header.value());
        }
        appendLine(request, "");
        return request.toString().getBytes(UTF_8);
    }

    private static void appendLine(StringBuilder request, String text) {
        request.append(text).append("\r\n");
    }

    private static void check(Header header) throws WebSocketException {
        String name = header.name().toLowerCase(Locale.ROOT);
        if (!HttpTokens.isToken(name)) {
            throw WebSocketException.invalid(
                    "header name: expected a token, got \"" + printable(header.name()) + "\" (RFC 9110 §5.1)");
        }
        if (RESERVED.contains(name) || name.startsWith("sec-websocket-")) {
            throw WebSocketException.invalid("header " + header.name() + ": belongs to the handshake (RFC 6455 §4.1)");
        }
        Utf8Text.encode(header.value(), "header " + header.name());
        // RFC 9110 §5.5: CR, LF and NUL are dangerous, other controls are invalid. The message leaves out the value,
        // which may be a secret.
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
