package io.wstck.tck.prove.faults;

import io.wstck.client.TrustFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** Creates TLS contexts whose client sockets differ from those of the JDK. Stateless. */
final class TlsSockets {
    private TlsSockets() {}

    /** Wraps the JDK's socket. */
    @FunctionalInterface
    interface SocketWrapper {
        /**
         * Returns the socket for the client.
         *
         * @param tls the JDK's socket
         * @param tcp the socket below it
         */
        SSLSocket wrap(SSLSocket tls, Socket tcp);
    }

    /**
     * A context whose client sockets are wrapped.
     *
     * @param trusted a PEM file with the authority's certificate; empty for the JDK's authorities
     */
    static SSLContext context(Optional<Path> trusted, SocketWrapper wrapper) {
        SSLContext real = trusted.map(TrustFile::context).orElseGet(TlsSockets::ofTheJdk);
        return new SSLContext(new WrappingContextSpi(real, wrapper), real.getProvider(), real.getProtocol()) {};
    }

    private static SSLContext ofTheJdk() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected a platform with TLS: " + e.getMessage(), e);
        }
    }

    private static final class WrappingContextSpi extends SSLContextSpi {
        private final SSLContext real;
        private final SocketWrapper wrapper;

        WrappingContextSpi(SSLContext real, SocketWrapper wrapper) {
            this.real = real;
            this.wrapper = wrapper;
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("expected a context that is in use, got one to set up");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return new WrappingSocketFactory(real.getSocketFactory(), wrapper);
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return real.getServerSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return real.createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return real.createSSLEngine(host, port);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return real.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return real.getClientSessionContext();
        }
    }

    /** Wraps only sockets that are layered over an existing socket, because the bundled client uses no others. */
    private static final class WrappingSocketFactory extends SSLSocketFactory {
        private final SSLSocketFactory real;
        private final SocketWrapper wrapper;

        WrappingSocketFactory(SSLSocketFactory real, SocketWrapper wrapper) {
            this.real = real;
            this.wrapper = wrapper;
        }

        @Override
        public Socket createSocket(Socket tcp, String host, int port, boolean autoClose) throws IOException {
            return wrapper.wrap((SSLSocket) real.createSocket(tcp, host, port, autoClose), tcp);
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            throw notLayered();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            throw notLayered();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            throw notLayered();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            throw notLayered();
        }

        private static IOException notLayered() {
            return new IOException("expected TLS over a socket that is connected, got TLS without one");
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return real.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return real.getSupportedCipherSuites();
        }
    }
}
