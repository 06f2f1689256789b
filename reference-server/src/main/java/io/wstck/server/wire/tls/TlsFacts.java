package io.wstck.server.wire.tls;

import java.util.Optional;

/**
 * What is known of a TLS handshake.
 *
 * @param version {@code TLSv1.3}, once it is agreed on
 * @param cipher the cipher suite's name, once it is agreed on
 * @param serverName what the client asked for by SNI
 */
public record TlsFacts(Optional<String> version, Optional<String> cipher, Optional<String> serverName) {
    /** Nothing is known. */
    public static TlsFacts none() {
        return new TlsFacts(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
