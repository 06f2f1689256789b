import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.catalogue.ConnectOption;
import io.wstck.tck.implementation.ClientBehaviour;
import io.wstck.tck.implementation.ClientBehaviour.MessageCompression;
import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.calls.CallFailedException;
import io.wstck.tck.implementation.calls.CallOptions;
import io.wstck.tck.implementation.calls.CalledClient;
import io.wstck.tck.implementation.calls.CalledConnection;
import io.wstck.tck.implementation.calls.ConnectCall;
import io.wstck.tck.implementation.calls.NotJudgedException;
import io.wstck.tck.implementation.calls.Inbox;
import io.wstck.tck.implementation.calls.MessageType;
import io.wstck.tck.implementation.calls.PemTrust;
import io.wstck.tck.implementation.calls.Received;
import io.wstck.tck.implementation.calls.TextBytes;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.util.Jetty;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.eclipse.jetty.websocket.client.ClientUpgradeRequest;
import org.eclipse.jetty.websocket.client.WebSocketClient;

/** Jetty's WebSocket client, as the kit calls it. */
public final class JettyWebSocketClient implements CalledClient {
    /** The documented default; the client's own default is 64 KiB. */
    private static final long LARGEST_MESSAGE = 128L << 20;

    /** One for each authority to trust, as a program has one. */
    private final Map<Optional<Path>, WebSocketClient> clients = new ConcurrentHashMap<>();

    @Override
    public Description description() {
        return new Description(
                "Jetty",
                Jetty.VERSION,
                "Java",
                Set.of(
                        Capability.HEADERS,
                        Capability.SUBPROTOCOLS,
                        Capability.COMPRESSION,
                        Capability.TIMEOUTS,
                        Capability.LIMITS,
                        Capability.PING,
                        Capability.TLS),
                ClientBehaviour.BY_OPTION
                        .compresses(MessageCompression.ALWAYS)
                        .notSettable(ConnectOption.WRITE_TIMEOUT));
    }

    @Override
    public CalledConnection connect(ConnectCall call) throws CallFailedException, InterruptedException {
        CallOptions options = call.options();
        CompletableFuture<Session> dial;
        Connection connection;
        try {
            connection = new Connection(options);
            dial = clients.computeIfAbsent(call.trust(), JettyWebSocketClient::client)
                    .connect(connection, request(call.url(), options));
        } catch (IllegalArgumentException | IOException e) {
            throw CallFailedException.notConnected(e);
        }
        try {
            dial.get();
            return connection;
        } catch (ExecutionException e) {
            throw CallFailedException.notConnected(e.getCause());
        } catch (InterruptedException e) {
            dial.cancel(true);
            dial.thenAccept(Session::disconnect);
            throw e;
        }
    }

    private static ClientUpgradeRequest request(String url, CallOptions options) {
        ClientUpgradeRequest request = new ClientUpgradeRequest(URI.create(url));
        // Setting a name replaces its values, in whatever case it was set before.
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        options.headers()
                .forEach((name, value) ->
                        headers.computeIfAbsent(name, _ -> new ArrayList<>()).add(value));
        headers.forEach(request::setHeader);
        request.setSubProtocols(options.protocols());
        options.duration("dial_timeout").ifPresent(time -> request.setTimeout(time.toMillis(), TimeUnit.MILLISECONDS));
        int mode = Math.toIntExact(options.integer("compression").orElse(0));
        switch (mode) {
            case 0 -> {}
            case 1 -> request.addExtensions("permessage-deflate");
            case 2 ->
                request.addExtensions("permessage-deflate;client_no_context_takeover;server_no_context_takeover");
            default -> throw new IllegalArgumentException("compression: expected 0, 1 or 2, got " + mode);
        }
        return request;
    }

