package io.wstck.client.transport;

import static io.wstck.client.transport.ClientServerFixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The dial timeout in each stage of a dial, several addresses, and dials that are abandoned (clause
 * options.dial-timeout).
 */
@Timeout(60)
class DialTest {
    /** The first dial timeout to try. On a loaded machine a dial may need a longer one to reach a stage. */
    private static final Duration SHORT = Duration.ofMillis(100);

    private static final Duration LONG = Duration.ofSeconds(8);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration NEVER = Duration.ofDays(1);

    private ClientServerFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new ClientServerFixture();
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    /** A port whose queue of connections is full, so that TCP connections to it are never established. */
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
        FutureTask<Connection> connecting =
                ClientServerFixture.start(() -> fixture.client.connect(urlOfTwo(), ConnectOptions.defaults()));
        Peer peer = fixture.server.accept().shakeHands("81 01 61");

        assertThat(ClientServerFixture.receive(get(connecting))).isEqualTo(ClientServerFixture.text("a"));
        assertThat(peer.header("Host")).isEqualTo(TestResolver.NAME_OF_TWO + ":" + fixture.server.port());
    }

    @Test
    void anAddressThatIsUnreachableLeavesTimeForTheNext() throws Exception {
        try (UnreachablePort unreachable = new UnreachablePort("127.0.0.2", fixture.server.port())) {
            assertThat(unreachable.port()).isEqualTo(fixture.server.port());
            var _ = ClientServerFixture.start(this::shakeHandsWithAll);
            Optional<Connection> connection = Optional.empty();
            for (Duration timeout = SHORT; connection.isEmpty(); timeout = timeout.multipliedBy(2)) {
                assertThat(timeout).isLessThan(LONG);
                connection = connectedWithin(timeout, urlOfTwo());
            }
            assertThat(ClientServerFixture.receive(connection.get())).isEqualTo(ClientServerFixture.text("a"));
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
        FutureTask<Connection> connecting = ClientServerFixture.start(() -> fixture.client.connect(
                "ws://b.hanging.test/",
                ConnectOptions.builder().dialTimeout(NEVER).build()));
        try {
            ClientServerFixture.waitUntil(lookup::hasQueuedThreads);
            fixture.client.close();

            assertThatThrownBy(() -> get(connecting)).hasCauseInstanceOf(WebSocketException.class);
        } finally {
            lookup.release();
        }
    }

    /** Dials with longer and longer timeouts until one passes in this stage. */
    private void assertTimesOut(String url, String stage) {
        Duration timeout = SHORT;
        String message = timedOut(url, timeout);
        while (!message.endsWith(stage) && timeout.compareTo(LONG) < 0) {
            timeout = timeout.multipliedBy(2);
            message = timedOut(url, timeout);
        }
        assertThat(message).endsWith("dial timeout of " + timeout + " passed in " + stage);
    }

    /** Dials, and returns the message of the failure. */
    private String timedOut(String url, Duration timeout) {
        ConnectOptions options = ConnectOptions.builder().dialTimeout(timeout).build();
        long start = System.nanoTime();
        WebSocketException failure =
                catchThrowableOfType(WebSocketException.class, () -> fixture.client.connect(url, options));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(timeout, SOON);
        assertConnectFailed(failure);
        return failure.getMessage();
    }

    private Optional<Connection> connectedWithin(Duration timeout, String url) {
        try {
            return Optional.of(fixture.client.connect(
                    url, ConnectOptions.builder().dialTimeout(timeout).build()));
        } catch (WebSocketException e) {
            assertThat(e).hasMessageContaining("dial timeout of " + timeout + " passed");
            return Optional.empty();
        }
    }

    /** Shakes hands with each client until the server is closed. */
    private Void shakeHandsWithAll() throws IOException {
        while (true) {
            Peer peer = fixture.server.accept();
            try {
                peer.shakeHands("81 01 61");
            } catch (IOException e) {
                // The dial timeout passed meanwhile, and the client dials again.
                peer.close();
            }
        }
    }

    private String urlOfTwo() {
        return "ws://" + TestResolver.NAME_OF_TWO + ":" + fixture.server.port() + "/";
    }

    private static void assertConnectFailed(WebSocketException e) {
        assertThat(e.kind()).isEqualTo(ErrorKind.INTERNAL);
        assertThat(e.retryable()).isTrue();
    }
}
