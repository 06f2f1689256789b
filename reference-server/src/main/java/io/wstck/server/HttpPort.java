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

/** A port that serves HTTP, with or without TLS. Any thread. */
final class HttpPort implements AutoCloseable {
    private static final OptionMap SOCKET = OptionMap.builder()
            .set(Options.BACKLOG, 1_000)
            .set(Options.TCP_NODELAY, true)
            .set(Options.REUSE_ADDRESSES, true)
            .getMap();
    private static final int BUFFER = 16 << 10;
    /** Larger than the longest TLS record. */
    private static final int TLS_BUFFER = 17 << 10;

    private final AcceptingChannel<? extends StreamConnection> channel;
    private final HttpOpenListener http;
    private final ByteBufferPool buffers;

    /** Binds a port, with or without TLS, and passes its connections to {@code accept}. */
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
     * Binds the port and starts to serve at most {@code connections} at a time, including idle ones.
     *
     * @throws PortInUseException when the port is in use
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
     * Binds the port and starts to serve with TLS.
     *
     * @throws PortInUseException when the port is in use
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
        // Heap buffers, because the release of direct ones makes the JVM print a warning.
        ByteBufferPool buffers = new DefaultByteBufferPool(false, buffer);
        HttpOpenListener http = new HttpOpenListener(buffers, HttpLimits.options());
        http.setRootHandler(handler);
        ConnectionQuota quota = new ConnectionQuota(connections);
        try {
            AcceptingChannel<? extends StreamConnection> channel =
                    binding.bind(buffers, connection -> accept(connection, quota, http));
            channel.resumeAccepts();
            return new HttpPort(channel, http, buffers);
        } catch (BindException taken) {
            buffers.close();
            throw new PortInUseException(address.getHostString(), address.getPort(), taken);
        }
    }

    private static void accept(StreamConnection connection, ConnectionQuota quota, HttpOpenListener http) {
        ConnectionQuota.Address peer = ConnectionQuota.Address.of(AcceptLoop.peer(connection));
        if (!quota.tryAcquire(peer)) {
            SharedPort.reset(connection);
            return;
        }
        http.handleEvent(connection);
        AtomicBoolean given = new AtomicBoolean();
        Runnable give = () -> {
            if (given.compareAndSet(false, true)) {
                quota.release(peer);
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

    /** Stops accepting connections. */
    void stop() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("a port could not be closed", failure);
        }
    }

    /** Closes the remaining connections, after {@link #stop}. */
    @Override
    public void close() {
        http.closeConnections();
        buffers.close();
    }
}
