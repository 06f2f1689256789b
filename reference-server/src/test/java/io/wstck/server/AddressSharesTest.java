package io.wstck.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.scenario.HandshakeAnswer;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.Waits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One address that holds connections keeps no other out, on any port. */
@Timeout(60)
class AddressSharesTest {
    private static final int LIMIT = 8;
    private static final ServerLimits LIMITS = new ServerLimits(ServerMemory.ofHeap(), Waits.usual(), LIMIT);

    private static AddressShares.Address address(String literal) {
        return AddressShares.Address.of(InetAddress.ofLiteral(literal));
    }

    @Test
    void anAddressGetsHalfAndTheNextOneHalfOfTheRest() {
        AddressShares shares = new AddressShares(LIMIT);
        assertThat(taken(shares, "127.0.0.1")).isEqualTo(4);
        assertThat(taken(shares, "127.0.0.2")).isEqualTo(2);
        assertThat(taken(shares, "127.0.0.3")).isEqualTo(1);
        shares.give(address("127.0.0.1"));
        assertThat(taken(shares, "127.0.0.1")).isZero();
        assertThat(taken(shares, "127.0.0.4")).isEqualTo(1);
    }

    @Test
    void aNetworkOf64BitsCountsAsOneAddress() {
        assertThat(address("2001:db8::1")).isEqualTo(address("2001:db8::2"));
        assertThat(address("2001:db8::1")).isNotEqualTo(address("2001:db8:0:1::1"));
        assertThat(address("::1")).isNotEqualTo(address("::2"));
    }

    private static int taken(AddressShares shares, String literal) {
        int count = 0;
        while (shares.take(address(literal))) {
            count++;
        }
        return count;
    }

    private static Peer from(String local, URI url) throws IOException {
        return Peer.on(
                new Socket(InetAddress.ofLiteral("127.0.0.1"), url.getPort(), InetAddress.ofLiteral(local), 0), url);
    }

    /** Tries to take all connections from 127.0.0.1, each of which says no more after one request; half of them are reset. */
    private static List<Peer> idle(URI url) throws Exception {
        List<Peer> idle = new ArrayList<>();
        for (int i = 0; i < LIMIT; i++) {
            Peer peer = from("127.0.0.1", url);
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
    void idleConnectionsOfOneAddressKeepNoOtherOutOfAnHttpPort() throws Exception {
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback(), LIMITS)) {
            URI base = URI.create("ws://127.0.0.1:" + server.port());
            List<Peer> idle = idle(base.resolve("/healthz"));
            URI url = base.resolve("/echo");
            try (Peer other = from("127.0.0.2", url)) {
                var _ = other.upgrade();
                other.text("hi");
                assertThat(other.read().text()).isEqualTo("hi");
            }
            close(idle);
            awaitRoom(url);
        }
    }

    @Test
    void idleConnectionsOfOneAddressKeepNoOtherOutOfARoutedPort() throws Exception {
        Route route = new Route.Play(Scenario.of(HandshakeAnswer.accepting(), List.of()));
        try (RoutedServer server =
                RoutedServer.start(List.of(InetAddress.ofLiteral("127.0.0.1")), 0, _ -> route, _ -> {}, LIMITS)) {
            URI url = URI.create("ws://127.0.0.1:" + server.port() + "/");
            List<Peer> idle = idle(url);
            try (Peer other = from("127.0.0.2", url)) {
                assertThat(other.upgrade()).startsWith("HTTP/1.1 101 ");
            }
            close(idle);
            awaitRoom(url);
        }
    }

    /** The server notices an end some time after the client's close. */
    private static void awaitRoom(URI url) {
        while (true) {
            try (Peer peer = from("127.0.0.1", url)) {
                assertThat(peer.upgrade()).startsWith("HTTP/1.1 101 ");
                return;
            } catch (IOException full) {
                Thread.onSpinWait();
            }
        }
    }

    private static void close(List<Peer> peers) throws Exception {
        for (Peer peer : peers) {
            peer.close();
        }
    }
}
