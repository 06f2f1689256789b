package io.wstck.server.wire.tls;

import java.util.Optional;

/**
 * The version, the cipher suite and the SNI name of a TLS handshake, for the journal.
 *
 * @param version for example {@code TLSv1.3}; absent until it is negotiated
 * @param cipher the name of the cipher suite; absent until it is negotiated
 * @param serverName the host name that the client sent by SNI
 */
public record TlsFacts(Optional<String> version, Optional<String> cipher, Optional<String> serverName) {
    /** No facts. */
    public static TlsFacts none() {
        return new TlsFacts(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
