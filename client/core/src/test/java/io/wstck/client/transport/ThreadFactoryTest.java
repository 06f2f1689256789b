package io.wstck.client.transport;

import static io.wstck.client.transport.ClientServerFixture.receive;
import static io.wstck.client.transport.ClientServerFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.client.ConnectOptions;
import io.wstck.client.TrafficObserver;
import io.wstck.client.WebSocketClient;
import io.wstck.client.WebSocketException;
import io.wstck.client.transport.ClientServerFixture.ConnectedPair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The threads that a program's factory makes, and factories that fail, over real sockets. */
@Timeout(60)
class ThreadFactoryTest {
    private final List<Thread> made = new CopyOnWriteArrayList<>();
    private final ThreadFactory factory = task -> {
        Thread thread = Thread.ofPlatform().daemon().unstarted(task);
        made.add(thread);
        return thread;
    };

    /** Collects the threads that read and write a connection. */
    private static final class SeenThreads implements TrafficObserver.ConnectionTraffic {
        private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

        @Override
        public void sent(ByteBuffer bytes) {
            threads.add(Thread.currentThread());
        }

        @Override
        public void received(ByteBuffer bytes) {
            threads.add(Thread.currentThread());
        }

        @Override
        public void ended(Optional<IOException> cause) {
            // Only threads with bytes count.
        }
    }

    @Test
    void oneThreadOpensAConnectionAndReadsIt() throws Exception {
        SeenThreads traffic = new SeenThreads();
        try (ClientServerFixture fixture = new ClientServerFixture(
                ClientServerFixture.settings().threadFactory(factory).observer(_ -> traffic))) {
            ConnectedPair pair = fixture.open();
            pair.peer().send("81 01 61");

            assertThat(receive(pair.connection())).isEqualTo(text("a"));
            assertThat(made).hasSize(1);
            assertThat(traffic.threads).containsExactlyElementsOf(made);
        }
    }

    @Test
    void theThreadOfAnAbandonedDialEnds() throws Exception {
        try (ClientServerFixture fixture =
                new ClientServerFixture(ClientServerFixture.settings().threadFactory(factory))) {
            ConnectOptions options =
                    ConnectOptions.builder().dialTimeout(Duration.ofMillis(50)).build();
            assertThatThrownBy(() -> fixture.client.connect(fixture.server.url(), options))
                    .isInstanceOf(WebSocketException.class);

            assertMadeThreadEnds();
        }
    }

    @Test
    void aFactoryWithoutAThreadIsADefectAndNoConnectionIsMade() throws Exception {
        IllegalArgumentException failure = new IllegalArgumentException("no more threads");
        assertConnectFails(_ -> null).hasCauseInstanceOf(NullPointerException.class);
        assertConnectFails(_ -> {
                    throw failure;
                })
                .hasCause(failure);
    }

    @Test
    void anErrorOfAFactoryComesOutOfConnect() throws Exception {
        AssertionError failure = new AssertionError("an error");
        try (ClientServerFixture fixture =
                new ClientServerFixture(ClientServerFixture.settings().threadFactory(_ -> {
                    throw failure;
                }))) {
            assertThatThrownBy(() -> fixture.client.connect(fixture.server.url(), ConnectOptions.defaults()))
                    .isSameAs(failure);
        }
    }

    @Test
    void aFactoryThatStartsItsThreadIsADefectAndTheDialIsAbandoned() throws Exception {
        try (ClientServerFixture fixture =
                new ClientServerFixture(ClientServerFixture.settings().threadFactory(task -> {
                    Thread thread = factory.newThread(task);
                    thread.start();
                    return thread;
                }))) {
            assertThatThrownBy(() -> fixture.client.connect(fixture.server.url(), ConnectOptions.defaults()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasCauseInstanceOf(IllegalThreadStateException.class);

            // The server never answers, so only the abandoned dial ends it.
            assertMadeThreadEnds();
        }
    }

    /** Asserts that connect throws, and that the client can still be closed, because it waits for no dial. */
    private static AbstractThrowableAssert<?, ? extends Throwable> assertConnectFails(ThreadFactory broken)
            throws Exception {
        try (ScriptedServer server = new ScriptedServer();
                WebSocketClient client =
                        ClientServerFixture.settings().threadFactory(broken).build()) {
            var asserted = assertThatThrownBy(() -> client.connect(server.url(), ConnectOptions.defaults()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("connect to 127.0.0.1:" + server.port());
            assertThat(server.hasNoConnection()).isTrue();
            return asserted;
        }
    }

    private void assertMadeThreadEnds() throws InterruptedException {
        assertThat(made).hasSize(1);
        assertThat(made.getFirst().join(ClientServerFixture.TEST_TIMEOUT)).isTrue();
    }
}
