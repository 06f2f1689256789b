package io.wstck.client.protocol;

import io.wstck.client.WebSocketException;
import java.net.InetAddress;
import java.util.Locale;

/**
 * The parts of a WebSocket URL, not normalized (RFC 6455 §3).
 *
 * @param scheme how to reach the server
 * @param host name or address to connect to; an IPv6 address without its brackets
 * @param port 1-65535
 * @param authority value of the {@code Host} header: the host as written, with the port unless it is the scheme's
 * default
 * @param target path and query, exactly as written; {@code /} for an empty path
 */
public record WebSocketUrl(Scheme scheme, String host, int port, String authority, String target) {
    /** The two schemes and their default ports. */
    public enum Scheme {
        WS(80),
        WSS(443);

        private final int defaultPort;

        Scheme(int defaultPort) {
            this.defaultPort = defaultPort;
        }
    }

    /**
     * Parses a URL.
     *
     * @throws WebSocketException INVALID unless it is an absolute {@code ws} or {@code wss} URL of printable ASCII with
     * a host, and without a fragment or user information
     */
    public static WebSocketUrl parse(String url) throws WebSocketException {
        checkCharacters(url);
        int colon = url.indexOf("://");
        if (colon < 0) {
            throw invalid("expected ws://host or wss://host", url);
        }
        Scheme scheme = switch (url.substring(0, colon).toLowerCase(Locale.ROOT)) {
            case "ws" -> Scheme.WS;
            case "wss" -> Scheme.WSS;
            default -> throw invalid("expected the scheme ws or wss", url);
        };
        int start = colon + 3;
        int end = start;
        while (end < url.length() && url.charAt(end) != '/' && url.charAt(end) != '?') {
            end++;
        }
        String target = url.substring(end);
        return withAuthority(url, scheme, url.substring(start, end), target.startsWith("/") ? target : "/" + target);
    }

    private static WebSocketUrl withAuthority(String url, Scheme scheme, String authority, String target)
            throws WebSocketException {
        if (authority.indexOf('@') >= 0) {
            throw invalid("expected no user information (RFC 6455 §3)", url);
        }
        int bracket = authority.lastIndexOf(']');
        int colon = authority.indexOf(':', Math.max(bracket, 0));
        String host = colon < 0 ? authority : authority.substring(0, colon);
        int port = colon < 0 || colon == authority.length() - 1
                ? scheme.defaultPort
                : port(authority.substring(colon + 1), url);
        String hostHeader = port == scheme.defaultPort ? host : host + ":" + port;
        return new WebSocketUrl(scheme, checkedHost(host, url), port, hostHeader, target);
    }

    private static void checkCharacters(String url) throws WebSocketException {
        for (int index = 0; index < url.length(); index++) {
            char character = url.charAt(index);
            if (character <= ' ' || character >= 0x7F) {
                throw WebSocketException.invalid("URL: expected printable ASCII, got U+"
                        + String.format(Locale.ROOT, "%04X", (int) character) + " at index " + index);
            }
            // §3: Fragment identifiers are meaningless in the context of WebSocket URIs and MUST NOT be used.
            if (character == '#') {
                throw invalid("expected no fragment (RFC 6455 §3)", url);
            }
        }
    }

    private static String checkedHost(String host, String url) throws WebSocketException {
        if (host.startsWith("[") && host.endsWith("]")) {
            String literal = host.substring(1, host.length() - 1);
            try {
                if (literal.indexOf(':') >= 0) {
                    return InetAddress.ofLiteral(literal).getHostAddress();
                }
            } catch (IllegalArgumentException e) {
                throw invalid("expected an IPv6 address in brackets, " + e.getMessage(), url);
            }
            throw invalid("expected an IPv6 address in brackets", url);
        }
        boolean legal =
                !host.isEmpty() && host.chars().allMatch(c -> Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
        if (!legal) {
            throw invalid("expected a host name or an address", url);
        }
        return host;
    }

    private static int port(String digits, String url) throws WebSocketException {
        boolean decimal = digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = decimal ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 65535) {
            throw invalid("expected a port from 1 to 65535", url);
        }
        return port;
    }

    private static WebSocketException invalid(String expected, String url) {
        return WebSocketException.invalid("URL: " + expected + ", got " + url);
    }
}
