package io.wstck.client.transport;

import static io.wstck.client.transport.Fixture.assertChannelClosed;
import static io.wstck.client.transport.Fixture.assertClosed;
import static io.wstck.client.transport.Fixture.get;
import static io.wstck.client.transport.Fixture.receive;
import static io.wstck.client.transport.Fixture.start;
import static io.wstck.client.transport.Fixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.client.ConnectOptions;
import io.wstck.client.transport.Fixture.Pair;
import io.wstck.client.transport.Peer.Frame;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The three timeouts over real sockets. Time is the subject, hence the sleeping, side by side; upper bounds are for a loaded
 * machine.
 */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class TimeoutsTest {
    private static final Duration TIMEOUT = Duration.ofMillis(300);
    private static final Duration SOON = Duration.ofSeconds(10);
    /** For what must not time out: room for a loaded machine. */
    private static final Duration GENEROUS = Duration.ofSeconds(6);

    private Fixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new Fixture();
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    void silenceClosesTheConnectionAfterTheReadTimeoutAndNotBefore() throws Exception {
        long start = System.nanoTime();
        Pair pair = fixture.open(ConnectOptions.builder().readTimeout(TIMEOUT).build());
        assertChannelClosed(pair.connection());

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(TIMEOUT, SOON);
        assertThat(pair.peer().read()).isEqualTo(Frame.close(1001, "read timeout"));
        assertClosed(() -> pair.connection().send("x"));
    }

    @Test
    void everyMessageRestartsTheReadTimeout() throws Exception {
        Pair pair = fixture.open(ConnectOptions.builder().readTimeout(GENEROUS).build());
        long start = System.nanoTime();
        // Often, so that a machine may be late by nearly the whole timeout each time.
        while (System.nanoTime() - start < GENEROUS.toNanos() * 5 / 4) {
            pair.peer().send("81 01 61");
            assertThat(receive(pair.connection())).isEqualTo(text("a"));
            Thread.sleep(100);
        }

        pair.connection().send("alive");
        assertThat(pair.peer().read()).isEqualTo(Frame.text("alive"));
    }

    @Test
    void timeWithAFullChannelDoesNotCountTowardsTheReadTimeout() throws Exception {
        Pair pair = fixture.open(ConnectOptions.builder()
                .readTimeout(GENEROUS)
                .channelCapacity(1)
                .build());
        pair.peer().send("81 01 61 81 01 62 81 01 63");
        Thread.sleep(GENEROUS.toMillis() + 500);

        assertThat(receive(pair.connection())).isEqualTo(text("a"));
        assertThat(receive(pair.connection())).isEqualTo(text("b"));
        assertThat(receive(pair.connection())).isEqualTo(text("c"));
        pair.peer().send("81 01 64");
        assertThat(receive(pair.connection())).isEqualTo(text("d"));
    }

    @Test
    void aSendThatCannotBeWrittenFailsAfterTheWriteTimeoutAndNotBefore() throws Exception {
        Pair pair = fixture.open(ConnectOptions.builder().writeTimeout(TIMEOUT).build());
        long start = System.nanoTime();
        assertClosed(() -> pair.connection().sendBinary(new byte[32 * 1024 * 1024]));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(TIMEOUT, SOON);
        assertClosed(() -> pair.connection().send("x"));
        assertChannelClosed(pair.connection());
    }

    @Test
    void senderBehindAStuckOneFailsToo() throws Exception {
        Pair pair = fixture.open(ConnectOptions.builder().writeTimeout(GENEROUS).build());
        FutureTask<?> stuck = start(() -> {
            pair.connection().sendBinary(new byte[32 * 1024 * 1024]);
            return true;
        });
        assertThat(pair.peer().readByte()).isEqualTo(0x82);
        assertClosed(() -> pair.connection().send("x"));

        assertThatThrownBy(() -> get(stuck)).hasRootCauseInstanceOf(java.io.IOException.class);
    }

    @Test
    void ordinarySendsAreUntouchedByTheWriteTimeout() throws Exception {
        Pair pair = fixture.open(ConnectOptions.builder().writeTimeout(GENEROUS).build());
        pair.connection().send("a");
        Thread.sleep(GENEROUS.toMillis() + 500);
        pair.connection().send("b");

        assertThat(pair.peer().read()).isEqualTo(Frame.text("a"));
        assertThat(pair.peer().read()).isEqualTo(Frame.text("b"));
    }

    @Test
    void theDialTimeoutHasNoEffectOnceConnected() throws Exception {
        Pair pair = fixture.open(ConnectOptions.builder().dialTimeout(GENEROUS).build());
        Thread.sleep(GENEROUS.toMillis() + 500);

        pair.connection().send("alive");
        assertThat(pair.peer().read()).isEqualTo(Frame.text("alive"));
        pair.peer().send("81 01 61");
        assertThat(receive(pair.connection())).isEqualTo(text("a"));
    }
}
