package io.wstck.tck.autobahn.servers;

import io.wstck.server.wire.Bytes;
import io.wstck.tck.autobahn.spec.ServerUrl;
import io.wstck.tck.autobahn.spec.WebSocketScheme;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Says what a user can change when a server cannot be connected to over TLS, or answers without TLS. Stateless. */
final class ConnectionHints {
    private static final int ALERT = 0x15;
    private static final int HANDSHAKE = 0x16;
    private static final int TLS_MAJOR = 3;

    private static final String INSECURE = "--insecure accepts every certificate";

    private ConnectionHints() {}

    /** The sentence for a connection that failed, with a hint if the reason is known. */
    static String of(ServerUrl url, IOException failure) {
        String sentence = failure.getMessage();
        if (url.scheme() != WebSocketScheme.WSS) {
            return sentence;
        }
        if (causes(failure).anyMatch(ConnectionHints::isUnknownAuthority)) {
            return sentence + "; --trust FILE trusts the certificates in a PEM file, " + INSECURE;
        }
        if (causes(failure).anyMatch(GeneralSecurityException.class::isInstance)) {
            return sentence + "; " + INSECURE;
        }
        boolean noTls = causes(failure)
                .filter(SSLException.class::isInstance)
                .anyMatch(cause -> String.valueOf(cause.getMessage()).contains("SSL message"));
        return noTls
                ? "expected TLS at " + url.hostHeader() + ", got bytes that are no TLS; is the URL "
                        + with(url, WebSocketScheme.WS) + "?"
                : sentence;
    }

    /** Whether no trusted authority has issued the certificate. A name that does not match is another failure. */
    private static boolean isUnknownAuthority(Throwable cause) {
        return cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException;
    }

    /** The sentence for a server that answers a request without TLS with a record of TLS. */
    static Optional<String> ofAnswer(ServerUrl url, Bytes answer) {
        return url.scheme() == WebSocketScheme.WS && isTls(answer)
                ? Optional.of("expected HTTP/1.1 101 at " + url.hostHeader() + ", got a record of TLS; is the URL "
                        + with(url, WebSocketScheme.WSS) + "?")
                : Optional.empty();
    }

    private static boolean isTls(Bytes answer) {
        byte[] bytes = answer.toArray();
        return bytes.length > 2 && (bytes[0] == ALERT || bytes[0] == HANDSHAKE) && bytes[1] == TLS_MAJOR;
    }

    private static ServerUrl with(ServerUrl url, WebSocketScheme scheme) {
        return new ServerUrl(scheme, url.host(), url.port(), url.target());
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
