package io.wstck.tck.prove.kept;

import io.wstck.client.transport.TrustFile;
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

/** TLS contexts whose client sockets behave otherwise than those of the JDK. Stateless. */
final class TlsSockets {
    private TlsSockets() {}

    /** Makes the socket that the client gets. */
    @FunctionalInterface
    interface Wrapper {
        /**
         * The socket that the client gets.
         *
         * @param tls the JDK's socket
         * @param tcp the socket below it
         */
        SSLSocket wrap(SSLSocket tls, Socket tcp);
    }

    /**
     * A context whose client sockets are wrapped.
     *
     * @param trusted a PEM file with the certificate of the authority to trust; those of the JDK when there is none
     */
    static SSLContext context(Optional<Path> trusted, Wrapper wrapper) {
        SSLContext real = trusted.map(TrustFile::context).orElseGet(TlsSockets::ofTheJdk);
        return new SSLContext(new Context(real, wrapper), real.getProvider(), real.getProtocol()) {};
    }

    private static SSLContext ofTheJdk() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected a platform with TLS: " + e.getMessage(), e);
        }
    }

    private static final class Context extends SSLContextSpi {
        private final SSLContext real;
        private final Wrapper wrapper;

        Context(SSLContext real, Wrapper wrapper) {
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
            return new Factory(real.getSocketFactory(), wrapper);
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

    /** The bundled client layers TLS over a socket of its own: nothing else is wrapped. */
    private static final class Factory extends SSLSocketFactory {
        private final SSLSocketFactory real;
        private final Wrapper wrapper;

        Factory(SSLSocketFactory real, Wrapper wrapper) {
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
