package io.wstck.client.transport;

import static io.wstck.client.transport.ClientServerFixture.get;
import static io.wstck.client.transport.ClientServerFixture.platformThreads;
import static io.wstck.client.transport.ClientServerFixture.receive;
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
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections and clients end their threads and sockets. */
@Timeout(60)
class ResourceReleaseTest {
    private final List<Thread> readers = new CopyOnWriteArrayList<>();
    private final ThreadFactory factory = task -> {
        Thread reader = Thread.ofPlatform().name("reader-under-test").unstarted(task);
        readers.add(reader);
        return reader;
    };

    @Test
    void twoHundredConnectionsEndedInEveryWayLeaveNoThreadAndNoSocket() throws Exception {
        try (ClientServerFixture fixture =
                new ClientServerFixture(WebSocketClient.builder().threadFactory(factory))) {
            for (int round = 0; round < 50; round++) {
                ConnectedPair byClient = fixture.open();
                FutureTask<?> closing = start(() -> {
                    byClient.connection().close();
                    return true;
                });
                byClient.peer().read();
                byClient.peer().send("88 02 03 e8");
                assertThat(byClient.peer().endsAfterFin()).isTrue();
                get(closing);

                ConnectedPair byServer = fixture.open();
                byServer.peer().send("88 02 03 e8");
                byServer.peer().read();
                assertThat(byServer.peer().endsAfterFin()).isTrue();

                ConnectedPair byFin = fixture.open();
                assertThat(byFin.peer().endsAfterFin()).isTrue();

                ConnectedPair byViolation = fixture.open();
                byViolation.peer().send("ff");
                byViolation.peer().read();
                assertThat(byViolation.peer().ends()).isTrue();
                byViolation.peer().close();
            }
            assertThat(readers).hasSize(200);
            for (Thread reader : readers) {
                reader.join(ClientServerFixture.TEST_TIMEOUT);
                assertThat(reader.isAlive()).isFalse();
            }
        }
    }

    @Test
    void clientsShareOneTimerThreadWhichEndsSomeTimeAfterTheirConnections() throws Exception {
        Thread timer;
        try (ClientServerFixture first = new ClientServerFixture();
                ClientServerFixture second = new ClientServerFixture()) {
            setDeadline(first);
            setDeadline(second);
            // A timer of an earlier test may end meanwhile.
            waitUntil(() -> platformThreads("wstck-deadlines").size() == 1);
            timer = platformThreads("wstck-deadlines").getFirst();
        }
        assertThat(timer.join(ClientServerFixture.TEST_TIMEOUT)).isTrue();
    }

    @Test
    void aClosedClientLeavesTheDeadlinesOfOthersAlone() throws Exception {
        try (ClientServerFixture fixture = new ClientServerFixture()) {
            ConnectedPair pair = fixture.open(
                    ConnectOptions.builder().readTimeout(Duration.ofSeconds(2)).build());
            try (ClientServerFixture other = new ClientServerFixture()) {
                setDeadline(other);
            }

            assertThat(pair.peer().read()).isEqualTo(Frame.close(1001, "read timeout"));
        }
    }

    @Test
    void aHelpingThreadEndsWhenItHasBeenIdleForSomeTime() throws Exception {
        try (ClientServerFixture fixture = new ClientServerFixture()) {
            ConnectedPair pair = fixture.open();
            pair.peer().send("89 01 61");
            assertThat(pair.peer().read()).isEqualTo(Frame.of(0x8A, "61"));
            waitUntil(() -> !platformThreads(HelperThreads.IDLE_NAME).isEmpty());
            for (Thread idle : platformThreads(HelperThreads.IDLE_NAME)) {
                assertThat(idle.join(ClientServerFixture.TEST_TIMEOUT)).isTrue();
            }
        }
    }

    /** Opens a connection that has set a deadline. */
    private static void setDeadline(ClientServerFixture fixture) throws Exception {
        ConnectedPair pair = fixture.open(
                ConnectOptions.builder().readTimeout(Duration.ofHours(1)).build());
        pair.peer().send("81 01 61");
        assertThat(receive(pair.connection())).isEqualTo(text("a"));
    }
}
