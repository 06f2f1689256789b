package io.wstck.client.transport;

import static io.wstck.client.transport.ClientServerFixture.assertClosed;
import static io.wstck.client.transport.ClientServerFixture.get;
import static io.wstck.client.transport.ClientServerFixture.receive;
import static io.wstck.client.transport.ClientServerFixture.start;
import static io.wstck.client.transport.ClientServerFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.ConnectionState;
import io.wstck.client.ErrorKind;
import io.wstck.client.HostVerification;
import io.wstck.client.WebSocketClient;
import io.wstck.client.WebSocketException;
import io.wstck.client.transport.Peer.Frame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code wss://}: RFC 6455 §4.1 step 5, the TLS handshake before the opening handshake. */
@Timeout(90)
class TlsTest {
    private static KeyStore loopback;
    private static KeyStore elsewhere;

    @BeforeAll
    static void issue(@TempDir Path one, @TempDir Path other) throws Exception {
        loopback = Certificates.issue(one, "ip:127.0.0.1,dns:localhost");
        elsewhere = Certificates.issue(other, "dns:other.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bothVersionsOfTlsAreSupported(String version) throws Exception {
        SSLServerSocket listener = (SSLServerSocket) socket(loopback);
        listener.setEnabledProtocols(new String[] {version});
        try (ScriptedServer server = new ScriptedServer(listener);
                WebSocketClient client = client(Certificates.trusting(loopback), Duration.ofMillis(50))) {
            assertThat(connected(client, server, "127.0.0.1").tls().getProtocol())
                    .isEqualTo(version);
        }
    }

    @Test
    void theServerNameIsSentForADnsNameAndNotForAnAddress() throws Exception {
        try (ScriptedServer server = listen(loopback);
                WebSocketClient client = client(Certificates.trusting(loopback), Duration.ofMillis(50))) {
            assertThat(connected(client, server, "localhost").tls().getRequestedServerNames())
                    .containsExactly(new SNIHostName("localhost"));
            assertThat(connected(client, server, "127.0.0.1").tls().getRequestedServerNames())
                    .isEmpty();
        }
    }

    @Test
    void theServerNameAndTheCertificateAreThoseOfTheUrlForEveryAddress() throws Exception {
        try (ScriptedServer server = listen(elsewhere);
                WebSocketClient client = WebSocketClient.builder()
                        .sslContext(Certificates.trusting(elsewhere))
                        .resolver(_ -> List.of(InetAddress.getLoopbackAddress()))
                        .closeTimeout(Duration.ofMillis(50))
                        .build()) {
            assertThat(connected(client, server, "other.example").tls().getRequestedServerNames())
                    .containsExactly(new SNIHostName("other.example"));
            FutureTask<Connection> connecting = start(
                    () -> client.connect("wss://third.example:" + server.port() + "/", ConnectOptions.defaults()));
            assertThatThrownBy(() -> server.accept().request()).isInstanceOf(IOException.class);
            assertConnectFailed(connecting);
        }
    }

    @Test
    void onlyTheCertificatesOfATrustFileAreTrusted(@TempDir Path folder) throws Exception {
        Path both = Certificates.pem(folder.resolve("both.pem"), elsewhere, loopback);
        Path other = Certificates.pem(folder.resolve("other.pem"), elsewhere);
        try (ScriptedServer server = listen(loopback);
                WebSocketClient trusting = trusting(both).build();
                WebSocketClient refusing = trusting(other).build()) {
            connected(trusting, server, "127.0.0.1").close();
            assertRefused(refusing, server);
        }
    }

    @Test
    void anInvalidTrustFileIsRefusedWithItsName(@TempDir Path folder) throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        Path prose = Files.writeString(folder.resolve("prose.pem"), "no certificate\n");
        Path broken = Files.writeString(
                folder.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        for (Path file : List.of(empty, prose, broken, folder.resolve("missing.pem"))) {
            assertThatThrownBy(() -> WebSocketClient.builder().trustFile(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void theHostIsVerifiedUnlessTheHostProgramSaysOtherwise(@TempDir Path folder) throws Exception {
        Path pem = Certificates.pem(folder.resolve("trust.pem"), elsewhere);
        try (ScriptedServer server = listen(elsewhere);
                WebSocketClient careful = trusting(pem).build();
                WebSocketClient careless =
                        trusting(pem).hostVerification(HostVerification.OFF).build()) {
            assertRefused(careful, server);
            connected(careless, server, "127.0.0.1").close();
        }
    }

    @Test
    void withoutHostVerificationTheCertificateMustStillBeTrusted(@TempDir Path folder) throws Exception {
        Path pem = Certificates.pem(folder.resolve("trust.pem"), elsewhere);
        try (ScriptedServer server = listen(loopback);
                WebSocketClient careless =
                        trusting(pem).hostVerification(HostVerification.OFF).build()) {
            assertRefused(careless, server);
        }
    }

    @Test
    void aTrustedServerOfThatNameIsConnectedToAndClosedCleanly() throws Exception {
        try (ScriptedServer server = listen(loopback);
                WebSocketClient client = client(Certificates.trusting(loopback), ClientServerFixture.TEST_TIMEOUT)) {
            FutureTask<Connection> connecting = connecting(client, server, ConnectOptions.defaults());
            Peer peer = server.accept().shakeHands("81 01 61");
            Connection connection = get(connecting);
            byte[] large = new byte[1_000_000];
            FutureTask<?> sending = start(() -> {
                connection.sendBinary(large);
                return true;
            });

            assertThat(receive(connection)).isEqualTo(text("a"));
            assertThat(peer.read()).isEqualTo(Frame.binary(large));
            get(sending);
            peer.send("88 02 03 e8");
            assertThat(peer.read()).isEqualTo(Frame.close(1000, ""));
            assertThat(peer.endsAfterFin()).isTrue();
            connection.close();
        }
    }

    @Test
    void anUntrustedServerIsAFailedConnect() throws Exception {
        try (ScriptedServer server = listen(loopback);
                WebSocketClient client = client(SSLContext.getDefault(), ClientServerFixture.TEST_TIMEOUT)) {
            assertRefused(client, server);
        }
    }

    @Test
    void aTrustedServerOfAnotherNameIsAFailedConnect() throws Exception {
        try (ScriptedServer server = listen(elsewhere);
                WebSocketClient client = client(Certificates.trusting(elsewhere), ClientServerFixture.TEST_TIMEOUT)) {
            assertRefused(client, server);
        }
    }

    @Test
    void aServerThatIsSilentInTheTlsHandshakeIsAFailedConnectAfterTheDialTimeout() throws Exception {
        Duration timeout = Duration.ofHours(1);
        ManualTimer timer = new ManualTimer();
        try (ClientServerFixture timed = new ClientServerFixture(ClientServerFixture.settings(), timer)) {
            FutureTask<Connection> connecting = connecting(
                    timed.client,
                    timed.server,
                    ConnectOptions.builder().dialTimeout(timeout).build());
            // The first byte of a TLS handshake record.
            assertThat(timed.server.accept().readByte()).isEqualTo(0x16);
            timer.advance(timeout);

            assertConnectFailed(connecting);
        }
    }

    @Test
    void aServerWithoutTlsIsAFailedConnect() throws Exception {
        try (ScriptedServer server = new ScriptedServer();
                WebSocketClient client = client(SSLContext.getDefault(), ClientServerFixture.TEST_TIMEOUT)) {
            FutureTask<Connection> connecting = connecting(client, server, ConnectOptions.defaults());
            server.accept().answer("HTTP/1.1 400 Bad Request\r\n\r\n", "");

            assertConnectFailed(connecting);
        }
    }

    @Test
    void theCloseTimeoutFreesASenderThatIsBlockedInTls() throws Exception {
        try (ScriptedServer server = listen(loopback);
                WebSocketClient client = client(Certificates.trusting(loopback), Duration.ofMillis(200))) {
            FutureTask<Connection> connecting = connecting(client, server, ConnectOptions.defaults());
            Peer peer = server.accept().shakeHands();
            Connection connection = get(connecting);
            FutureTask<?> sending = start(() -> {
                assertClosed(() -> connection.sendBinary(new byte[32 * 1024 * 1024]));
                return true;
            });
            assertThat(peer.readByte()).isEqualTo(0x82);
            connection.close();

            get(sending);
            assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
        }
    }

    @Test
    void theWriteTimeoutFreesASenderThatIsBlockedInTls() throws Exception {
        try (ScriptedServer server = listen(loopback);
                WebSocketClient client = client(Certificates.trusting(loopback), Duration.ofMillis(200))) {
            FutureTask<Connection> connecting = connecting(
                    client,
                    server,
                    ConnectOptions.builder()
                            .writeTimeout(Duration.ofMillis(200))
                            .build());
            server.accept().shakeHands();
            Connection connection = get(connecting);

            assertClosed(() -> connection.sendBinary(new byte[32 * 1024 * 1024]));
        }
    }

    private static void assertRefused(WebSocketClient client, ScriptedServer server) throws Exception {
        FutureTask<Connection> connecting = connecting(client, server, ConnectOptions.defaults());
        // The refusal reaches the server during its handshake, as some TLS failure.
        assertThatThrownBy(() -> server.accept().request()).isInstanceOf(IOException.class);
        assertConnectFailed(connecting);
    }

    /** Connects, and returns the server's end of the connection. */
    private static Peer connected(WebSocketClient client, ScriptedServer server, String host) throws Exception {
        FutureTask<Connection> connecting =
                start(() -> client.connect("wss://" + host + ":" + server.port() + "/", ConnectOptions.defaults()));
        Peer peer = server.accept().shakeHands("81 01 61");
        assertThat(receive(get(connecting))).isEqualTo(text("a"));
        return peer;
    }

    private static WebSocketClient.Builder trusting(Path pem) {
        return WebSocketClient.builder().trustFile(pem).closeTimeout(Duration.ofMillis(50));
    }

    private static void assertConnectFailed(FutureTask<Connection> connecting) {
        assertThatThrownBy(() -> get(connecting)).cause().isInstanceOfSatisfying(WebSocketException.class, e -> {
            assertThat(e.kind()).isEqualTo(ErrorKind.INTERNAL);
            assertThat(e.retryable()).isTrue();
            assertThat(e).hasMessageContaining("TLS handshake");
        });
    }

    private static FutureTask<Connection> connecting(
            WebSocketClient client, ScriptedServer server, ConnectOptions options) {
        return start(() -> client.connect("wss://127.0.0.1:" + server.port() + "/", options));
    }

    private static WebSocketClient client(SSLContext context, Duration closeTimeout) {
        return WebSocketClient.builder()
                .sslContext(context)
                .closeTimeout(closeTimeout)
                .build();
    }

    private static ScriptedServer listen(KeyStore store) throws Exception {
        return new ScriptedServer(socket(store));
    }

    private static ServerSocket socket(KeyStore store) throws Exception {
        return Certificates.presenting(store)
                .getServerSocketFactory()
                .createServerSocket(0, 16, InetAddress.getLoopbackAddress());
    }
}
