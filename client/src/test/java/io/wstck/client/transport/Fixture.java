package io.wstck.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.softwaremill.jox.ChannelClosed;
import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.ErrorKind;
import io.wstck.client.Message;
import io.wstck.client.WebSocketClient;
import io.wstck.client.WebSocketException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A client and a scripted server, and connections between the two. */
final class Fixture implements AutoCloseable {
    /** Long enough for a loaded machine; only a failing test waits that long. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Both ends of one connection. */
    record Pair(Connection connection, Peer peer) {}

    final ScriptedServer server;
    final WebSocketClient client;

    Fixture() throws Exception {
        // As long as the tests' patience: no test passes because the close timeout has helped it.
        this(WebSocketClient.builder().closeTimeout(PATIENCE));
    }

    Fixture(WebSocketClient.Builder builder) throws Exception {
        server = new ScriptedServer();
        client = builder.build();
    }

    Pair open() throws Exception {
        return open(ConnectOptions.defaults());
    }

    Pair open(ConnectOptions options) throws Exception {
        FutureTask<Connection> connecting = connecting(options);
        Peer peer = server.accept().shakeHands();
        return new Pair(get(connecting), peer);
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
        return task.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
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

    /** INTERNAL and not retryable: the connection cannot be used any more. */
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
