package io.wstck.client.transport;

import static io.wstck.client.transport.ClientServerFixture.assertChannelClosed;
import static io.wstck.client.transport.ClientServerFixture.get;
import static io.wstck.client.transport.ClientServerFixture.start;
import static io.wstck.client.transport.ClientServerFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.client.CloseStatus;
import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.Message;
import io.wstck.client.MessageBatch;
import io.wstck.client.ServerFrames;
import io.wstck.client.transport.ClientServerFixture.ConnectedPair;
import io.wstck.client.transport.Peer.Frame;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A handler gets the messages of a connection on the reading thread, over real sockets. */
@Timeout(60)
class HandlerTest {
    private static final Duration VIRTUAL = Duration.ofHours(1);

    private final BlockingQueue<Message> handled = new LinkedBlockingQueue<>();
    private final List<Thread> readers = new CopyOnWriteArrayList<>();
    private final ManualTimer timer = new ManualTimer();
    private ClientServerFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new ClientServerFixture(
                ClientServerFixture.settings().threadFactory(task -> {
                    Thread reader = Thread.ofPlatform().daemon().unstarted(task);
                    readers.add(reader);
                    return reader;
                }),
                timer);
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    void allMessagesAreHandledInOrderOnTheReadingThreadAndNoneGoesToTheChannel() throws Exception {
        Set<Thread> threads = new HashSet<>();
        ConnectedPair pair = fixture.open(ConnectOptions.defaults(), (_, message) -> {
            threads.add(Thread.currentThread());
            handled.add(message);
        });
        pair.peer().send("81 01 61 01 01 62 80 01 63 82 01 64 88 02 03 e8");

        assertChannelClosed(pair.connection());
        assertThat(handled).containsExactly(text("a"), text("bc"), new Message.Binary(new byte[] {'d'}));
        assertThat(threads).containsExactlyElementsOf(readers);
        assertThat(pair.connection().remoteClose()).contains(new CloseStatus(1000, ""));
    }

    @Test
    void aMessageBehindTheHandshakeIsHandledWithTheConnectionThatConnectReturns() throws Exception {
        BlockingQueue<Connection> connections = new LinkedBlockingQueue<>();
        FutureTask<Connection> connecting = start(() -> fixture.client.connect(
                fixture.server.url(), ConnectOptions.defaults(), (connection, _) -> connections.add(connection)));
        var _ = fixture.server.accept().shakeHands("81 01 61");

        assertThat(get(connecting)).isSameAs(take(connections));
    }

    @Test
    void aHandlerAnswersWithMessagesAndBatches() throws Exception {
        ConnectedPair pair = fixture.open(ConnectOptions.defaults(), (connection, message) -> {
            connection.sendText(message.bytes());
            try (MessageBatch batch = connection.batch()) {
                batch.send("first");
                batch.send("second");
            }
        });
        for (String each : List.of("a", "b")) {
            pair.peer().send(ServerFrames.frame(0x81, each.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
            assertThat(pair.peer().read()).isEqualTo(Frame.text(each));
            assertThat(pair.peer().read()).isEqualTo(Frame.text("first"));
            assertThat(pair.peer().read()).isEqualTo(Frame.text("second"));
        }
    }

    @Test
    void nothingIsReadWhileTheHandlerRuns() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        ConnectedPair pair = fixture.open(ConnectOptions.defaults(), (_, message) -> {
            handled.add(message);
            release.await();
        });
        pair.peer().send("81 01 61 89 01 62");
        assertThat(take(handled)).isEqualTo(text("a"));
        FutureTask<?> pushing = start(() -> {
            // More than all socket buffers hold.
            pair.peer().send(ServerFrames.frame(0x82, new byte[32 * 1024 * 1024]));
            return true;
        });
        assertThatThrownBy(() -> pushing.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        pair.connection().send("before the pong");
        assertThat(pair.peer().read()).isEqualTo(Frame.text("before the pong"));

        release.countDown();
        assertThat(pair.peer().read()).isEqualTo(Frame.of(0x8A, "62"));
        get(pushing);
        assertThat(take(handled).bytes()).hasSize(32 * 1024 * 1024);
    }

    @Test
    void theTimeOfAHandlerDoesNotCountTowardsTheReadTimeout() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        ConnectedPair pair =
                fixture.open(ConnectOptions.builder().readTimeout(VIRTUAL).build(), (_, message) -> {
                    handled.add(message);
                    release.await();
                });
        pair.peer().send("81 01 61");
        assertThat(take(handled)).isEqualTo(text("a"));
        timer.advance(VIRTUAL.multipliedBy(2));
        release.countDown();

        timer.advance(VIRTUAL.minusNanos(1));
        pair.peer().send("81 01 62");
        assertThat(take(handled)).isEqualTo(text("b"));
        pair.connection().send("alive");
        assertThat(pair.peer().read()).isEqualTo(Frame.text("alive"));
    }

    @Test
    void theWriteTimeoutEndsASendOfAHandlerToAPeerThatDoesNotRead() throws Exception {
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        ConnectedPair pair =
                fixture.open(ConnectOptions.builder().writeTimeout(VIRTUAL).build(), (connection, _) -> {
                    try {
                        connection.sendBinary(new byte[32 * 1024 * 1024]);
                    } catch (io.wstck.client.WebSocketException e) {
                        failures.add(e);
                    }
                });
        pair.peer().send("81 01 61");
        assertThat(pair.peer().readByte()).isEqualTo(0x82);
        timer.advance(VIRTUAL);

        assertThat(take(failures)).hasMessageContaining("write timeout");
        assertChannelClosed(pair.connection());
    }

    private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        T element = queue.poll(ClientServerFixture.TEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(element).as("the next element").isNotNull();
        return element;
    }
}
