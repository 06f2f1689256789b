package io.wstck.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** Tests listeners at addresses and ports that a machine may lack. */
class MachineListenersTest extends ServerTest {
    private static boolean canListen(String address, int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.ofLiteral(address))) {
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static void assertEchoes(URI url) throws Exception {
        try (RawClient peer = RawClient.connect(url)) {
            peer.text("x");
            assertThat(peer.read().text()).isEqualTo("x");
        }
    }

    @Test
    void aSessionListensOnTheIpv6LoopbackAddress() throws Exception {
        assumeTrue(canListen("::1", 0), "an IPv6 loopback address");
        try (ServerSession session = open("{'listener':'own-ipv6','frames':[{'op':'echo'}]}")) {
            assertThat(url(session).toString()).matches("ws://\\[::1]:\\d+/");
            assertEchoes(url(session));
        }
    }

    @Test
    void sessionsListenOnTheDefaultPortSideBySideAndReleaseIt() throws Exception {
        assumeTrue(canListen("127.0.0.2", 80) && canListen("127.0.0.3", 80), "a default port to listen on");
        URI released;
        try (ServerSession first = open("{'listener':'own-default-port','frames':[{'op':'echo'}]}");
                ServerSession second = open("{'listener':'own-default-port','frames':[{'op':'echo'}]}")) {
            released = url(first);
            assertThat(released.toString()).matches("ws://127\\.0\\.0\\.\\d/");
            assertThat(url(second)).isNotEqualTo(released);
            assertEchoes(URI.create("ws://" + released.getHost() + ":80/"));
            assertEchoes(URI.create("ws://" + url(second).getHost() + ":80/"));
        }
        assertThat(canListen(released.getHost(), 80)).isTrue();
    }

    @Test
    void aDefaultPortHasNoTls() {
        assertThatThrownBy(() -> open("{'listener':'own-default-port','tls':'trusted'}"))
                .hasMessageContaining("tls: needs another listener");
    }

    @Test
    void aServerForClientsElsewhereHasNoSuchListeners() throws Exception {
        for (ServerConfig config :
                new ServerConfig[] {new ServerConfig("0.0.0.0", 0), ServerConfig.named("127.0.0.1", "host.internal")}) {
            try (ReferenceServer elsewhere = ReferenceServer.start(config)) {
                for (String listener : new String[] {"own-ipv6", "own-default-port"}) {
                    assertThatThrownBy(() -> elsewhere.open(spec("{'listener':'" + listener + "'}")))
                            .isInstanceOf(UnavailableListenerException.class)
                            .hasMessageContaining("no loopback address for its clients");
                }
            }
        }
    }
}
