package io.wstck.client.transport;

import static io.wstck.client.transport.ClientServerFixture.assertChannelClosed;
import static io.wstck.client.transport.ClientServerFixture.assertClosed;
import static io.wstck.client.transport.ClientServerFixture.receive;
import static io.wstck.client.transport.ClientServerFixture.rethrow;
import static io.wstck.client.transport.ClientServerFixture.start;
import static io.wstck.client.transport.ClientServerFixture.text;
import static io.wstck.client.transport.ClientServerFixture.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.client.ConnectOptions;
import io.wstck.client.WebSocketClient;
import io.wstck.client.transport.ClientServerFixture.ConnectedPair;
import io.wstck.client.transport.Peer.Frame;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The read and the write timeout over real sockets, and the dial timeout once connected. */
@Timeout(60)
class TimeoutsTest {
    /** Passes on the clock of the JVM. */
    private static final Duration TIMEOUT = Duration.ofMillis(300);
    /** The most that a loaded machine may add to it. */
    private static final Duration SOON = Duration.ofSeconds(10);
    /** Passes only on a manual timer. */
    private static final Duration VIRTUAL = Duration.ofHours(1);

    /** Longer than any test lets a manual timer advance. */
    private static final Duration NEVER_REACHED = Duration.ofDays(36_500);

    private static final Duration NEARLY_VIRTUAL = VIRTUAL.minusNanos(1);
    private static final int TOO_LARGE_TO_BUFFER = 32 * 1024 * 1024;

    private final ManualTimer timer = new ManualTimer();

    @Test
    void silenceClosesTheConnectionAfterTheReadTimeoutAndNotBefore() throws Exception {
        try (ClientServerFixture fixture = new ClientServerFixture()) {
            long start = System.nanoTime();
            ConnectedPair pair =
                    fixture.open(ConnectOptions.builder().readTimeout(TIMEOUT).build());
            assertChannelClosed(pair.connection());

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(TIMEOUT, SOON);
            assertThat(pair.peer().read()).isEqualTo(Frame.close(1001, "read timeout"));
            assertClosed(() -> pair.connection().send("x"));
        }
    }

    @Test
    void everyMessageRestartsTheReadTimeout() throws Exception {
        // The loop below must not reach the close timeout, which would end TCP before the close frame is written.
        WebSocketClient.Builder settings = ClientServerFixture.settings().closeTimeout(NEVER_REACHED);
        try (ClientServerFixture fixture = new ClientServerFixture(settings, timer)) {
            ConnectedPair pair =
                    fixture.open(ConnectOptions.builder().readTimeout(VIRTUAL).build());
            for (int message = 0; message < 10; message++) {
                timer.advance(NEARLY_VIRTUAL);
                pair.peer().send("81 01 61");
                assertThat(receive(pair.connection())).isEqualTo(text("a"));
            }
            pair.connection().send("alive");
            assertThat(pair.peer().read()).isEqualTo(Frame.text("alive"));

            FutureTask<Object> next = start(() -> pair.connection().messages().receiveOrClosed());
            // More than once, because the reader may set its deadline after the first time.
            waitUntil(() -> {
                timer.advance(VIRTUAL);
                return next.isDone();
            });
            assertThat(pair.peer().read()).isEqualTo(Frame.close(1001, "read timeout"));
        }
    }

    @Test
    void timeWithAFullChannelDoesNotCountTowardsTheReadTimeout() throws Exception {
        List<Thread> readers = new CopyOnWriteArrayList<>();
        WebSocketClient.Builder settings = ClientServerFixture.settings().threadFactory(task -> {
            Thread reader = Thread.ofPlatform().unstarted(task);
            readers.add(reader);
            return reader;
        });
        try (ClientServerFixture fixture = new ClientServerFixture(settings, timer)) {
            ConnectedPair pair = fixture.open(ConnectOptions.builder()
                    .readTimeout(VIRTUAL)
                    .channelCapacity(1)
                    .build());
            pair.peer().send("81 01 61 81 01 62 81 01 63");
            // A platform thread is RUNNABLE while it reads from a socket, so here the reader waits for the channel.
            waitUntil(() -> readers.getFirst().getState() == Thread.State.WAITING);
            timer.advance(VIRTUAL.multipliedBy(2));

            assertThat(receive(pair.connection())).isEqualTo(text("a"));
            assertThat(receive(pair.connection())).isEqualTo(text("b"));
            assertThat(receive(pair.connection())).isEqualTo(text("c"));
            timer.advance(NEARLY_VIRTUAL);
            pair.peer().send("81 01 64");
            assertThat(receive(pair.connection())).isEqualTo(text("d"));
        }
    }

    @Test
    void aSendThatCannotBeWrittenFailsAfterTheWriteTimeoutAndNotBefore() throws Exception {
        try (ClientServerFixture fixture = new ClientServerFixture()) {
            ConnectedPair pair =
                    fixture.open(ConnectOptions.builder().writeTimeout(TIMEOUT).build());
            long start = System.nanoTime();
            assertClosed(() -> pair.connection().sendBinary(new byte[TOO_LARGE_TO_BUFFER]));

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(TIMEOUT, SOON);
            assertClosed(() -> pair.connection().send("x"));
            assertChannelClosed(pair.connection());
        }
    }

    @Test
    void aSenderBehindABlockedSenderFailsToo() throws Exception {
        try (ClientServerFixture fixture = new ClientServerFixture(ClientServerFixture.settings(), timer)) {
            ConnectedPair pair =
                    fixture.open(ConnectOptions.builder().writeTimeout(VIRTUAL).build());
            FutureTask<?> stuck = start(() -> {
                pair.connection().sendBinary(new byte[TOO_LARGE_TO_BUFFER]);
                return true;
            });
            assertThat(pair.peer().readByte()).isEqualTo(0x82);
            FutureTask<?> behind = start(() -> {
                pair.connection().send("x");
                return true;
            });
            timer.awaitWaiter();
            timer.advance(VIRTUAL);

            assertClosed(() -> rethrow(stuck));
            assertClosed(() -> rethrow(behind));
        }
    }

    @Test
    void theWriteTimeoutDoesNotAffectOrdinarySends() throws Exception {
        try (ClientServerFixture fixture = new ClientServerFixture(ClientServerFixture.settings(), timer)) {
            ConnectedPair pair =
                    fixture.open(ConnectOptions.builder().writeTimeout(VIRTUAL).build());
            pair.connection().send("a");
            timer.advance(VIRTUAL.multipliedBy(2));
            pair.connection().send("b");

            assertThat(pair.peer().read()).isEqualTo(Frame.text("a"));
            assertThat(pair.peer().read()).isEqualTo(Frame.text("b"));
        }
    }

    @Test
    void theDialTimeoutHasNoEffectOnceConnected() throws Exception {
        try (ClientServerFixture fixture = new ClientServerFixture(ClientServerFixture.settings(), timer)) {
            ConnectedPair pair =
                    fixture.open(ConnectOptions.builder().dialTimeout(VIRTUAL).build());
            timer.advance(VIRTUAL.multipliedBy(2));

            pair.connection().send("alive");
            assertThat(pair.peer().read()).isEqualTo(Frame.text("alive"));
            pair.peer().send("81 01 61");
            assertThat(receive(pair.connection())).isEqualTo(text("a"));
        }
    }
}
