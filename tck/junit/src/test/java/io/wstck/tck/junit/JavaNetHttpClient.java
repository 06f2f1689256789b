package io.wstck.tck.junit;

import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.calls.CallFailedException;
import io.wstck.tck.implementation.calls.CalledClient;
import io.wstck.tck.implementation.calls.CalledConnection;
import io.wstck.tck.implementation.calls.ConnectCall;
import io.wstck.tck.implementation.calls.MessageType;
import io.wstck.tck.implementation.calls.NotJudgedException;
import io.wstck.tck.implementation.calls.Received;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The JDK's client behind the interfaces of the kit: the sample of a JVM client. */
final class JavaNetHttpClient implements CalledClient {
    private final HttpClient client = HttpClient.newHttpClient();

    @Override
    public Description description() {
        return new Description(
                "java.net.http",
                Runtime.version().toString(),
                "Java",
                Set.of(Capability.HEADERS, Capability.SUBPROTOCOLS, Capability.PING));
    }

    @Override
    public CalledConnection connect(ConnectCall call) throws CallFailedException, InterruptedException {
        WebSocket.Builder builder = client.newWebSocketBuilder();
        call.options().headers().forEach(builder::header);
        String[] protocols = call.options().protocols().toArray(String[]::new);
        if (protocols.length > 0) {
            builder.subprotocols(protocols[0], java.util.Arrays.copyOfRange(protocols, 1, protocols.length));
        }
        IncomingMessages incoming = new IncomingMessages();
        try {
            return new OpenConnection(
                    builder.buildAsync(URI.create(call.url()), incoming).get(), incoming);
        } catch (ExecutionException e) {
            throw CallFailedException.notConnected(e.getCause());
        } catch (IllegalArgumentException e) {
            throw CallFailedException.unusable(e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** The queue of received messages. It requests the next message when the script has taken one. */
    private static final class IncomingMessages implements WebSocket.Listener {
        private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            return take(webSocket, StandardCharsets.UTF_8.encode(data.toString()), last, MessageType.TEXT);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
            return take(webSocket, data, last, MessageType.BINARY);
        }

        private CompletionStage<?> take(WebSocket webSocket, ByteBuffer data, boolean last, MessageType type) {
            byte[] part = new byte[data.remaining()];
            data.get(part);
            message.writeBytes(part);
            if (last) {
                received.add(new Received.Message(type.word(), message.toByteArray()));
                message.reset();
            }
            webSocket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            received.add(Received.closed());
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            received.add(Received.closed());
        }
    }

    private record OpenConnection(WebSocket socket, IncomingMessages incoming) implements CalledConnection {
        @Override
        public void send(Optional<MessageType> type, byte[] data) throws CallFailedException, InterruptedException {
            await(
                    type.equals(Optional.of(MessageType.BINARY))
                            ? socket.sendBinary(ByteBuffer.wrap(data), true)
                            : socket.sendText(new String(data, StandardCharsets.UTF_8), true));
        }

        @Override
        public void ping() throws CallFailedException, InterruptedException {
            await(socket.sendPing(ByteBuffer.allocate(0)));
        }

        @Override
        public Received receive(Optional<Duration> wait) throws InterruptedException {
            Received next = wait.isEmpty()
                    ? incoming.received.take()
                    : incoming.received.poll(wait.get().toMillis(), TimeUnit.MILLISECONDS);
            return next == null ? Received.nothing() : next;
        }

        @Override
        public void close(OptionalDouble code, Optional<String> reason)
                throws CallFailedException, InterruptedException {
            if (code.isPresent() && code.getAsDouble() != Math.rint(code.getAsDouble())) {
                throw NotJudgedException.unsupported("the client takes integers as close codes");
            }
            await(socket.sendClose((int) code.orElse(WebSocket.NORMAL_CLOSURE), reason.orElse("")));
        }

        @Override
        public void release() {
            socket.abort();
            incoming.received.add(Received.closed());
        }

        private static void await(CompletableFuture<WebSocket> done) throws CallFailedException, InterruptedException {
            try {
                done.get();
            } catch (ExecutionException e) {
                throw CallFailedException.unusable(e.getCause());
            }
        }
    }
}
