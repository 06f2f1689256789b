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

    /** {@code authority} is a certificate as PEM text. */
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

    /** A TLS client on an open connection that sends single records. It does not check the host. */
    public TlsEngineClient byRecords(Socket tcp, String version) throws IOException {
        return new TlsEngineClient(tcp, context, version);
    }

    /** Opens TCP and TLS in one of these versions. It checks the host, and names it by SNI. */
    public SSLSocket dial(URI url, String... versions) throws IOException {
        return over(new Socket(url.getHost(), url.getPort()), url, versions);
    }

    /** Opens TLS on an open connection. */
    public SSLSocket over(Socket tcp, URI url, String... versions) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(tcp, url.getHost(), url.getPort(), true);
        socket.setSoTimeout(RawClient.TIMEOUT_MS);
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

    /** Opens TCP and TLS, and performs the WebSocket handshake. */
    public RawClient connect(URI url, String... versions) throws IOException {
        RawClient peer = RawClient.on(dial(url, versions), url);
        var _ = peer.upgrade();
        return peer;
    }
}
