package io.wstck.client.transport;

import static io.wstck.client.transport.ClientServerFixture.get;
import static io.wstck.client.transport.ClientServerFixture.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.ErrorKind;
import io.wstck.client.HostResolver;
import io.wstck.client.WebSocketClient;
import io.wstck.client.WebSocketException;
import io.wstck.client.security.Policy;
import io.wstck.client.security.Rule;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The resolver of a host program chooses the addresses that the client connects to. */
@Timeout(60)
class ResolverTest {
    private static final List<InetAddress> HERE = List.of(InetAddress.getLoopbackAddress());

    private static WebSocketClient.Builder resolving(HostResolver resolver) {
        return WebSocketClient.builder().resolver(resolver).closeTimeout(Duration.ofMillis(50));
    }

    @Test
    void aNameThatOnlyTheResolverKnowsIsConnectedToAndStaysInTheHostHeader() throws Exception {
        try (ScriptedServer server = new ScriptedServer();
                WebSocketClient client =
                        resolving(host -> named("server.resolver.test", host)).build()) {
            String authority = "server.resolver.test:" + server.port();
            FutureTask<Connection> connecting =
                    start(() -> client.connect("ws://" + authority + "/", ConnectOptions.defaults()));
            Peer peer = server.accept().shakeHands();

            assertThat(get(connecting).subprotocol()).isEmpty();
            assertThat(peer.header("Host")).isEqualTo(authority);
        }
    }

    private static List<InetAddress> named(String expected, String host) throws UnknownHostException {
        if (!host.equals(expected)) {
            throw new UnknownHostException(host);
        }
        return HERE;
    }

    @Test
    void aResolverCanRefuseLiteralAddresses() throws Exception {
        try (ScriptedServer server = new ScriptedServer();
                WebSocketClient client = resolving(host -> {
                            throw new UnknownHostException(host);
                        })
                        .build()) {
            assertConnectFails(client, server.url());
            assertThat(server.hasNoConnection()).isTrue();
        }
    }

    @Test
    void aResolverWithoutAnAnswerIsAFailedConnection() throws Exception {
        try (WebSocketClient none = resolving(_ -> List.of()).build();
                WebSocketClient broken = resolving(_ -> {
                            throw new IllegalStateException("out of order");
                        })
                        .build()) {
            assertConnectFails(none, "ws://server.resolver.test:1/");
            assertConnectFails(broken, "ws://server.resolver.test:1/");
        }
    }

    @Test
    void aDialEndsAtItsTimeoutWhenTheResolverHangs() {
        Semaphore over = new Semaphore(0);
        try (WebSocketClient client = resolving(_ -> {
                    over.acquireUninterruptibly();
                    return HERE;
                })
                .build()) {
            ConnectOptions options =
                    ConnectOptions.builder().dialTimeout(Duration.ofMillis(100)).build();

            assertThatThrownBy(() -> client.connect("ws://server.resolver.test:1/", options))
                    .isInstanceOf(WebSocketException.class)
                    .hasMessageContaining("name lookup");
        } finally {
            over.release();
        }
    }

    @Test
    void aUrlThatThePolicyDeniesIsNotLookedUp() {
        AtomicInteger lookups = new AtomicInteger();
        String url = "ws://server.resolver.test:1/";
        Policy policy = Policy.allowAll().with(new Rule(Rule.Effect.DENY, Policy.CONNECT_URL, url));
        try (WebSocketClient client = resolving(_ -> {
                    var _ = lookups.incrementAndGet();
                    return HERE;
                })
                .policy(policy)
                .build()) {
            assertThatThrownBy(() -> client.connect(url, ConnectOptions.defaults()))
                    .isInstanceOfSatisfying(
                            WebSocketException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PERMISSION_DENIED));
            assertThat(lookups).hasValue(0);
        }
    }

    private static void assertConnectFails(WebSocketClient client, String url) {
        assertThatThrownBy(() -> client.connect(url, ConnectOptions.defaults()))
                .isInstanceOfSatisfying(WebSocketException.class, e -> {
                    assertThat(e.kind()).isEqualTo(ErrorKind.INTERNAL);
                    assertThat(e.retryable()).isTrue();
                });
    }
}
