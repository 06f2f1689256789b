package io.wstck.client.transport;

import io.wstck.client.HostVerification;
import io.wstck.client.protocol.WebSocketUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * TLS as a client does it (RFC 6455 §4.1 step 5).
 *
 * @param context keys and trust; empty for the JDK's default context, which is asked for when a connection needs it: asking
 *     makes it, for the whole JVM, from the system properties of that moment
 * @param verification whether the certificate must be one for the host
 */
public record Tls(Optional<SSLContext> context, HostVerification verification) {
    public Tls {
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(verification, "verification");
    }

    /** Shakes hands over TCP; closing the raw socket from any thread ends it. */
    SSLSocket secure(Socket tcp, WebSocketUrl url) throws IOException {
        SSLSocket socket =
                (SSLSocket) keysAndTrust().getSocketFactory().createSocket(tcp, url.host(), url.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        if (verification == HostVerification.ON) {
            // RFC 2818 §3.1; a plain SSLSocket does not verify the name by itself.
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        // §4.1 step 5: clients MUST use the Server Name Indication extension. By itself the JDK leaves out names
        // without
        // a dot.
        serverName(url.host()).ifPresent(name -> parameters.setServerNames(List.of(name)));
        socket.setSSLParameters(parameters);
        try {
            socket.startHandshake();
        } catch (IOException e) {
            throw new IOException("TLS handshake with " + url.authority() + ": " + e.getMessage(), e);
        }
        return socket;
    }

    private SSLContext keysAndTrust() throws IOException {
        try {
            return context.isPresent() ? context.get() : SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("the JDK's default TLS context cannot be used: " + e.getMessage(), e);
        }
    }

    /** RFC 6066 §3: a DNS name without its trailing dot; literal addresses are not permitted. */
    private static Optional<SNIServerName> serverName(String host) {
        if (isLiteral(host)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SNIHostName(host.endsWith(".") ? host.substring(0, host.length() - 1) : host));
        } catch (IllegalArgumentException e) {
            // A name that resolves may still be none that SNI can carry, such as one with an underscore.
            return Optional.empty();
        }
    }

    private static boolean isLiteral(String host) {
        try {
            InetAddress.ofLiteral(host);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
