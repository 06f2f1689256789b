package io.wstck.client.transport;

import static io.wstck.client.transport.ClientServerFixture.assertChannelClosed;
import static io.wstck.client.transport.ClientServerFixture.assertClosed;
import static io.wstck.client.transport.ClientServerFixture.get;
import static io.wstck.client.transport.ClientServerFixture.rethrow;
import static io.wstck.client.transport.ClientServerFixture.start;
import static io.wstck.client.transport.ClientServerFixture.text;
import static io.wstck.client.transport.ClientServerFixture.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.ConnectionState;
import io.wstck.client.Message;
import io.wstck.client.WebSocketException;
import io.wstck.client.transport.ClientServerFixture.ConnectedPair;
import io.wstck.client.transport.Peer.Frame;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How connections with a handler of messages end, by their handler and while it runs, over real sockets. */
@Timeout(60)
class HandlerEndTest {
    private static final Duration CLOSE_TIMEOUT = Duration.ofHours(1);

    private final List<Message> handled = new CopyOnWriteArrayList<>();
    private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    private final List<Thread> readers = new CopyOnWriteArrayList<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final ManualTimer timer = new ManualTimer();
    private ClientServerFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new ClientServerFixture(
                ClientServerFixture.settings().closeTimeout(CLOSE_TIMEOUT).threadFactory(task -> {
                    Thread reader = Thread.ofPlatform()
                            .daemon()
                            .uncaughtExceptionHandler((_, failure) -> uncaught.add(failure))
                            .unstarted(task);
                    readers.add(reader);
                    return reader;
                }),
                timer);
    }

    @AfterEach
    void close() throws Exception {
        release.countDown();
        fixture.close();
    }

    @Test
    void closeInAHandlerSendsTheCloseFrameAndReturnsAndNoMessageIsHandledAfterIt() throws Exception {
        ConnectedPair pair = fixture.open(ConnectOptions.defaults(), (connection, message) -> {
            handled.add(message);
            connection.close(4001, "done");
            handled.add(text("returned"));
        });
        pair.peer().send("81 01 61 81 01 62");

        assertThat(pair.peer().read()).isEqualTo(Frame.close(4001, "done"));
        pair.peer().send("81 01 63 88 02 0f a1");
        assertThat(pair.peer().endsAfterFin()).isTrue();
        assertReadersEnd();
        assertThat(handled).containsExactly(text("a"), text("returned"));
        assertThat(uncaught).isEmpty();
    }

    @Test
    void anExceptionOfAHandlerClosesWith1011AndIsReportedOnce() throws Exception {
        for (Throwable failure : List.of(new IllegalStateException("a defect"), new AssertionError("an error"))) {
            ConnectedPair pair = fixture.open(ConnectOptions.defaults(), (_, message) -> {
                handled.add(message);
                throwUnchecked(failure);
            });
            pair.peer().send("81 01 61 81 01 62");

            assertThat(pair.peer().read().closeCode()).isEqualTo(1011);
            assertChannelClosed(pair.connection());
            pair.peer().send("88 02 03 f3");
            assertThat(pair.peer().endsAfterFin()).isTrue();
            assertReadersEnd();
            assertThat(pair.connection().state()).isEqualTo(ConnectionState.CLOSED);
            assertThat(uncaught).containsExactly(failure);
            assertThat(handled).containsExactly(text("a"));
            uncaught.clear();
            handled.clear();
        }
    }

    @Test
    void aFailedSendOnALostConnectionIsReported() throws Exception {
        ConnectedPair pair = fixture.open(ConnectOptions.defaults(), (connection, _) -> {
            begun.countDown();
            while (true) {
                connection.sendBinary(new byte[100_000]);
            }
        });
        pair.peer().send("81 01 61");
        begun.await();
        pair.peer().reset();

        assertReadersEnd();
        assertThat(uncaught).singleElement().isInstanceOf(WebSocketException.class);
    }

    @Test
    void aSendThatFailsSinceTheProgramHasClosedIsNotReported() throws Exception {
        ConnectedPair pair = fixture.open(ConnectOptions.defaults(), (connection, message) -> {
            handled.add(message);
            begun.countDown();
            release.await();
            connection.send("too late");
        });
        pair.peer().send("81 01 61 81 01 62");
        begun.await();
        FutureTask<?> closing = closing(pair.connection());
        assertThat(pair.peer().read()).isEqualTo(Frame.close(1000, ""));
        pair.peer().send("88 02 03 e8");
        pair.peer().endOutput();
        assertThatThrownBy(() -> closing.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        release.countDown();

        get(closing);
        assertThat(pair.peer().ends()).isTrue();
        assertThat(pair.connection().state()).isEqualTo(ConnectionState.CLOSED);
        assertThat(uncaught).isEmpty();
        assertThat(handled).containsExactly(text("a"));
    }

    @Test
    void aHandlerThatDoesNotReturnDelaysACloseUntilTheCloseTimeoutAndNotLonger() throws Exception {
        ConnectedPair pair = openWithWaitingHandler(ConnectOptions.defaults());
        FutureTask<?> closing = closing(pair.connection());
        assertThat(pair.peer().read()).isEqualTo(Frame.close(1000, ""));
        timer.advance(CLOSE_TIMEOUT.minusNanos(1));
        assertThatThrownBy(() -> closing.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        timer.advance(Duration.ofNanos(1));

        get(closing);
        assertThat(pair.peer().ends()).isTrue();
        release.countDown();
        assertReadersEnd();
        assertThat(handled).containsExactly(text("a"));
    }

    /** The state stays open when a write fails, because the reader first delivers what the peer has sent. */
    @Test
    void noMessageOfALostConnectionIsHandledAfterTheCloseTimeout() throws Exception {
        Duration writeTimeout = Duration.ofMinutes(1);
        ConnectedPair pair = openWithWaitingHandler(
                ConnectOptions.builder().writeTimeout(writeTimeout).build());
        FutureTask<?> sending = start(() -> {
            pair.connection().sendBinary(new byte[32 * 1024 * 1024]);
            return true;
        });
        assertThat(pair.peer().readByte()).isEqualTo(0x82);
        timer.advance(writeTimeout);
        assertClosed(() -> rethrow(sending));
        assertThat(pair.connection().state()).isEqualTo(ConnectionState.OPEN);
        timer.advance(CLOSE_TIMEOUT);
        release.countDown();

        assertReadersEnd();
        assertThat(handled).containsExactly(text("a"));
    }

    @Test
    void closingTheClientInAHandlerReturnsAtTheCloseTimeout() throws Exception {
        ConnectedPair pair = fixture.open(ConnectOptions.defaults(), (_, message) -> {
            handled.add(message);
            fixture.client.close();
        });
        pair.peer().send("81 01 61 81 01 62");
        assertThat(pair.peer().read()).isEqualTo(Frame.close(1001, ""));
        waitUntil(() -> {
            timer.advance(CLOSE_TIMEOUT);
            return !readers.getFirst().isAlive();
        });

        assertThat(handled).containsExactly(text("a"));
    }

    @Test
    void anInterruptOfAWaitingHandlerEndsTheConnection() throws Exception {
        ConnectedPair pair = openWithWaitingHandler(ConnectOptions.defaults());
        readers.getFirst().interrupt();

        assertThat(pair.peer().ends()).isTrue();
        assertReadersEnd();
        assertChannelClosed(pair.connection());
    }

    /** The handler runs until the test releases it. Another message is behind the first one. */
    private ConnectedPair openWithWaitingHandler(ConnectOptions options) throws Exception {
        ConnectedPair pair = fixture.open(options, (_, message) -> {
            handled.add(message);
            begun.countDown();
            release.await();
        });
        pair.peer().send("81 01 61 81 01 62");
        begun.await();
        return pair;
    }

    private void assertReadersEnd() throws InterruptedException {
        for (Thread reader : readers) {
            assertThat(reader.join(ClientServerFixture.TEST_TIMEOUT)).isTrue();
        }
    }

    private static void throwUnchecked(Throwable failure) {
        switch (failure) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalArgumentException(failure);
        }
    }

    private static FutureTask<?> closing(Connection connection) {
        return start(() -> {
            connection.close();
            return true;
        });
    }
}
