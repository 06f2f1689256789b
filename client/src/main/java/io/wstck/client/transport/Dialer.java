package io.wstck.client.transport;

import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.HostResolver;
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
import io.wstck.client.protocol.MessageFramer;
import io.wstck.client.protocol.WebSocketUrl;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Opens connections: name lookup, TCP, TLS and opening handshake, all within the dial timeout. For any number of threads. */
public final class Dialer {
    private static final int READ_BUFFER = 32 * 1024;

    private final Deadlines deadlines;
    private final Registry registry;
    private final Tls tls;
    private final ThreadFactory readers;
    private final Duration closeTimeout;
    private final NameLookups lookups;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param resolver finds the addresses of hosts
     * @param readers makes the thread that reads, one a connection
     * @param closeTimeout the bound of a closing handshake
     */
    public Dialer(
            Deadlines deadlines,
            Registry registry,
            Tls tls,
            HostResolver resolver,
            ThreadFactory readers,
            Duration closeTimeout) {
        this.deadlines = deadlines;
        this.registry = registry;
        this.tls = tls;
        this.lookups = new NameLookups(resolver);
        this.readers = readers;
        this.closeTimeout = closeTimeout;
    }

    /**
     * Opens a connection. A thread of its own does it, so that the caller is free when time is up or when it is interrupted,
     * whatever the dial is stuck in.
     *
     * @throws WebSocketException INTERNAL: retryable if it cannot be made, whatever the cause; not retryable if the client is closed
     */
    public Connection dial(HandshakeRequest request, ConnectOptions options) throws WebSocketException {
        Duration timeout = options.dialTimeout().orElse(ConnectOptions.DEFAULT_DIAL_TIMEOUT);
        Dial dial = new Dial(System.nanoTime() + timeout.toNanos(), lookups);
        if (!registry.add(dial)) {
            throw WebSocketException.closed("client is closed");
        }
        String where = "connect to " + request.url().authority() + request.url().target() + ": ";
        FutureTask<Connection> task = new FutureTask<>(() -> open(dial, request, options));
        Thread.ofVirtual().name("wstck-dial").start(task);
        try {
            return task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            dial.release();
            throw WebSocketException.connectFailed(
                    where + "dial timeout of " + timeout + " passed in " + dial.stage(), e);
        } catch (InterruptedException e) {
            dial.release();
            Thread.currentThread().interrupt();
            throw WebSocketException.connectFailed(where + "interrupted in " + dial.stage(), e);
        } catch (ExecutionException e) {
            throw failed(where, e.getCause());
        } finally {
            registry.remove(dial);
        }
    }

    /** What a dial may fail by is a failed connection; everything else is a defect, and stays one. */
    private static WebSocketException failed(String where, Throwable cause) {
        return switch (cause) {
            case IOException e -> WebSocketException.connectFailed(where + e.getMessage(), e);
            case HandshakeException e -> WebSocketException.connectFailed(where + e.getMessage(), e);
            case InterruptedException e -> WebSocketException.connectFailed(where + "interrupted", e);
            case Error e -> throw e;
            default -> throw new IllegalStateException(where + "unexpected " + cause, cause);
        };
    }

    private Connection open(Dial dial, HandshakeRequest request, ConnectOptions options)
            throws IOException, InterruptedException, HandshakeException {
        try {
            WebSocketUrl url = request.url();
            Socket tcp = dial.connect(url.host(), url.port());
            Wire wire = new Wire(tcp, url.scheme() == WebSocketUrl.Scheme.WSS ? secure(dial, tcp, url) : tcp);
            dial.enter(Dial.Stage.OPENING_HANDSHAKE);
            ByteBuffer input = ByteBuffer.allocate(READ_BUFFER).limit(0);
            HandshakeResponse response = shakeHands(wire, request, input);
            dial.check();
            return start(wire, input, response, options);
        } catch (Throwable e) {
            dial.release();
            throw e;
        }
    }

    private Socket secure(Dial dial, Socket tcp, WebSocketUrl url) throws IOException {
        dial.enter(Dial.Stage.TLS);
        return tls.secure(tcp, url);
    }

    private Connection start(Wire wire, ByteBuffer input, HandshakeResponse response, ConnectOptions options)
            throws IOException {
        SocketConnection connection = new SocketConnection(new SocketConnection.Parts(
                wire,
                new MessageFramer(response.deflate(), options.compressionThreshold()),
                new FrameWriter(new MaskKeys(random)),
                response.subprotocol(),
                options.channelCapacity(),
                options.writeTimeout(),
                closeTimeout,
                deadlines,
                registry));
        FrameReader frames = new FrameReader(options.readLimit(), response.deflate());
        FrameReceiver receiver = new FrameReceiver(wire, frames, input, connection, options.readTimeout(), deadlines);
        if (!registry.add(connection)) {
            throw new IOException("the client was closed");
        }
        try {
            readers.newThread(receiver).start();
        } catch (Throwable e) {
            connection.terminate();
            throw e;
        }
        return connection;
    }

    private HandshakeResponse shakeHands(Wire wire, HandshakeRequest request, ByteBuffer input)
            throws IOException, HandshakeException {
        HandshakeKey key = HandshakeKey.fresh(random);
        wire.write(ByteBuffer.wrap(request.bytes(key)));
        HttpResponseReader reader = new HttpResponseReader();
        while (true) {
            Optional<HttpResponse> response = reader.next(input);
            if (response.isPresent()) {
                return HandshakeResponse.verify(response.get(), key, request);
            }
            if (wire.read(input) < 0) {
                throw new IOException(
                        "the server ended the connection after " + reader.size() + " bytes of its response");
            }
        }
    }
}
