package io.wstck.server;

import io.wstck.server.wire.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A TLS client that trusts one authority and checks the host, as every client should. */
public final class TlsClient {
    private final SSLContext context;

    /** {@code authority}: a certificate as PEM text. */
    public TlsClient(String authority) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "ca",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(Bytes.utf8(authority).toArray())));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
    }

    /** TLS by records over a connection that is open already; the host is not checked. */
    public TlsEngineClient byRecords(Socket tcp, String version) throws IOException {
        return new TlsEngineClient(tcp, context, version);
    }

    /** TCP and TLS, in one of these versions; the host is checked, and named by SNI. */
    public SSLSocket dial(URI url, String... versions) throws IOException {
        return over(new Socket(url.getHost(), url.getPort()), url, versions);
    }

    /** TLS over a connection that is open already. */
    public SSLSocket over(Socket tcp, URI url, String... versions) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(tcp, url.getHost(), url.getPort(), true);
        socket.setSoTimeout(Peer.TIMEOUT_MS);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setServerNames(List.of(new SNIHostName(url.getHost())));
        if (versions.length > 0) {
            parameters.setProtocols(versions);
        }
        socket.setSSLParameters(parameters);
        try {
            socket.startHandshake();
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
        return socket;
    }

    /** The WebSocket handshake too. */
    public Peer connect(URI url, String... versions) throws IOException {
        Peer peer = Peer.on(dial(url, versions), url);
        var _ = peer.upgrade();
        return peer;
    }
}
