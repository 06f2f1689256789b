package io.wstck.server;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.xnio.StreamConnection;
import org.xnio.channels.AcceptingChannel;

/** Takes connections from a port. */
final class Acceptor {
    private Acceptor() {}

    /** The address of the client. */
    static InetAddress peer(StreamConnection connection) {
        return address(Optional.ofNullable(connection.getPeerAddress(InetSocketAddress.class)));
    }

    /** The same of an HTTP request. */
    static InetAddress peer(HttpServerExchange exchange) {
        return address(Optional.ofNullable(exchange.getConnection().getPeerAddress(InetSocketAddress.class)));
    }

    /** A connection that has ended already has no address. It counts under any address, for a moment. */
    private static InetAddress address(Optional<InetSocketAddress> socket) {
        return socket.map(InetSocketAddress::getAddress).orElseGet(InetAddress::getLoopbackAddress);
    }

    /** Hands on every connection that waits; one that cannot be taken ends it, until the next comes. */
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
