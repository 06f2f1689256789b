package io.wstck.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Watches the bytes of a client's connections, for example to print a trace. The bytes are those of RFC 6455: the
 * opening handshake, then frames. With {@code wss://} they are the bytes inside TLS. A client without an observer
 * spends nothing on this.
 */
@FunctionalInterface
public interface TrafficObserver {
    /**
     * Begins to watch a connection. Called when TCP is connected and TLS is established, before the opening handshake.
     * Any number of threads may call it.
     *
     * @param server host and port, as in the URL
     * @return the observer of this connection
     */
    ConnectionTraffic opened(String server);

    /**
     * Watches one connection. One thread at a time calls {@link #sent}, and one calls the other methods, perhaps at the
     * same time. The connection waits for each call. An exception of a call ends the connection.
     */
    interface ConnectionTraffic {
        /**
         * Called before these bytes are handed to the operating system.
         *
         * @param bytes valid during the call; read-only
         */
        void sent(ByteBuffer bytes);

        /**
         * Called when these bytes have been read.
         *
         * @param bytes valid during the call; read-only
         */
        void received(ByteBuffer bytes);

        /**
         * Called when reading ends. It is not called when the client drops the connection while it is not reading.
         *
         * @param cause why reading failed; empty when the server has ended its side of TCP
         */
        void ended(Optional<IOException> cause);
    }
}
