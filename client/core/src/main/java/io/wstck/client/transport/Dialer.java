package io.wstck.client.transport;

import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.Connector;
import io.wstck.client.MessageHandler;
import io.wstck.client.TrafficObserver;
import io.wstck.client.WebSocketException;
import io.wstck.client.protocol.ClientConnectionProtocol;
import io.wstck.client.protocol.DeflateOffer;
import io.wstck.client.protocol.HandshakeException;
import io.wstck.client.protocol.HandshakeKey;
import io.wstck.client.protocol.HandshakeRequest;
import io.wstck.client.protocol.HandshakeResponse;
import io.wstck.client.protocol.HttpResponse;
import io.wstck.client.protocol.HttpResponseReader;
import io.wstck.client.protocol.WebSocketUrl;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens the connections of one client: name lookup, TCP, TLS and opening handshake, all within the dial timeout. Any
 * number of threads may use it.
 */
final class Dialer implements Connector {
    /** Holds most responses. The buffer grows when the server sends more than that at a time. */
    private static final int READ_BUFFER = 1024;

    private final DeadlineTimer timer;
    private final OpenResources openResources = new OpenResources();
    private final TlsLayer tls;
    private final ThreadFactory readers;
    private final Duration closeTimeout;
    private final NameLookups lookups;
    private final Optional<TrafficObserver> observer;
    private final SecureRandom random = new SecureRandom();

    Dialer(Connector.Settings settings, DeadlineTimer timer) {
        this.timer = timer;
        tls = new TlsLayer(settings.sslContext(), settings.hostVerification());
        lookups = new NameLookups(settings.resolver());
        readers = settings.readers();
        closeTimeout = settings.closeTimeout();
        observer = settings.observer();
    }

    @Override
    public Connection connect(String url, ConnectOptions options, Optional<MessageHandler> handler)
            throws WebSocketException {
        DeflateOffer offer = new DeflateOffer(options.compression(), options.clientWindowBits());
        MessageSink messages =
                handler.isPresent() ? new HandlerSink(handler.get()) : new ChannelSink(options.channelCapacity());
        return dial(
                HandshakeRequest.of(WebSocketUrl.parse(url), options.headers(), options.subprotocols(), offer),
                options,
                messages);
    }

    @Override
    public void close() {
        openResources.close();
    }

    /**
     * Opens a connection on the thread that then reads it. So the caller returns at the timeout or at an interrupt,
     * even if the dial is blocked.
     *
     * @throws WebSocketException INTERNAL: retryable if the connection cannot be made; not retryable if the client is
     * closed
     */
    private Connection dial(HandshakeRequest request, ConnectOptions options, MessageSink messages)
            throws WebSocketException {
        Duration timeout = options.dialTimeout().orElse(ConnectOptions.DEFAULT_DIAL_TIMEOUT);
        long deadline = timer.now() + timeout.toNanos();
        Dial dial = new Dial(timer, deadline, lookups);
        if (!openResources.add(dial)) {
            throw WebSocketException.closed("client is closed");
        }
        String where = "connect to " + request.url().authority() + request.url().target() + ": ";
        FutureTask<SocketConnection> opening = new FutureTask<>(() -> open(dial, request, options, messages));
        try {
            readers.newThread(() -> openAndRead(opening)).start();
            if (timer.await(nanos -> endsWithin(nanos, opening), deadline)) {
                return opening.get();
            }
            dial.release();
            String passed = "dial timeout of " + timeout + " passed in " + dial.stage();
            throw WebSocketException.connectFailed(where + passed, new TimeoutException(passed));
        } catch (InterruptedException e) {
            dial.release();
            Thread.currentThread().interrupt();
            throw WebSocketException.connectFailed(where + "interrupted in " + dial.stage(), e);
        } catch (ExecutionException e) {
            throw connectFailure(where, e.getCause());
        } catch (RuntimeException | Error e) {
            // From the factory or its thread, which may have begun the dial.
            dial.release();
            throw connectFailure(where, e);
        } finally {
            openResources.remove(dial);
        }
    }

    /** Runs the thread of a connection. The caller of connect may get the connection before the first read. */
    private static void openAndRead(FutureTask<SocketConnection> opening) {
        opening.run();
        if (opening.state() == Future.State.SUCCESS) {
            opening.resultNow().read();
        }
    }

    private static boolean endsWithin(long nanos, FutureTask<?> task) throws InterruptedException {
        try {
            task.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException e) {
            // The caller reads the result, or this failure, from the task.
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /**
     * Turns the failures that a dial can meet into connection failures. Any other exception is a defect of the client,
     * or of the thread factory.
     */
    private static WebSocketException connectFailure(String where, Throwable cause) {
        return switch (cause) {
            case IOException e -> WebSocketException.connectFailed(where + e.getMessage(), e);
            case HandshakeException e -> WebSocketException.connectFailed(where + e.getMessage(), e);
            case InterruptedException e -> WebSocketException.connectFailed(where + "interrupted", e);
            case Error e -> throw e;
            default -> throw new IllegalStateException(where + "unexpected " + cause, cause);
        };
    }

    private SocketConnection open(Dial dial, HandshakeRequest request, ConnectOptions options, MessageSink messages)
            throws IOException, InterruptedException, HandshakeException {
        try {
            WebSocketUrl url = request.url();
            Socket tcp = dial.connect(url.host(), url.port());
            Socket data = url.scheme() == WebSocketUrl.Scheme.WSS ? secure(dial, tcp, url) : tcp;
            SocketStreams streams = new SocketStreams(tcp, data, observer.map(all -> all.opened(url.authority())));
            dial.enter(Dial.Stage.OPENING_HANDSHAKE);
            ByteBuffer input = ByteBuffer.allocate(READ_BUFFER).limit(0);
            HandshakeResponse response = performHandshake(streams, request, input);
            dial.checkNotAbandoned();
            return newConnection(streams, input, response, options, messages);
        } catch (Throwable e) {
            dial.release();
            throw e;
        }
    }

    private Socket secure(Dial dial, Socket tcp, WebSocketUrl url) throws IOException {
        dial.enter(Dial.Stage.TLS);
        return tls.secure(tcp, url);
    }

    private SocketConnection newConnection(
            SocketStreams streams,
            ByteBuffer input,
            HandshakeResponse response,
            ConnectOptions options,
            MessageSink messages)
            throws IOException {
        ClientConnectionProtocol protocol = new ClientConnectionProtocol(
                options.readLimit(), response.deflate(), options.compressionThreshold(), random);
        SocketConnection connection = new SocketConnection(
                streams,
                input,
                protocol,
                response.subprotocol(),
                messages,
                options,
                closeTimeout,
                timer,
                openResources);
        if (!openResources.add(connection)) {
            throw new IOException("the client was closed");
        }
        return connection;
    }

    private HandshakeResponse performHandshake(SocketStreams streams, HandshakeRequest request, ByteBuffer input)
            throws IOException, HandshakeException {
        HandshakeKey key = HandshakeKey.fresh(random);
        streams.write(ByteBuffer.wrap(request.bytes(key)));
        HttpResponseReader reader = new HttpResponseReader();
        while (true) {
            Optional<HttpResponse> response = reader.next(input);
            if (response.isPresent()) {
                return HandshakeResponse.verify(response.get(), key, request);
            }
            if (streams.read(input) < 0) {
                throw new IOException(
                        "the server ended the connection after " + reader.size() + " bytes of its response");
            }
        }
    }
}
