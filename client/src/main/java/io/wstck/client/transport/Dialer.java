package io.wstck.client.transport;

import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.WebSocketException;
import io.wstck.client.protocol.FrameReader;
import io.wstck.client.protocol.FrameWriter;
import io.wstck.client.protocol.HandshakeException;
import io.wstck.client.protocol.HandshakeKey;
import io.wstck.client.protocol.HandshakeRequest;
import io.wstck.client.protocol.HandshakeResponse;
import io.wstck.client.protocol.HttpResponse;
import io.wstck.client.protocol.HttpResponseReader;
import io.wstck.client.protocol.MaskKeys;
import io.wstck.client.protocol.WebSocketUrl;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Opens connections: name lookup, TCP, TLS and opening handshake, all within the dial timeout. For any number of threads. */
public final class Dialer {
    private static final int READ_BUFFER = 32 * 1024;

    private final Deadlines deadlines;
    private final Registry registry;
    private final SSLContext tls;
    private final ThreadFactory readers;
    private final Duration closeTimeout;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param readers makes the thread that reads, one a connection
     * @param closeTimeout the bound of a closing handshake
     */
    public Dialer(
            Deadlines deadlines, Registry registry, SSLContext tls, ThreadFactory readers, Duration closeTimeout) {
        this.deadlines = deadlines;
        this.registry = registry;
        this.tls = tls;
        this.readers = readers;
        this.closeTimeout = closeTimeout;
    }

    /**
     * Opens a connection.
     *
     * @throws WebSocketException INTERNAL: retryable if it cannot be made, whatever the cause; not retryable if the client is closed
     */
    public Connection dial(HandshakeRequest request, ConnectOptions options) throws WebSocketException {
        Duration timeout = options.dialTimeout().orElse(ConnectOptions.DEFAULT_DIAL_TIMEOUT);
        Dial dial = new Dial(System.nanoTime() + timeout.toNanos());
        if (!registry.add(dial)) {
            throw WebSocketException.closed("client is closed");
        }
        String where = "connect to " + request.url().authority() + request.url().target() + ": ";
        try (Watchdog watchdog = new Watchdog(deadlines, dial::release)) {
            watchdog.set(timeout.toNanos());
            try {
                return open(dial, request, options, watchdog);
            } catch (IOException | HandshakeException e) {
                dial.release();
                String cause = watchdog.expired() ? "dial timeout of " + timeout + " passed" : e.getMessage();
                throw WebSocketException.connectFailed(where + cause, e);
            } catch (InterruptedException e) {
                dial.release();
                Thread.currentThread().interrupt();
                throw WebSocketException.connectFailed(where + "interrupted", e);
            } catch (RuntimeException | Error e) {
                dial.release();
                throw e;
            }
        } finally {
            registry.remove(dial);
        }
    }

    private Connection open(Dial dial, HandshakeRequest request, ConnectOptions options, Watchdog watchdog)
            throws IOException, InterruptedException, HandshakeException {
        WebSocketUrl url = request.url();
        Socket tcp = dial.connect(url.host(), url.port());
        Wire wire = new Wire(tcp, url.scheme() == WebSocketUrl.Scheme.WSS ? secure(tcp, url) : tcp);
        ByteBuffer input = ByteBuffer.allocate(READ_BUFFER).limit(0);
        HandshakeResponse response = shakeHands(wire, request, input);
        SocketConnection connection = new SocketConnection(new SocketConnection.Parts(
                wire,
                new FrameWriter(new MaskKeys(random)),
                response.subprotocol(),
                options.channelCapacity(),
                options.writeTimeout(),
                closeTimeout,
                deadlines,
                registry));
        FrameReader frames = new FrameReader(options.readLimit());
        FrameReceiver receiver = new FrameReceiver(wire, frames, input, connection, options.readTimeout(), deadlines);
        watchdog.close();
        if (watchdog.expired() || !registry.add(connection)) {
            throw new IOException("the dial was abandoned");
        }
        try {
            readers.newThread(receiver).start();
        } catch (RuntimeException | Error e) {
            connection.terminate();
            throw e;
        }
        return connection;
    }

    private Socket secure(Socket tcp, WebSocketUrl url) throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(tcp, url.host(), url.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        // RFC 2818 §3.1: the certificate must be one for this host; off by default on a plain SSLSocket.
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private HandshakeResponse shakeHands(Wire wire, HandshakeRequest request, ByteBuffer input)
            throws IOException, HandshakeException {
        HandshakeKey key = HandshakeKey.fresh(random);
        wire.write(ByteBuffer.wrap(request.bytes(key)));
        HttpResponseReader reader = new HttpResponseReader();
        while (true) {
            Optional<HttpResponse> response = reader.next(input);
            if (response.isPresent()) {
                return HandshakeResponse.verify(response.get(), key, request.subprotocols());
            }
            if (wire.read(input) < 0) {
                throw new IOException(
                        "the server ended the connection after " + reader.size() + " bytes of its response");
            }
        }
    }
}
