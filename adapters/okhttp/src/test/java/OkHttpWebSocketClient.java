import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.catalogue.ConnectOption;
import io.wstck.tck.implementation.ClientBehaviour;
import io.wstck.tck.implementation.ClientBehaviour.CompressionOffer;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.OkHttp;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;

/** OkHttp's WebSocket client, as the kit calls it. */
public final class OkHttpWebSocketClient implements CalledClient {
    private static final List<String> LACKING = List.of("protocols", "read_limit", "channel_capacity");

    /** One for each authority to trust, as a program has one. */
    private final Map<Optional<Path>, OkHttpClient> clients = new ConcurrentHashMap<>();

    @Override
    public Description description() {
        return new Description(
                "OkHttp",
                OkHttp.VERSION,
                "Java",
                Set.of(
                        Capability.HEADERS,
                        Capability.COMPRESSION,
                        Capability.TIMEOUTS,
                        Capability.PARALLEL_CALLS,
                        Capability.TLS),
                ClientBehaviour.BY_OPTION
                        .offersDeflate(CompressionOffer.ALWAYS)
                        .notSettable(
                                ConnectOption.COMPRESSION, ConnectOption.READ_TIMEOUT, ConnectOption.WRITE_TIMEOUT));
    }

    @Override
    public CalledConnection connect(ConnectCall call) throws CallFailedException, InterruptedException {
        Connection connection = new Connection();
        try {
            OkHttpClient client = configured(clients.computeIfAbsent(call.trust(), OkHttpWebSocketClient::client), call.options());
            Request.Builder request = new Request.Builder().url(call.url());
            call.options().headers().forEach(request::addHeader);
            connection.socket = client.newWebSocket(request.build(), connection);
        } catch (IllegalArgumentException e) {
            throw CallFailedException.notConnected(e);
        }
        try {
            connection.opened.get();
            return connection;
        } catch (ExecutionException e) {
            throw CallFailedException.notConnected(e.getCause());
        } catch (InterruptedException e) {
            connection.release();
            throw e;
        }
    }

    private static OkHttpClient configured(OkHttpClient client, CallOptions options) {
        for (String option : LACKING) {
            if (options.names().contains(option)) {
                throw NotJudgedException.unsupported(option + ": the client has no such option");
            }
        }
        // A pool of its own: the client keeps a connection whose answer it has refused, and would write the next case's
        // request into it.
        OkHttpClient.Builder builder = client.newBuilder().connectionPool(new ConnectionPool());
        options.duration("dial_timeout").ifPresent(builder::callTimeout);
        options.integer("compression_threshold").ifPresent(builder::minWebSocketMessageToCompress);
        return builder.build();
    }

    private static OkHttpClient client(Optional<Path> trust) {
        OkHttpClient.Builder builder = new OkHttpClient.Builder();
        trust.ifPresent(pem -> {
            X509TrustManager manager = PemTrust.manager(pem);
            builder.sslSocketFactory(PemTrust.context(pem).getSocketFactory(), manager);
        });
        return builder.build();
    }

    @Override
    public void close() {
        clients.values().forEach(client -> client.dispatcher().executorService().shutdown());
    }

    /** One connection. Its listener blocks the client while the kit takes no messages. */
    private static final class Connection extends WebSocketListener implements CalledConnection {
        private static final int NORMAL = 1000;

        private final Inbox inbox = new Inbox(64);
        private final CompletableFuture<WebSocket> opened = new CompletableFuture<>();
        private volatile WebSocket socket;

        @Override
        public void onOpen(WebSocket from, Response response) {
            opened.complete(from);
        }

        @Override
        public void onMessage(WebSocket from, String text) {
            put(Received.text(text.getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public void onMessage(WebSocket from, ByteString bytes) {
            put(Received.binary(bytes.toByteArray()));
        }

        private void put(Received message) {
            try {
                inbox.put(message);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void onClosing(WebSocket from, int code, String reason) {
            inbox.end();
            from.close(NORMAL, null);
        }

        @Override
        public void onFailure(WebSocket from, Throwable failure, Response response) {
            opened.completeExceptionally(failure);
            inbox.end();
        }

        @Override
        public void send(Optional<MessageType> type, byte[] data) throws CallFailedException {
            boolean sent =
                    switch (type.orElse(MessageType.TEXT)) {
                        case TEXT -> socket.send(TextBytes.decode(data));
                        case BINARY -> socket.send(ByteString.of(data));
                    };
            require(sent, "send");
        }

        @Override
        public void ping() {
            throw NotJudgedException.unsupported("the client sends pings by itself only");
        }

        @Override
        public Received receive(Optional<Duration> wait) throws InterruptedException {
            return inbox.take(wait);
        }

        @Override
        public void close(OptionalDouble code, Optional<String> reason) throws CallFailedException {
            double number = code.orElse(NORMAL);
            if (number != (int) number) {
                throw NotJudgedException.unsupported("the client takes a code as an int, which " + number + " is not");
            }
            try {
                require(socket.close((int) number, reason.orElse(null)), "close");
            } catch (IllegalArgumentException e) {
                throw CallFailedException.unusable(e);
            }
            inbox.abandon();
        }

        @Override
        public void release() {
            inbox.abandon();
            socket.cancel();
        }

        private static void require(boolean done, String call) throws CallFailedException {
            if (!done) {
                throw CallFailedException.unusable(new IllegalStateException(call + "() returned false"));
            }
        }
    }
}
