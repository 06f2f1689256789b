package io.wstck.tck.implementation.script;

import java.nio.ByteBuffer;

/** Watches the connections of a script. Any number of threads may call it. */
@FunctionalInterface
public interface ScriptTrace {
    /**
     * Begins to watch a connection, before its opening handshake.
     *
     * @param server host and port, as in the URL
     */
    TracedConnection opened(String server);

    /** Watches one connection. One thread sends and one receives, perhaps at the same time. */
    interface TracedConnection {
        /** Called with bytes of the client, before they are written. Inside TLS if there is TLS. */
        void sent(ByteBuffer bytes);

        /** Called with bytes of the server. */
        void received(ByteBuffer bytes);

        /** Called when the server has ended its side of TCP. */
        void endedByServer();

        /**
         * Called when reading fails, also because the client drops the connection.
         *
         * @param how the error of the operating system
         */
        void broken(String how);
    }
}
