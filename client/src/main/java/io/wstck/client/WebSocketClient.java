package io.wstck.client;

import io.wstck.client.protocol.DeflateOffer;
import io.wstck.client.protocol.HandshakeRequest;
import io.wstck.client.protocol.WebSocketUrl;
import io.wstck.client.security.Policy;
import io.wstck.client.transport.Deadlines;
import io.wstck.client.transport.Dialer;
import io.wstck.client.transport.Registry;
import io.wstck.client.transport.Tls;
import io.wstck.client.transport.TrustFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import javax.net.ssl.SSLContext;

/** Opens connections, and closes those that are still open when it is closed itself. For any number of threads. */
public final class WebSocketClient implements AutoCloseable {
    /** Bounds a closing handshake, from our close frame or the peer's to the end of TCP, unless the builder says otherwise. */
    public static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Policy policy;
    private final Deadlines deadlines = new Deadlines();
    private final Registry registry = new Registry();
    private final Dialer dialer;

    private WebSocketClient(Builder builder) {
        policy = builder.policy;
        dialer = new Dialer(
                deadlines,
                registry,
                new Tls(builder.sslContext, builder.hostVerification),
                builder.resolver,
                builder.threadFactory,
                builder.closeTimeout);
    }

    /** Returns a client that is allowed everything and trusts what the JDK trusts. */
    public static WebSocketClient create() {
        return builder().build();
    }

    /** Returns a builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Opens a connection (RFC 6455 §4.1); the connection must be closed, by itself or with this client.
     *
     * @param url {@code ws://} or {@code wss://}, printable ASCII, without a fragment or user information (RFC 6455 §3)
     * @throws WebSocketException PERMISSION_DENIED if the policy denies {@link Policy#CONNECT}, or {@link Policy#CONNECT_URL} for
     *     exactly this URL; INVALID if URL or options are not as documented; in both cases no byte is sent and no name looked
     *     up. INTERNAL, retryable, if the connection cannot be made, whatever the cause, or the thread is interrupted, which
     *     abandons the dial and leaves the thread's interrupt status set; INTERNAL, not retryable, if this client is closed
     */
    public Connection connect(String url, ConnectOptions options) throws WebSocketException {
        Objects.requireNonNull(url, "url");
        permit(url);
        OptionRanges.check(options);
        DeflateOffer offer = new DeflateOffer(options.compression(), options.clientWindowBits());
        HandshakeRequest request =
                HandshakeRequest.of(WebSocketUrl.parse(url), options.headers(), options.subprotocols(), offer);
        return dialer.dial(request, options);
    }

    /**
     * Closes with 1001 whatever is open and abandons the dials; returns when all have ended, within the close timeout. Connecting
     * fails afterwards.
     */
    @Override
    public void close() {
        registry.close();
        deadlines.close();
    }

    private void permit(String url) throws WebSocketException {
        if (!policy.allows(Policy.CONNECT)) {
            throw WebSocketException.permissionDenied("policy denies " + Policy.CONNECT);
        }
        if (!policy.allows(Policy.CONNECT_URL, url)) {
            throw WebSocketException.permissionDenied("policy denies " + Policy.CONNECT_URL + " for " + url);
        }
    }

    /** Collects what a client is made of; for one thread at a time. */
    public static final class Builder {
        private Policy policy = Policy.allowAll();
        private Optional<SSLContext> sslContext = Optional.empty();
        private HostVerification hostVerification = HostVerification.ON;
        private HostResolver resolver = HostResolver.SYSTEM;
        private ThreadFactory threadFactory =
                Thread.ofVirtual().name("wstck-reader-", 0).factory();
        private Duration closeTimeout = DEFAULT_CLOSE_TIMEOUT;

        private Builder() {}

        /** Sets what may be connected to; everything by default. */
        public Builder policy(Policy value) {
            policy = Objects.requireNonNull(value, "policy");
            return this;
        }

        /** Sets keys and trust for {@code wss://}, in place of a trust file set before; the JDK's default context by default. */
        public Builder sslContext(SSLContext value) {
            sslContext = Optional.of(value);
            return this;
        }

        /**
         * Sets the certificates to trust for {@code wss://}, and no others, in place of a context set before.
         *
         * @param pem one or more X.509 certificates in PEM; the file is read now, and not again
         * @throws IllegalArgumentException if it cannot be read, or has anything but certificates, or none
         */
        public Builder trustFile(Path pem) {
            return sslContext(TrustFile.context(pem));
        }

        /** Sets whether the certificate of a {@code wss://} server must be one for the URL's host; it must by default. */
        public Builder hostVerification(HostVerification value) {
            hostVerification = Objects.requireNonNull(value, "hostVerification");
            return this;
        }

        /** Sets what finds the addresses of hosts; {@link HostResolver#SYSTEM} by default. */
        public Builder resolver(HostResolver value) {
            resolver = Objects.requireNonNull(value, "resolver");
            return this;
        }

        /**
         * Sets the factory of the reading threads, one a connection; virtual threads by default. Platform threads read a few
         * connections with less latency. The threads must not be interrupted.
         */
        public Builder threadFactory(ThreadFactory value) {
            threadFactory = Objects.requireNonNull(value, "threadFactory");
            return this;
        }

        /** Sets the bound of closing handshakes: longer than zero, {@link #DEFAULT_CLOSE_TIMEOUT} by default. */
        public Builder closeTimeout(Duration value) {
            if (!value.isPositive()) {
                throw new IllegalArgumentException("close timeout: expected longer than zero, got " + value);
            }
            closeTimeout = value;
            return this;
        }

        /** Returns the client. */
        public WebSocketClient build() {
            return new WebSocketClient(this);
        }
    }
}
