package io.wstck.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Opcode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the endpoints over TLS. */
class TlsPortTest {
    private ReferenceServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = ReferenceServer.start(new ServerConfig("127.0.0.1", 0, OptionalInt.of(0)));
    }

    @AfterEach
    void closeServer() {
        server.close();
    }

    private URI url(String path) {
        return URI.create("wss://" + server.tlsBase().orElseThrow().getAuthority() + path);
    }

    private TlsClient client() throws Exception {
        return new TlsClient(server.authorityPem());
    }

    private void echoes() throws Exception {
        try (RawClient peer = client().connect(url("/echo"))) {
            peer.text("over TLS");
            assertThat(peer.read().text()).isEqualTo("over TLS");
            byte[] large = new byte[1 << 20];
            new Random(1).nextBytes(large);
            peer.frame(0x82, large);
            assertThat(peer.read().payload()).isEqualTo(Bytes.owning(large));
            peer.close(1000, "");
            assertThat(peer.read().opcode()).isEqualTo(Opcode.CLOSE);
            assertThat(peer.readEnd()).isEqualTo("fin");
        }
    }

    @Test
    void echoIsServedOverTlsToClientsThatTrustTheAuthority() throws Exception {
        echoes();
        TlsClient other;
        try (ReferenceServer stranger = ReferenceServer.start(ServerConfig.loopback())) {
            other = new TlsClient(stranger.authorityPem());
        }
        assertThatThrownBy(() -> other.dial(url("/echo")).close()).isInstanceOf(SSLException.class);
    }

    @Test
    void theAuthorityIsServedAsPem() throws Exception {
        String pem = server.authorityPem();
        assertThat(pem).startsWith("-----BEGIN CERTIFICATE-----\n");
        try (RawClient peer = RawClient.dial(URI.create("http://127.0.0.1:" + server.port() + "/ca.pem"))) {
            peer.send(peer.request());
            assertThat(peer.readHead()).startsWith("HTTP/1.1 200 ");
            assertThat(Bytes.owning(peer.readBytes(pem.length()))).isEqualTo(Bytes.utf8(pem));
        }
    }

    @Test
    void dropResetsTcpOverTlsToo() throws Exception {
        try (RawClient peer = client().connect(url("/drop?how=rst&after=1"))) {
            peer.text("x");
            assertThat(peer.read().text()).isEqualTo("x");
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
        try (RawClient peer = client().connect(url("/drop?how=fin&after=1"))) {
            peer.text("x");
            assertThat(peer.read().text()).isEqualTo("x");
            assertThat(peer.readEnd()).isEqualTo("fin");
        }
    }

    @Test
    void hangTakesTheConnectionOverWithoutAnAnswer() throws Exception {
        try (RawClient peer = RawClient.on(client().dial(url("/hang")), url("/hang"))) {
            peer.send(peer.request());
            peer.socket().setSoTimeout(200);
            assertThatThrownBy(peer::readHead).hasMessageContaining("timed out");
        }
    }

    @Test
    void randomBytesAndHalfHandshakesDelayNoOther() throws Exception {
        Random random = new Random(2);
        URI plain = URI.create("ws://127.0.0.1:" + url("/").getPort() + "/");
        for (int i = 0; i < 30; i++) {
            byte[] noise = new byte[1 + random.nextInt(3_000)];
            random.nextBytes(noise);
            try (RawClient peer = RawClient.dial(plain)) {
                peer.send(noise);
            }
        }
        echoes();
    }

    @Test
    void aThousandConnectionsThatStopInTheHandshakeDelayNoOther() throws Exception {
        List<Socket> stopped = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), url("/").getPort());
                stopped.add(socket);
                socket.getOutputStream().write(new byte[] {22, 3, 1, 0, 100, 1});
            }
            echoes();
        } finally {
            for (Socket socket : stopped) {
                socket.close();
            }
        }
        echoes();
    }

    @Test
    void aPortInUseIsReportedWithBothNumbers() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ServerConfig config = new ServerConfig("127.0.0.1", 0, OptionalInt.of(taken.getLocalPort()));
            assertThatThrownBy(() -> ReferenceServer.start(config).close())
                    .isInstanceOf(PortInUseException.class)
                    .hasMessageContaining("" + taken.getLocalPort());
        }
    }
}
