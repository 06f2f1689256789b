package io.wstck.server;

import io.undertow.connector.ByteBufferPool;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/** A port on which the server speaks HTTP, with or without TLS. Any thread. */
final class HttpPort implements AutoCloseable {
    private static final OptionMap SOCKET = OptionMap.builder()
            .set(Options.BACKLOG, 1_000)
            .set(Options.TCP_NODELAY, true)
            .set(Options.REUSE_ADDRESSES, true)
            .getMap();
    private static final int BUFFER = 16 << 10;
    /** More than the longest TLS record. */
    private static final int TLS_BUFFER = 17 << 10;

    private final AcceptingChannel<? extends StreamConnection> channel;
    private final HttpOpenListener http;
    private final ByteBufferPool buffers;

    /** Binds one of the two kinds of ports; {@code accept} takes its connections. */
    private interface Binding {
        AcceptingChannel<? extends StreamConnection> bind(
                ByteBufferPool buffers, ChannelListener<StreamConnection> accept) throws IOException;
    }

    private HttpPort(
            AcceptingChannel<? extends StreamConnection> channel, HttpOpenListener http, ByteBufferPool buffers) {
        this.channel = channel;
        this.http = http;
        this.buffers = buffers;
    }

    /**
     * Binds, and serves from now on, at most so many {@code connections} at a time, idle ones included.
     *
     * @throws PortInUseException when the port is taken
     */
    static HttpPort open(XnioWorker worker, String bind, int port, HttpHandler handler, int connections)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(bind, port);
        return open(
                address,
                BUFFER,
                handler,
                connections,
                (_, accept) -> worker.createStreamConnectionServer(
                        address, ChannelListeners.openListenerAdapter(accept), SOCKET));
    }

    /**
     * The same with TLS.
     *
     * @throws PortInUseException when the port is taken
     */
    static HttpPort openTls(
            XnioWorker worker, String bind, int port, SSLContext context, HttpHandler handler, int connections)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(bind, port);
        return open(
                address,
                TLS_BUFFER,
                handler,
                connections,
                (buffers, accept) -> new UndertowXnioSsl(worker.getXnio(), OptionMap.EMPTY, buffers, context)
                        .createSslConnectionServer(
                                worker, address, ChannelListeners.openListenerAdapter(accept), SOCKET));
    }

    private static HttpPort open(
            InetSocketAddress address, int buffer, HttpHandler handler, int connections, Binding binding)
            throws IOException {
        // Direct buffers are released by means that make the JVM warn on the console.
        ByteBufferPool buffers = new DefaultByteBufferPool(false, buffer);
        HttpOpenListener http = new HttpOpenListener(buffers, HttpLimits.options());
        http.setRootHandler(handler);
        AddressShares shares = new AddressShares(connections);
        try {
            AcceptingChannel<? extends StreamConnection> channel =
                    binding.bind(buffers, connection -> accept(connection, shares, http));
            channel.resumeAccepts();
            return new HttpPort(channel, http, buffers);
        } catch (BindException taken) {
            buffers.close();
            throw new PortInUseException(address.getHostString(), address.getPort(), taken);
        }
    }

    private static void accept(StreamConnection connection, AddressShares shares, HttpOpenListener http) {
        AddressShares.Address peer = AddressShares.Address.of(Acceptor.peer(connection));
        if (!shares.take(peer)) {
            SharedPort.reset(connection);
            return;
        }
        http.handleEvent(connection);
        AtomicBoolean given = new AtomicBoolean();
        Runnable give = () -> {
            if (given.compareAndSet(false, true)) {
                shares.give(peer);
            }
        };
        ChannelListener<? super StreamConnection> closed = connection.getCloseListener();
        connection.setCloseListener(ended -> {
            give.run();
            ChannelListeners.invokeChannelListener(ended, closed);
        });
        if (!connection.isOpen()) {
            give.run();
        }
    }

    int port() {
        return channel.getLocalAddress(InetSocketAddress.class).getPort();
    }

    /** Takes no more connections. */
    void stop() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("a port could not be closed", failure);
        }
    }

    /** Closes the connections that are left, after {@link #stop}. */
    @Override
    public void close() {
        http.closeConnections();
        buffers.close();
    }
}
