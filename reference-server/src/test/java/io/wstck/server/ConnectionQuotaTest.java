package io.wstck.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.scenario.GracePeriods;
import io.wstck.server.scenario.HandshakeAnswer;
import io.wstck.server.scenario.Scenario;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests that one address cannot use up the connections of a port. */
@Timeout(60)
class ConnectionQuotaTest {
    private static final int LIMIT = 8;
    private static final ServerLimits LIMITS = new ServerLimits(ServerMemory.ofHeap(), GracePeriods.usual(), LIMIT);

    private static ConnectionQuota.Address address(String literal) {
        return ConnectionQuota.Address.of(InetAddress.ofLiteral(literal));
    }

    @Test
    void anAddressGetsHalfAndTheNextOneHalfOfTheRest() {
        ConnectionQuota shares = new ConnectionQuota(LIMIT);
        assertThat(taken(shares, "127.0.0.1")).isEqualTo(4);
        assertThat(taken(shares, "127.0.0.2")).isEqualTo(2);
        assertThat(taken(shares, "127.0.0.3")).isEqualTo(1);
        shares.release(address("127.0.0.1"));
        assertThat(taken(shares, "127.0.0.1")).isZero();
        assertThat(taken(shares, "127.0.0.4")).isEqualTo(1);
    }

    @Test
    void aNetworkOf64BitsCountsAsOneAddress() {
        assertThat(address("2001:db8::1")).isEqualTo(address("2001:db8::2"));
        assertThat(address("2001:db8::1")).isNotEqualTo(address("2001:db8:0:1::1"));
        assertThat(address("::1")).isNotEqualTo(address("::2"));
    }

    private static int taken(ConnectionQuota shares, String literal) {
        int count = 0;
        while (shares.tryAcquire(address(literal))) {
            count++;
        }
        return count;
    }

    private static RawClient from(String local, URI url) throws IOException {
        return RawClient.on(
                new Socket(InetAddress.ofLiteral("127.0.0.1"), url.getPort(), InetAddress.ofLiteral(local), 0), url);
    }

    /**
     * Opens as many connections from 127.0.0.1 as the limit allows in all, each idle after one request. The server
     * resets half of them.
     */
    private static List<RawClient> idle(URI url) throws Exception {
        List<RawClient> idle = new ArrayList<>();
        for (int i = 0; i < LIMIT; i++) {
            RawClient peer = from("127.0.0.1", url);
            try {
                peer.send(peer.request());
                assertThat(peer.readHead()).startsWith("HTTP/1.1 ");
                idle.add(peer);
            } catch (IOException reset) {
                peer.close();
            }
        }
        assertThat(idle).hasSize(LIMIT / 2);
        return idle;
    }

    @Test
    void idleConnectionsOfOneAddressDoNotBlockOthersOnAnHttpPort() throws Exception {
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback(), LIMITS)) {
            URI base = URI.create("ws://127.0.0.1:" + server.port());
            List<RawClient> idle = idle(base.resolve("/healthz"));
            URI url = base.resolve("/echo");
            try (RawClient other = from("127.0.0.2", url)) {
                var _ = other.upgrade();
                other.text("hi");
                assertThat(other.read().text()).isEqualTo("hi");
            }
            close(idle);
            awaitRoom(url);
        }
    }

    @Test
    void idleConnectionsOfOneAddressDoNotBlockOthersOnARoutedPort() throws Exception {
        Route route = new Route.Play(Scenario.of(HandshakeAnswer.accepting(), List.of()));
        try (RoutedServer server =
                RoutedServer.start(List.of(InetAddress.ofLiteral("127.0.0.1")), 0, _ -> route, _ -> {}, LIMITS)) {
            URI url = URI.create("ws://127.0.0.1:" + server.port() + "/");
            List<RawClient> idle = idle(url);
            try (RawClient other = from("127.0.0.2", url)) {
                assertThat(other.upgrade()).startsWith("HTTP/1.1 101 ");
            }
            close(idle);
            awaitRoom(url);
        }
    }

    /** Retries, because the server notices the end of a connection some time after the client's close. */
    private static void awaitRoom(URI url) {
        while (true) {
            try (RawClient peer = from("127.0.0.1", url)) {
                assertThat(peer.upgrade()).startsWith("HTTP/1.1 101 ");
                return;
            } catch (IOException full) {
                Thread.onSpinWait();
            }
        }
    }

    private static void close(List<RawClient> peers) throws Exception {
        for (RawClient peer : peers) {
            peer.close();
        }
    }
}
