package io.wstck.client.transport;

import static io.wstck.client.transport.Fixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.ErrorKind;
import io.wstck.client.WebSocketException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The dial timeout in each stage of a dial, several addresses, and dials that are abandoned (clause options.dial-timeout). */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class DialTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration NEVER = Duration.ofDays(1);

    private Fixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new Fixture();
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    /** A port whose queue is full, so that TCP connections to it are begun and never made. */
    private static final class UnreachablePort implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket();
        private final List<SocketChannel> queued = new ArrayList<>();

        UnreachablePort(String address, int port) throws IOException {
            listener.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port), 1);
            for (int index = 0; index < 16; index++) {
                SocketChannel channel = SocketChannel.open();
                queued.add(channel);
                channel.configureBlocking(false);
                channel.connect(listener.getLocalSocketAddress());
            }
        }

        int port() {
            return listener.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            for (SocketChannel channel : queued) {
                channel.close();
            }
            listener.close();
        }
    }

    @Test
    void aNameThatIsNeverLookedUpFailsAfterTheDialTimeoutAndNotBefore() {
        try {
            assertTimesOut("ws://a.hanging.test/", "name lookup");
        } finally {
            TestResolver.HANGING.get("a.hanging.test").release();
        }
    }

    @Test
    void tcpThatIsNeverConnectedFailsAfterTheDialTimeoutAndNotBefore() throws Exception {
        try (UnreachablePort unreachable = new UnreachablePort("127.0.0.1", 0)) {
            assertTimesOut("ws://127.0.0.1:" + unreachable.port() + "/", "TCP connect");
        }
    }

    @Test
    void aTlsHandshakeWithoutAnAnswerFailsAfterTheDialTimeoutAndNotBefore() {
        assertTimesOut("wss://127.0.0.1:" + fixture.server.port() + "/", "TLS handshake");
    }

    @Test
    void anOpeningHandshakeWithoutAnAnswerFailsAfterTheDialTimeoutAndNotBefore() {
        assertTimesOut(fixture.server.url(), "opening handshake");
    }

    @Test
    void anAddressThatRefusesIsFollowedByTheNext() throws Exception {
        assertConnectsByName(ConnectOptions.defaults());
    }

    @Test
    void anAddressThatIsUnreachableLeavesTimeForTheNext() throws Exception {
        try (UnreachablePort unreachable = new UnreachablePort("127.0.0.2", fixture.server.port())) {
            assertThat(unreachable.port()).isEqualTo(fixture.server.port());
            assertConnectsByName(
                    ConnectOptions.builder().dialTimeout(Duration.ofSeconds(10)).build());
        }
    }

    @Test
    void anUnknownNameIsAFailedConnect() {
        assertThatThrownBy(() -> fixture.client.connect("ws://unknown.invalid/", ConnectOptions.defaults()))
                .isInstanceOfSatisfying(WebSocketException.class, DialTest::assertConnectFailed)
                .hasMessageContaining("unknown.invalid");
    }

    @Test
    void anInterruptEndsADialOnAPlatformThread() throws Exception {
        FutureTask<Connection> connecting = new FutureTask<>(() -> fixture.client.connect(
                fixture.server.url(),
                ConnectOptions.builder().dialTimeout(NEVER).build()));
        Thread dialing = Thread.ofPlatform().start(connecting);
        Peer peer = fixture.server.accept();
        peer.request();
        dialing.interrupt();

        assertThatThrownBy(() -> get(connecting))
                .cause()
                .isInstanceOfSatisfying(WebSocketException.class, DialTest::assertConnectFailed)
                .hasMessageContaining("interrupted");
        assertThat(peer.ends()).isTrue();
    }

    @Test
    void closingTheClientEndsADialThatWaitsForANameLookup() throws Exception {
        Semaphore lookup = TestResolver.HANGING.get("b.hanging.test");
        FutureTask<Connection> connecting = Fixture.start(() -> fixture.client.connect(
                "ws://b.hanging.test/",
                ConnectOptions.builder().dialTimeout(NEVER).build()));
        try {
            while (!lookup.hasQueuedThreads()) {
                Thread.onSpinWait();
            }
            fixture.client.close();

            assertThatThrownBy(() -> get(connecting)).hasCauseInstanceOf(WebSocketException.class);
        } finally {
            lookup.release();
        }
    }

    private void assertTimesOut(String url, String stage) {
        ConnectOptions options = ConnectOptions.builder().dialTimeout(TIMEOUT).build();
        long start = System.nanoTime();
        assertThatThrownBy(() -> fixture.client.connect(url, options))
                .isInstanceOfSatisfying(WebSocketException.class, DialTest::assertConnectFailed)
                .hasMessageContaining("dial timeout of PT5S passed in " + stage);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(TIMEOUT, SOON);
    }

    private void assertConnectsByName(ConnectOptions options) throws Exception {
        String url = "ws://" + TestResolver.NAME_OF_TWO + ":" + fixture.server.port() + "/";
        FutureTask<Connection> connecting = Fixture.start(() -> fixture.client.connect(url, options));
        Peer peer = fixture.server.accept().shakeHands("81 01 61");

        assertThat(Fixture.receive(get(connecting))).isEqualTo(Fixture.text("a"));
        assertThat(peer.header("Host")).isEqualTo(TestResolver.NAME_OF_TWO + ":" + fixture.server.port());
    }

    private static void assertConnectFailed(WebSocketException e) {
        assertThat(e.kind()).isEqualTo(ErrorKind.INTERNAL);
        assertThat(e.retryable()).isTrue();
    }
}
