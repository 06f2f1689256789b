package io.wstck.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.softwaremill.jox.ChannelClosed;
import io.wstck.client.ClientConnectors;
import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.ErrorKind;
import io.wstck.client.Message;
import io.wstck.client.MessageHandler;
import io.wstck.client.WebSocketClient;
import io.wstck.client.WebSocketException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A client, a scripted server, and connections between them. */
final class ClientServerFixture implements AutoCloseable {
    /** Long enough for a loaded machine; only a failing test waits that long. */
    static final Duration TEST_TIMEOUT = Duration.ofSeconds(20);

    /** Both ends of one connection. */
    record ConnectedPair(Connection connection, Peer peer) {}

    final ScriptedServer server;
    final WebSocketClient client;

    ClientServerFixture() throws Exception {
        this(settings());
    }

    /** The close timeout is as long as the tests wait, so that no test passes because of it. */
    static WebSocketClient.Builder settings() {
        return WebSocketClient.builder().closeTimeout(TEST_TIMEOUT);
    }

    ClientServerFixture(WebSocketClient.Builder builder) throws Exception {
        this(builder.build());
    }

    /** The deadlines of the client use this timer. */
    ClientServerFixture(WebSocketClient.Builder builder, DeadlineTimer timer) throws Exception {
        this(ClientConnectors.build(builder, settings -> new Dialer(settings, timer)));
    }

    private ClientServerFixture(WebSocketClient client) throws Exception {
        this.server = new ScriptedServer();
        this.client = client;
    }

    ConnectedPair open() throws Exception {
        return open(ConnectOptions.defaults());
    }

    ConnectedPair open(ConnectOptions options) throws Exception {
        FutureTask<Connection> connecting = connecting(options);
        Peer peer = server.accept().shakeHands();
        return new ConnectedPair(get(connecting), peer);
    }

    /** Opens a connection whose messages go to a handler. */
    ConnectedPair open(ConnectOptions options, MessageHandler handler) throws Exception {
        FutureTask<Connection> connecting = start(() -> client.connect(server.url(), options, handler));
        Peer peer = server.accept().shakeHands();
        return new ConnectedPair(get(connecting), peer);
    }

    FutureTask<Connection> connecting(ConnectOptions options) {
        return start(() -> client.connect(server.url(), options));
    }

    static <T> FutureTask<T> start(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        Thread.ofVirtual().start(task);
        return task;
    }

    static <T> T get(FutureTask<T> task) throws Exception {
        return task.get(TEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits until the condition holds, and asks again and again. For a state that no event tells. */
    static void waitUntil(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > TEST_TIMEOUT.toNanos()) {
                throw new AssertionError("the condition does not hold after " + TEST_TIMEOUT);
            }
            Thread.onSpinWait();
        }
    }

    /** Returns the live platform threads of this JVM with that name. */
    static List<Thread> platformThreads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .toList();
    }

    /** Throws the exception that the call of the task has thrown, if any. */
    static void rethrow(FutureTask<?> task) throws Throwable {
        try {
            get(task);
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    static Message text(String text) {
        return new Message.Text(text.getBytes(StandardCharsets.UTF_8));
    }

    static void assertChannelClosed(Connection connection) throws Exception {
        assertThat(get(start(() -> connection.messages().receiveOrClosed()))).isInstanceOf(ChannelClosed.class);
    }

    static Object receive(Connection connection) throws Exception {
        return get(start(() -> connection.messages().receiveOrClosed()));
    }

    /** Asserts INTERNAL, not retryable: the connection can no longer be used. */
    static void assertClosed(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(WebSocketException.class, e -> {
            assertThat(e.kind()).isEqualTo(ErrorKind.INTERNAL);
            assertThat(e.retryable()).isFalse();
            assertThat(e).hasMessageContaining("closed");
        });
    }

    static void assertInvalid(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(WebSocketException.class, e -> {
            assertThat(e.kind()).isEqualTo(ErrorKind.INVALID);
            assertThat(e.retryable()).isFalse();
        });
    }

    @Override
    public void close() throws IOException {
        server.close();
        client.close();
    }
}