    private static WebSocketClient client(Optional<Path> trust) {
        HttpClient http = new HttpClient();
        // All servers of the kit are one host: a cookie of one case would be sent in another.
        http.setHttpCookieStore(new HttpCookieStore.Empty());
        trust.ifPresent(pem -> {
            SslContextFactory.Client tls = new SslContextFactory.Client();
            tls.setTrustStore(PemTrust.store(pem));
            http.setSslContextFactory(tls);
        });
        WebSocketClient client = new WebSocketClient(http);
        try {
            client.start();
            return client;
        } catch (Exception e) {
            throw new IllegalStateException("the client does not start", e);
        }
    }

    @Override
    public void close() {
        for (WebSocketClient client : clients.values()) {
            try {
                client.stop();
            } catch (Exception e) {
                throw new IllegalStateException("the client does not stop", e);
            }
        }
    }

    /** One connection. It asks the client for the next message when there is room for one behind the last. */
    public static final class Connection implements CalledConnection, Session.Listener {
        private final Inbox inbox;
        private final long readLimit;
        private final Optional<Duration> readTimeout;
        private volatile Session session;

        private Connection(CallOptions options) {
            int capacity = Math.toIntExact(options.integer("channel_capacity").orElse(64));
            inbox = new Inbox(capacity, () -> session().demand());
            readLimit = options.integer("read_limit").orElse(LARGEST_MESSAGE);
            readTimeout = options.duration("read_timeout");
        }

        private Session session() {
            return session;
        }

        @Override
        public void onWebSocketOpen(Session opened) {
            session = opened;
            opened.setMaxTextMessageSize(readLimit);
            opened.setMaxBinaryMessageSize(readLimit);
            readTimeout.ifPresent(opened::setIdleTimeout);
            opened.demand();
        }

        @Override
        public void onWebSocketText(String text) {
            inbox.add(Received.text(text.getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
            byte[] data = new byte[payload.remaining()];
            payload.get(data);
            callback.succeed();
            inbox.add(Received.binary(data));
        }

        @Override
        public void onWebSocketClose(int code, String reason, Callback callback) {
            inbox.end();
            callback.succeed();
        }

        @Override
        public void onWebSocketError(Throwable cause) {
            inbox.end();
        }

        @Override
        public void send(Optional<MessageType> type, byte[] data) throws CallFailedException, InterruptedException {
            Callback.Completable done = new Callback.Completable();
            switch (type.orElse(MessageType.TEXT)) {
                case TEXT -> session.sendText(TextBytes.decode(data), done);
                case BINARY -> session.sendBinary(ByteBuffer.wrap(data), done);
            }
            await(done);
        }

        @Override
        public void ping() throws CallFailedException, InterruptedException {
            Callback.Completable done = new Callback.Completable();
            session.sendPing(ByteBuffer.allocate(0), done);
            await(done);
        }

        @Override
        public Received receive(Optional<Duration> wait) throws InterruptedException {
            return inbox.take(wait);
        }

        @Override
        public void close(OptionalDouble code, Optional<String> reason) throws CallFailedException, InterruptedException {
            double number = code.orElse(StatusCode.NORMAL);
            if (number != (int) number) {
                throw NotJudgedException.unsupported("the client takes a code as an int, which " + number + " is not");
            }
            Callback.Completable done = new Callback.Completable();
            session.close((int) number, reason.orElse(null), done);
            try {
                done.get();
            } catch (ExecutionException e) {
                // The peer's answer may be here before the client knows that its own frame is out: closed is what was
                // asked for.
                if (!(e.getCause() instanceof ClosedChannelException)) {
                    throw CallFailedException.unusable(e.getCause());
                }
            }
            inbox.abandon();
        }

        @Override
        public void release() {
            inbox.abandon();
            session.disconnect();
        }

        private static void await(CompletableFuture<?> done) throws CallFailedException, InterruptedException {
            try {
                done.get();
            } catch (ExecutionException e) {
                throw CallFailedException.unusable(e.getCause());
            }
        }
    }
}
