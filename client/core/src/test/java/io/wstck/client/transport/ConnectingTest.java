package io.wstck.client.transport;

import static io.wstck.client.transport.ClientServerFixture.assertChannelClosed;
import static io.wstck.client.transport.ClientServerFixture.assertInvalid;
import static io.wstck.client.transport.ClientServerFixture.get;
import static io.wstck.client.transport.ClientServerFixture.receive;
import static io.wstck.client.transport.ClientServerFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.ConnectionState;
import io.wstck.client.ErrorKind;
import io.wstck.client.WebSocketClient;
import io.wstck.client.WebSocketException;
import io.wstck.client.security.Policy;
import io.wstck.client.security.Rule;
import io.wstck.client.transport.ClientServerFixture.ConnectedPair;
import io.wstck.client.transport.Peer.Frame;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 §4, Opening Handshake, over real sockets. */
@Timeout(60)
class ConnectingTest {
    /** Passes only on a manual timer. */
    private static final Duration DIAL_TIMEOUT = Duration.ofHours(1);

    private ClientServerFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new ClientServerFixture();
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    void theRequestIsSentAsAsked() throws Exception {
        ConnectedPair pair = fixture.open(ConnectOptions.builder()
                .header("X-Token", "a=b; c")
                .subprotocols("chat", "v2")
                .build());

        assertThat(pair.peer().request()).startsWith("GET /test?x=1 HTTP/1.1\r\n");
        assertThat(pair.peer().header("Host")).isEqualTo("127.0.0.1:" + fixture.server.port());
        assertThat(pair.peer().header("Upgrade")).isEqualTo("websocket");
        assertThat(pair.peer().header("Connection")).isEqualTo("Upgrade");
        assertThat(pair.peer().header("Sec-WebSocket-Version")).isEqualTo("13");
        assertThat(pair.peer().header("Sec-WebSocket-Protocol")).isEqualTo("chat, v2");
        assertThat(pair.peer().header("X-Token")).isEqualTo("a=b; c");
        assertThat(pair.connection().subprotocol()).isEmpty();
        assertThat(pair.connection().state()).isEqualTo(ConnectionState.OPEN);
    }

    @Test
    void theChosenSubprotocolIsReturned() throws Exception {
        FutureTask<Connection> connecting = fixture.connecting(
                ConnectOptions.builder().subprotocols("chat", "v2").build());
        Peer peer = fixture.server.accept();
        peer.shakeHandsWith("Sec-WebSocket-Protocol: v2");

        assertThat(get(connecting).subprotocol()).contains("v2");
    }

