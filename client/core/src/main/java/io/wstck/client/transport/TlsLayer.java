package io.wstck.client.transport;

import io.wstck.client.HostVerification;
import io.wstck.client.protocol.WebSocketUrl;
import java.io.IOException;
import java.net.Socket;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Starts TLS on a TCP socket, as a client (RFC 6455 §4.1 step 5).
 *
 * @param context keys and trust; empty for the JDK's default context. The JDK makes that context for the whole JVM when
 * the first connection needs it
 * @param verification whether the certificate must be issued for the host
 */
record TlsLayer(Optional<SSLContext> context, HostVerification verification) {
    /** Performs the TLS handshake over TCP. Closing the raw socket from any thread ends it. */
    SSLSocket secure(Socket tcp, WebSocketUrl url) throws IOException {
        SSLSocket socket = (SSLSocket) sslContext().getSocketFactory().createSocket(tcp, url.host(), url.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        if (verification == HostVerification.ON) {
            // RFC 2818 §3.1; a plain SSLSocket does not verify the name by itself.
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        // §4.1 step 5: clients MUST use the Server Name Indication extension. By default the JDK leaves out names
        // without a dot.
        serverName(url.host()).ifPresent(name -> parameters.setServerNames(List.of(name)));
        socket.setSSLParameters(parameters);
        try {
            socket.startHandshake();
        } catch (IOException e) {
            throw new IOException("TLS handshake with " + url.authority() + ": " + e.getMessage(), e);
        }
        return socket;
    }

    private SSLContext sslContext() throws IOException {
        try {
            return context.isPresent() ? context.get() : SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("the JDK's default TLS context cannot be used: " + e.getMessage(), e);
        }
    }

    /** RFC 6066 §3: a DNS name without its trailing dot; literal addresses are not permitted. */
    private static Optional<SNIServerName> serverName(String host) {
        if (NameLookups.isLiteral(host)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SNIHostName(host.endsWith(".") ? host.substring(0, host.length() - 1) : host));
        } catch (IllegalArgumentException e) {
            // SNI cannot carry every name that resolves, for example one with an underscore.
            return Optional.empty();
        }
    }
}
