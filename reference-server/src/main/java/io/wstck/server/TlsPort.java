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
import javax.net.ssl.SSLContext;
import org.xnio.ChannelListeners;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;
import org.xnio.ssl.SslConnection;

/** The port on which the endpoints are served over TLS. */
final class TlsPort implements AutoCloseable {
    private static final int BACKLOG = 1_000;
    /** More than the longest TLS record. */
    private static final int BUFFER = 17 << 10;

    private final AcceptingChannel<SslConnection> channel;
    private final HttpOpenListener http;
    private final ByteBufferPool buffers;

    private TlsPort(AcceptingChannel<SslConnection> channel, HttpOpenListener http, ByteBufferPool buffers) {
        this.channel = channel;
        this.http = http;
        this.buffers = buffers;
    }

    /**
     * Binds, and serves from now on.
     *
     * @throws PortInUseException when the port is taken
     */
    static TlsPort open(XnioWorker worker, String bind, int port, SSLContext context, HttpHandler handler)
            throws IOException {
        // Undertow's own listener has direct buffers, and the means of their release makes the JVM warn on the console.
        ByteBufferPool buffers = new DefaultByteBufferPool(false, BUFFER);
        HttpOpenListener http = new HttpOpenListener(buffers, HttpLimits.options());
        http.setRootHandler(handler);
        UndertowXnioSsl ssl = new UndertowXnioSsl(worker.getXnio(), OptionMap.EMPTY, buffers, context);
        try {
            AcceptingChannel<SslConnection> channel = ssl.createSslConnectionServer(
                    worker,
                    new InetSocketAddress(bind, port),
                    ChannelListeners.openListenerAdapter(http),
                    OptionMap.create(Options.BACKLOG, BACKLOG, Options.TCP_NODELAY, true));
            channel.resumeAccepts();
            return new TlsPort(channel, http, buffers);
        } catch (BindException taken) {
            throw new PortInUseException(bind, port, taken);
        }
    }

    int port() {
        return channel.getLocalAddress(InetSocketAddress.class).getPort();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("the TLS port could not be closed", failure);
        } finally {
            http.closeConnections();
            buffers.close();
        }
    }
}
