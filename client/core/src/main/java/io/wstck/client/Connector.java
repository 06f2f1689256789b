package io.wstck.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import javax.net.ssl.SSLContext;

/**
 * The transport of one {@link WebSocketClient}: opens its connections, and ends them when the client is closed. Any
 * number of threads may use it. {@link WebSocketClient} finds the {@link Provider} by {@link java.util.ServiceLoader},
 * so the public API depends on no implementation.
 */
public interface Connector extends AutoCloseable {
    /**
     * Opens a connection (RFC 6455 §4.1). The caller has checked the policy and the ranges of the options.
     *
     * @param url the URL, which is not checked yet
     * @param options the options of the connection
     * @param handler receives the messages; empty if the channel of the connection does
     * @return the open connection
     * @throws WebSocketException as {@link WebSocketClient#connect} does, except PERMISSION_DENIED
     */
    Connection connect(String url, ConnectOptions options, Optional<MessageHandler> handler) throws WebSocketException;

    /** Closes all open connections with 1001 and abandons all dials. Returns when all have ended. */
    @Override
    void close();

    /** The service that makes the connector of each new client. */
    @FunctionalInterface
    interface Provider {
        /**
         * {@return a connector for one client}
         *
         * @param settings the settings of the client
         */
        Connector connector(Settings settings);
    }

    /**
     * The settings of a client that its connector gets, and that all of its connections share.
     *
     * @param sslContext keys and trust for {@code wss://}; empty for the JDK's default context
     * @param hostVerification whether the certificate must be one for the URL's host
     * @param resolver finds the addresses of hosts
     * @param readers makes the thread of each connection, which opens the connection and then reads it
     * @param closeTimeout the bound of a closing handshake
     * @param observer watches the bytes of all connections; empty if nothing does
     */
    record Settings(
            Optional<SSLContext> sslContext,
            HostVerification hostVerification,
            HostResolver resolver,
            ThreadFactory readers,
            Duration closeTimeout,
            Optional<TrafficObserver> observer) {}
}
