package io.wstck.server.dial;

import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * A server to connect to.
 *
 * @param host a name or an IP address, without brackets
 * @param port 1 to 65535
 * @param tls the settings of TLS; empty for plain TCP
 */
public record DialTarget(String host, int port, Optional<TlsSettings> tls) {
    /**
     * The settings of the client's side of TLS.
     *
     * @param context decides which certificates are trusted
     * @param name the name of the server, for Server Name Indication and for the check of the certificate
     */
    public record TlsSettings(SSLContext context, String name, NameCheck check) {}

    /** Tells whether the certificate must be one of the server's name (RFC 9110 §4.3.4). */
    public enum NameCheck {
        REQUIRED,
        OMITTED
    }

    /** {@code host:port}, with brackets around an IPv6 address. */
    public String authority() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