    @Test
    void framesInTheSameWriteAsTheResponseAreRead() throws Exception {
        FutureTask<Connection> connecting = fixture.connecting(ConnectOptions.defaults());
        Peer peer = fixture.server.accept().shakeHands("81 01 61 89 01 21 88 00");

        Connection connection = get(connecting);
        assertThat(receive(connection)).isEqualTo(text("a"));
        assertChannelClosed(connection);
        assertThat(peer.read()).isEqualTo(Frame.of(0x8A, "21"));
        assertThat(peer.read()).isEqualTo(Frame.of(0x88, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1/\r\n\r\n",
                "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n\r\n",
                "garbage",
                ""
            })
    void anAnswerThatDoesNotOpenTheConnectionIsAFailedConnectAndEndsTcp(String answer) throws Exception {
        FutureTask<Connection> connecting = fixture.connecting(ConnectOptions.defaults());
        Peer peer = fixture.server.accept();
        peer.request();
        peer.answer(answer, "");

        assertThat(peer.endsAfterFin()).isTrue();
        assertConnectFailed(connecting);
    }

    @Test
    void anExtensionThatWasNotOfferedFails() throws Exception {
        FutureTask<Connection> connecting = fixture.connecting(ConnectOptions.defaults());
        Peer peer = fixture.server.accept();
        peer.shakeHandsWith("Sec-WebSocket-Extensions: permessage-deflate");

        assertThat(peer.ends()).isTrue();
        assertConnectFailed(connecting);
    }

    @Test
    void anEndlessHeadFailsInBoundedMemory() throws Exception {
        FutureTask<Connection> connecting = fixture.connecting(ConnectOptions.defaults());
        Peer peer = fixture.server.accept();
        FutureTask<?> answering = ClientServerFixture.start(() -> {
            peer.answer("HTTP/1.1 101 X\r\nX: " + "y".repeat(1_000_000), "");
            return true;
        });

        assertConnectFailed(connecting);
        // The client reads everything or refuses the rest, so the peer does not hang.
        try {
            get(answering);
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(java.io.IOException.class);
        }
    }

    @Test
    void aRefusedPortIsAFailedConnect() throws Exception {
        // Bound, so that no other program can listen on the port.
        try (Socket bound = new Socket()) {
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String url = "ws://127.0.0.1:" + bound.getLocalPort();
            assertConnectFailed(
                    ClientServerFixture.start(() -> fixture.client.connect(url, ConnectOptions.defaults())));
        }
    }

    @Test
    void aSilentPeerIsAFailedConnectAfterTheDialTimeoutAndNotBefore() throws Exception {
        ManualTimer timer = new ManualTimer();
        try (ClientServerFixture timed = new ClientServerFixture(ClientServerFixture.settings(), timer)) {
            ConnectOptions options =
                    ConnectOptions.builder().dialTimeout(DIAL_TIMEOUT).build();
            FutureTask<Connection> answered = timed.connecting(options);
            Peer late = timed.server.accept();
            late.request();
            FutureTask<Connection> unanswered = timed.connecting(options);
            Peer silent = timed.server.accept();
            silent.request();

            timer.advance(DIAL_TIMEOUT.minusNanos(1));
            late.shakeHands();
            assertThat(get(answered).state()).isEqualTo(ConnectionState.OPEN);

            timer.advance(Duration.ofNanos(1));
            assertConnectFailed(unanswered);
            assertThat(silent.ends()).isTrue();
        }
    }

    @Test
    void aPeerThatSendsSlowlyDoesNotExtendTheDialTimeout() throws Exception {
        ManualTimer timer = new ManualTimer();
        try (ClientServerFixture timed = new ClientServerFixture(ClientServerFixture.settings(), timer)) {
            FutureTask<Connection> connecting = timed.connecting(
                    ConnectOptions.builder().dialTimeout(DIAL_TIMEOUT).build());
            Peer peer = timed.server.accept();
            peer.request();
            peer.answer("HTTP/1.1 101 X\r\nX: ", "");
            for (int piece = 0; piece < 100; piece++) {
                peer.send("79");
                timer.advance(DIAL_TIMEOUT.dividedBy(100));
            }

            assertConnectFailed(connecting);
            assertThat(peer.ends()).isTrue();
        }
    }

    @Test
    void aDialIsAbandonedWhenTheClientIsClosed() throws Exception {
        FutureTask<Connection> connecting = fixture.connecting(ConnectOptions.defaults());
        Peer peer = fixture.server.accept();
        peer.request();
        fixture.client.close();

        assertThat(peer.ends()).isTrue();
        assertThatThrownBy(() -> get(connecting)).hasCauseInstanceOf(WebSocketException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/",
                "127.0.0.1:%d",
                "ws://127.0.0.1:%d/#a",
                "ws://127.0.0.1:%d/\r\nX: y",
                "ws://a@127.0.0.1:%d/"
            })
    void aBadUrlIsInvalidAndNoConnectionIsMade(String pattern) throws Exception {
        String url = String.format(java.util.Locale.ROOT, pattern, fixture.server.port());

        assertInvalid(() -> fixture.client.connect(url, ConnectOptions.defaults()));
        assertThat(fixture.server.hasNoConnection()).isTrue();
    }

    @Test
    void badOptionsAreInvalidAndNoConnectionIsMade() throws Exception {
        for (ConnectOptions options : new ConnectOptions[] {
            ConnectOptions.builder().header("a b", "x").build(),
            ConnectOptions.builder().header("Upgrade", "x").build(),
            ConnectOptions.builder().subprotocols("a b").build(),
            ConnectOptions.builder().readLimit(-1).build(),
            ConnectOptions.builder()
                    .readLimit(ConnectOptions.MAX_READ_LIMIT + 1)
                    .build(),
            ConnectOptions.builder().channelCapacity(0).build(),
            ConnectOptions.builder().channelCapacity(10_001).build(),
            ConnectOptions.builder().compressionThreshold(-1).build(),
            ConnectOptions.builder().dialTimeout(Duration.ZERO).build(),
            ConnectOptions.builder().readTimeout(Duration.ofSeconds(-1)).build(),
            ConnectOptions.builder()
                    .writeTimeout(Duration.ofSeconds(Long.MAX_VALUE))
                    .build()
        }) {
            assertInvalid(() -> fixture.client.connect(fixture.server.url(), options));
        }
        assertThat(fixture.server.hasNoConnection()).isTrue();
    }

    @Test
    void aUrlThatThePolicyDeniesIsNotConnectedTo() throws Exception {
        String url = fixture.server.url();
        for (Policy policy : new Policy[] {
            Policy.denyAll(),
            Policy.allowAll().with(Rule.deny(Policy.CONNECT, "")),
            Policy.allowAll().with(Rule.deny(Policy.CONNECT_URL, url)),
            Policy.denyAll().with(Rule.allow(Policy.CONNECT_URL, url))
        }) {
            try (WebSocketClient client =
                    WebSocketClient.builder().policy(policy).build()) {
                assertThatThrownBy(() -> client.connect(url, ConnectOptions.defaults()))
                        .isInstanceOfSatisfying(WebSocketException.class, e -> {
                            assertThat(e.kind()).isEqualTo(ErrorKind.PERMISSION_DENIED);
                            assertThat(e.retryable()).isFalse();
                        });
            }
        }
        assertThat(fixture.server.hasNoConnection()).isTrue();
    }

    @Test
    void aUrlThatThePolicyAllowsIsConnectedTo() throws Exception {
        String url = fixture.server.url();
        Policy policy = Policy.denyAll().with(Rule.allow(Policy.CONNECT, "")).with(Rule.allow(Policy.CONNECT_URL, url));
        try (WebSocketClient client = WebSocketClient.builder()
                .policy(policy)
                .closeTimeout(Duration.ofMillis(10))
                .build()) {
            FutureTask<Connection> connecting =
                    ClientServerFixture.start(() -> client.connect(url, ConnectOptions.defaults()));
            fixture.server.accept().shakeHands();

            assertThat(get(connecting).state()).isEqualTo(ConnectionState.OPEN);
        }
    }

    private static void assertConnectFailed(FutureTask<Connection> connecting) {
        assertThatThrownBy(() -> get(connecting)).cause().isInstanceOfSatisfying(WebSocketException.class, e -> {
            assertThat(e.kind()).isEqualTo(ErrorKind.INTERNAL);
            assertThat(e.retryable()).isTrue();
            assertThat(e).hasMessageStartingWith("connect to 127.0.0.1:");
        });
    }
}
