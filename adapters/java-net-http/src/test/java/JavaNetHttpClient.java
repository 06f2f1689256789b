import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.calls.CallFailedException;
import io.wstck.tck.implementation.calls.CalledClient;
import io.wstck.tck.implementation.calls.CalledConnection;
import io.wstck.tck.implementation.calls.ConnectCall;
import io.wstck.tck.implementation.calls.NotJudgedException;
import io.wstck.tck.implementation.calls.Inbox;
import io.wstck.tck.implementation.calls.MessageType;
import io.wstck.tck.implementation.calls.PemTrust;
import io.wstck.tck.implementation.calls.Received;
import io.wstck.tck.implementation.calls.TextBytes;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/** The WebSocket client of the JDK, {@link java.net.http.WebSocket}, as the kit calls it. */
public final class JavaNetHttpClient implements CalledClient {
    private static final List<String> LACKING = List.of(
            "read_timeout", "write_timeout", "compression", "compression_threshold", "read_limit", "channel_capacity");

    /** One for each authority to trust, as a program has one. */
    private final Map<Optional<Path>, HttpClient> clients = new ConcurrentHashMap<>();

    @Override
    public Description description() {
        return new Description(
                "java.net.http",
                Runtime.version().toString(),
                "Java",
                Set.of(Capability.HEADERS, Capability.SUBPROTOCOLS, Capability.TIMEOUTS, Capability.PING, Capability.TLS));
    }

    @Override
    public CalledConnection connect(ConnectCall call) throws CallFailedException, InterruptedException {
        for (String option : LACKING) {
            if (call.options().names().contains(option)) {
                throw NotJudgedException.unsupported(option + ": the client has no such option");
            }
        }
        WebSocket.Builder builder = clients.computeIfAbsent(call.trust(), JavaNetHttpClient::client).newWebSocketBuilder();
        Connection connection = new Connection();
        CompletableFuture<WebSocket> dial;
        try {
            call.options().headers().forEach(builder::header);
            List<String> protocols = call.options().protocols();
            if (!protocols.isEmpty()) {
                List<String> others = protocols.subList(1, protocols.size());
                builder.subprotocols(protocols.getFirst(), others.toArray(String[]::new));
            }
            call.options().duration("dial_timeout").ifPresent(builder::connectTimeout);
            dial = builder.buildAsync(URI.create(call.url()), connection);
        } catch (IllegalArgumentException e) {
            throw CallFailedException.notConnected(e);
        }
        try {
            dial.get();
            return connection;
        } catch (ExecutionException e) {
            throw CallFailedException.notConnected(e.getCause());
        } catch (InterruptedException e) {
            dial.thenAccept(WebSocket::abort);
            throw e;
        }
    }

    private static HttpClient client(Optional<Path> trust) {
        HttpClient.Builder builder = HttpClient.newBuilder();
        trust.map(PemTrust::context).ifPresent(builder::sslContext);
        return builder.build();
    }

    @Override
    public void close() {
        clients.values().forEach(HttpClient::shutdownNow);
    }

    /** One connection. It asks the client for the next message when there is room for one behind the last. */
    private static final class Connection implements CalledConnection, WebSocket.Listener {
        private final Inbox inbox = new Inbox(64, () -> socket().request(1));

        /** The received part of the current text message. Only the listener uses it. */
        private final StringBuilder text = new StringBuilder();

        private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

        private volatile WebSocket socket;

        private WebSocket socket() {
            return socket;
        }

        @Override
        public void onOpen(WebSocket opened) {
            socket = opened;
            opened.request(1);
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                Received message = Received.text(text.toString().getBytes(StandardCharsets.UTF_8));
                text.setLength(0);
                inbox.add(message);
            } else {
                from.request(1);
            }
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            byte[] part = new byte[data.remaining()];
            data.get(part);
            binary.writeBytes(part);
            if (last) {
                Received message = Received.binary(binary.toByteArray());
                binary.reset();
                inbox.add(message);
            } else {
                from.request(1);
            }
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            inbox.end();
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            inbox.end();
        }

        @Override
        public void send(Optional<MessageType> type, byte[] data) throws CallFailedException, InterruptedException {
            await(
                    switch (type.orElse(MessageType.TEXT)) {
                        case TEXT -> socket.sendText(TextBytes.decode(data), true);
                        case BINARY -> socket.sendBinary(ByteBuffer.wrap(data), true);
                    });
        }

        @Override
        public void ping() throws CallFailedException, InterruptedException {
            await(socket.sendPing(ByteBuffer.allocate(0)));
        }

        @Override
        public Received receive(Optional<Duration> wait) throws InterruptedException {
            return inbox.take(wait);
        }

        @Override
        public void close(OptionalDouble code, Optional<String> reason) throws CallFailedException, InterruptedException {
            double number = code.orElse(WebSocket.NORMAL_CLOSURE);
            if (number != (int) number) {
                throw NotJudgedException.unsupported("the client takes a code as an int, which " + number + " is not");
            }
            await(socket.sendClose((int) number, reason.orElse("")));
            inbox.abandon();
        }

        @Override
        public void release() {
            inbox.abandon();
            socket.abort();
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
