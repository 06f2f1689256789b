package io.wstck.client;

import io.wstck.client.security.Policy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ThreadFactory;
import javax.net.ssl.SSLContext;

/** Opens connections, and closes those that are still open when it is closed. Any number of threads may use it. */
public final class WebSocketClient implements AutoCloseable {
    /** The default bound of a closing handshake, from the first close frame to the end of TCP. */
    public static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(2);

    /** The number of connections of a client that have platform threads by default. Running dials count. */
    public static final int PLATFORM_READERS = 64;

    private static final Connector.Provider CONNECTORS = ServiceLoader.load(
                    Connector.Provider.class, WebSocketClient.class.getClassLoader())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("expected META-INF/services/"
                    + Connector.Provider.class.getName() + " beside the client's classes"));

    private final Policy policy;
    private final Connector connector;

    private WebSocketClient(Builder builder, Connector.Provider connectors) {
        policy = builder.policy;
        connector = connectors.connector(new Connector.Settings(
                builder.sslContext,
                builder.hostVerification,
                builder.resolver,
                builder.threadFactory,
                builder.closeTimeout,
                builder.observer));
    }

    /** {@return a client that may connect to every URL and trusts the certificates that the JDK trusts} */
    public static WebSocketClient create() {
        return builder().build();
    }

    /** {@return a builder with nothing set} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Opens a connection (RFC 6455 §4.1). The caller closes the connection, or closes this client.
     *
     * @param url {@code ws://} or {@code wss://}, printable ASCII, without a fragment or user information (RFC 6455 §3)
     * @param options the options of the connection
     * @return the open connection
     * @throws WebSocketException PERMISSION_DENIED if the policy denies {@link Policy#CONNECT}, or
     * {@link Policy#CONNECT_URL} for exactly this URL. INVALID if the URL or the options are not as documented. In both
     * cases the client sends no byte and looks up no name. INTERNAL, retryable, if the connection cannot be made. The
     * same if the thread is interrupted: the dial is abandoned, and the thread's interrupt status stays set. INTERNAL,
     * not retryable, if this client is closed
     */
    public Connection connect(String url, ConnectOptions options) throws WebSocketException {
        return connect(url, options, Optional.empty());
    }

    /**
     * Opens a connection as {@link #connect(String, ConnectOptions)} does, whose messages go to a handler. The
     * reading thread calls it for each message. {@link Connection#messages()} gets no message, and is done when the
     * connection ends. {@link ConnectOptions#channelCapacity()} has no effect.
     *
     * @param url as above
     * @param options the options of the connection
     * @param handler handles the messages; the first call may come before this method has returned
     * @return the open connection
     * @throws WebSocketException as above
     */
    public Connection connect(String url, ConnectOptions options, MessageHandler handler) throws WebSocketException {
        return connect(url, options, Optional.of(handler));
    }

    private Connection connect(String url, ConnectOptions options, Optional<MessageHandler> handler)
            throws WebSocketException {
        Objects.requireNonNull(url, "url");
        checkPolicy(url);
        OptionRanges.check(options);
        return connector.connect(url, options, handler);
    }

    /**
     * Closes all open connections with 1001 and abandons all dials. Returns when all have ended, within the close
     * timeout. Connecting fails afterwards.
     */
    @Override
    public void close() {
        connector.close();
    }

    private void checkPolicy(String url) throws WebSocketException {
        if (!policy.allows(Policy.CONNECT)) {
            throw WebSocketException.permissionDenied("policy denies " + Policy.CONNECT);
        }
        if (!policy.allows(Policy.CONNECT_URL, url)) {
            throw WebSocketException.permissionDenied("policy denies " + Policy.CONNECT_URL + " for " + url);
        }
    }

    /** Collects the settings of a client. One thread at a time may use it. */
    public static final class Builder {
        private Policy policy = Policy.allowAll();
        private Optional<SSLContext> sslContext = Optional.empty();
        private HostVerification hostVerification = HostVerification.ON;
        private HostResolver resolver = HostResolver.SYSTEM;
        private ThreadFactory threadFactory = new ReaderThreads();
        private Duration closeTimeout = DEFAULT_CLOSE_TIMEOUT;
        private Optional<TrafficObserver> observer = Optional.empty();

        private Builder() {}

        /**
         * Sets the policy; by default it allows every URL.
         *
         * @param value the policy
         * @return this builder
         */
        public Builder policy(Policy value) {
            policy = Objects.requireNonNull(value, "policy");
            return this;
        }

        /**
         * Sets the keys and the trusted certificates for {@code wss://}; the JDK's default context by default. Replaces
         * a trust file that was set before.
         *
         * @param value the context
         * @return this builder
         */
        public Builder sslContext(SSLContext value) {
            sslContext = Optional.of(value);
            return this;
        }

        /**
         * Sets the only certificates to trust for {@code wss://}. Replaces a context that was set before.
         *
         * @param pem one or more X.509 certificates in PEM; the file is read now, and not again
         * @return this builder
         * @throws IllegalArgumentException if the file cannot be read, has no certificate, or has anything else
         */
        public Builder trustFile(Path pem) {
            return sslContext(TrustFile.context(pem));
        }

        /**
         * Sets whether the certificate of a {@code wss://} server must be issued for the URL's host; by default it
         * must.
         *
         * @param value whether the host is verified
         * @return this builder
         */
        public Builder hostVerification(HostVerification value) {
            hostVerification = Objects.requireNonNull(value, "hostVerification");
            return this;
        }

        /**
         * Sets the resolver of host names; {@link HostResolver#SYSTEM} by default.
         *
         * @param value the resolver
         * @return this builder
         */
        public Builder resolver(HostResolver value) {
            resolver = Objects.requireNonNull(value, "resolver");
            return this;
        }

        /**
         * Sets the factory of the threads of connections. Each connection has one thread, which opens the connection
         * and then reads it. By default the first {@value #PLATFORM_READERS} connections of a client have platform
         * threads, which are faster. Further ones have virtual threads, which need less memory. The threads must not
         * be interrupted.
         *
         * @param value makes the threads; {@code connect} calls it, so it must not block
         * @return this builder
         */
        public Builder threadFactory(ThreadFactory value) {
            threadFactory = Objects.requireNonNull(value, "threadFactory");
            return this;
        }

        /**
         * Sets the bound of closing handshakes: longer than zero, {@link #DEFAULT_CLOSE_TIMEOUT} by default.
         *
         * @param value the bound
         * @return this builder
         */
        public Builder closeTimeout(Duration value) {
            if (!value.isPositive()) {
                throw new IllegalArgumentException("close timeout: expected longer than zero, got " + value);
            }
            closeTimeout = value;
            return this;
        }

        /**
         * Sets the observer of the bytes of all connections; none by default.
         *
         * @param value the observer
         * @return this builder
         */
        public Builder observer(TrafficObserver value) {
            observer = Optional.of(value);
            return this;
        }

        /** {@return the client} */
        public WebSocketClient build() {
            return build(CONNECTORS);
        }

        /** Returns a client whose connections are made by another provider, for example one with a timer of its own. */
        WebSocketClient build(Connector.Provider connectors) {
            return new WebSocketClient(this, connectors);
        }
    }
}
