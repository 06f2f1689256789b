package io.wstck.server;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.xnio.StreamConnection;
import org.xnio.channels.AcceptingChannel;

/** Accepts the waiting connections of a port, and returns the client's address of a connection. */
final class AcceptLoop {
    private AcceptLoop() {}

    /** The address of the client. */
    static InetAddress peer(StreamConnection connection) {
        return address(Optional.ofNullable(connection.getPeerAddress(InetSocketAddress.class)));
    }

    /** The address of the client of an HTTP request. */
    static InetAddress peer(HttpServerExchange exchange) {
        return address(Optional.ofNullable(exchange.getConnection().getPeerAddress(InetSocketAddress.class)));
    }

    /** A connection that has already ended has no address. It counts as loopback until it is released. */
    private static InetAddress address(Optional<InetSocketAddress> socket) {
        return socket.map(InetSocketAddress::getAddress).orElseGet(InetAddress::getLoopbackAddress);
    }

    /** Passes on all waiting connections. A failure to accept one ends the loop until the next connection comes. */
    static void acceptAll(
            AcceptingChannel<StreamConnection> channel,
            Consumer<StreamConnection> accepted,
            Consumer<IOException> refused) {
        while (true) {
            StreamConnection connection;
            try {
                connection = channel.accept();
            } catch (IOException failure) {
                refused.accept(failure);
                return;
            }
            if (connection == null) {
                return;
            }
            accepted.accept(connection);
        }
    }
}
