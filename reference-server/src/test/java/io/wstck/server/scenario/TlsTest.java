package io.wstck.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.RawClient;
import io.wstck.server.ServerSession;
import io.wstck.server.ServerTest;
import io.wstck.server.TlsClient;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Opcode;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Random;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests TLS listeners with a client that checks certificates. */
class TlsTest extends ServerTest {
    private TlsClient client() throws Exception {
        return new TlsClient(server.authorityPem());
    }

    private ServerSession tls(String certificate, String... steps) throws Exception {
        return open("{'listener': 'own', 'tls': '" + certificate + "', 'frames': [" + String.join(", ", steps) + "]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aTrustedCertificateLetsScenariosPlayInBothVersions(String version) throws Exception {
        ServerSession session = tls("trusted", "{'op':'echo','count':2}", "{'op':'expect-close'}");
        assertThat(url(session).toString()).startsWith("wss://localhost:");
        byte[] large = new byte[3 << 20];
        new Random(1).nextBytes(large);
        try (RawClient peer = client().connect(url(session), version)) {
            peer.text("over TLS");
            assertThat(peer.read().text()).isEqualTo("over TLS");
            peer.frame(0x82, large);
            assertThat(peer.read().payload()).isEqualTo(Bytes.owning(large));
            peer.close(1000, "");
            assertThat(peer.read().opcode()).isEqualTo(Opcode.CLOSE);
            assertThat(peer.readEnd()).isEqualTo("fin");
        }
        JsonNode journal = settled(session);
        assertThat(steps(journal)).containsExactly("met echo", "met expect-close");
        assertThat(types(journal)).startsWith("tcp-opened", "tls", "request", "response", "frame");
        JsonNode entry = entries(journal, "tls").getFirst();
        assertThat(entry.get("outcome").asText()).isEqualTo("done");
        assertThat(entry.get("version").asText()).isEqualTo(version);
        assertThat(entry.get("cipher").asText()).startsWith("TLS_");
        assertThat(entry.get("server_name").asText()).isEqualTo("localhost");
        assertThat(entries(journal, "client-ended").getFirst().get("how").asText())
                .isEqualTo("fin");
        assertThat(entries(journal, "trouble")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "expired, validity",
        "not-yet-valid, validity",
        "wrong-host, No subject alternative DNS name",
        "self-signed, path",
        "untrusted, path",
    })
    void eachInvalidCertificateHasExactlyItsFault(String certificate, String problem) throws Exception {
        ServerSession session = tls(certificate);
        TlsClient client = client();
        assertThatThrownBy(() -> client.dial(url(session)).close())
                .isInstanceOf(SSLException.class)
                .hasMessageContaining(problem);
        JsonNode journal = settled(session);
        JsonNode entry = entries(journal, "tls").getFirst();
        assertThat(entry.get("outcome").asText()).isEqualTo("failed");
        assertThat(entry.get("detail").asText()).contains("Received fatal alert: ");
        assertThat(types(journal))
                .startsWith("tcp-opened", "tls", "client-ended")
                .doesNotContain("request", "trouble");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aCloseNotifyIsDistinguishedFromAnEndOfTcp(String version) throws Exception {
        ServerSession notified = tls("trusted");
        try (SSLSocket socket = client().dial(url(notified), version)) {
            socket.shutdownOutput();
            assertThat(types(settled(notified))).containsSubsequence("tls", "close-notify", "client-ended");
        }
        ServerSession cut = tls("trusted");
        URI url = url(cut);
        try (Socket tcp = new Socket(url.getHost(), url.getPort());
                SSLSocket _ = client().over(tcp, url, version)) {
            tcp.shutdownOutput();
            assertThat(types(settled(cut)))
                    .containsSubsequence("tls", "client-ended")
                    .doesNotContain("close-notify");
        }
    }

    @Test
    void aCloseNotifyAfterTheServersOwnIsJournaled() throws Exception {
        ServerSession session = tls("trusted", "{'op':'end-tcp','how':'fin'}");
        try (RawClient peer = client().connect(url(session))) {
            assertThat(peer.readEnd()).isEqualTo("fin");
        }
        assertThat(types(settled(session))).containsSubsequence("server-ended", "close-notify", "client-ended");
    }

    @Test
    void aServerWithANameIsReachedByItAndHasACertificateForItAlone() throws Exception {
        String name = "server.wstck.test";
        ServerSession session = open("{'listener':'own','tls':'trusted','host':'" + name + "'}");
        URI url = url(session);
        assertThat(url.getHost()).isEqualTo(name);
        client().over(new Socket(InetAddress.getLoopbackAddress(), url.getPort()), url)
                .close();
        assertThat(entries(settled(session), "tls")
                        .getFirst()
                        .get("server_name")
                        .asText())
                .isEqualTo(name);
        URI other = URI.create("wss://localhost:" + url.getPort() + "/");
        assertThatThrownBy(() -> client().dial(other).close())
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("No subject alternative DNS name");
    }

    @Test
    void wssWithoutTlsPlaysItsStepsOnTheBareConnection() throws Exception {
        ServerSession session =
                open("{'listener':'own','tls':'none','tcp':[{'op':'send-bytes','text':'no TLS here'}]}");
        URI url = url(session);
        assertThat(url.getScheme()).isEqualTo("wss");
        try (RawClient peer = RawClient.dial(url)) {
            assertThat(peer.readBytes(11)).isEqualTo(Bytes.utf8("no TLS here").toArray());
        }
        assertThat(types(settled(session))).doesNotContain("tls");
    }

    @Test
    void tcpStepsArePlayedAfterTheTlsHandshake() throws Exception {
        ServerSession session =
                open("{'listener':'own','tls':'trusted','tcp':[{'op':'send-bytes','text':'no HTTP'},{'op':'hang'}]}");
        try (SSLSocket socket = client().dial(url(session))) {
            assertThat(socket.getInputStream().readNBytes(7))
                    .isEqualTo(Bytes.utf8("no HTTP").toArray());
            session.scriptEnded();
        }
        assertThat(types(settled(session))).containsSubsequence("tcp-opened", "tls", "bytes", "step");
    }

    @Test
    void aResetOverTlsIsAResetOfTcp() throws Exception {
        ServerSession session = tls("trusted", "{'op':'expect-message'}", "{'op':'end-tcp','how':'rst'}");
        try (RawClient peer = client().connect(url(session))) {
            peer.text("x");
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
        JsonNode journal = settled(session);
        assertThat(entries(journal, "server-ended").getFirst().get("how").asText())
                .isEqualTo("rst");
    }

    @Test
    void aClientsResetOverTlsIsJournaledAsSuch() throws Exception {
        ServerSession session = tls("trusted", "{'op':'expect-failed'}");
        RawClient tcp = RawClient.dial(url(session));
        try (SSLSocket socket = client().over(tcp.socket(), url(session))) {
            var _ = RawClient.on(socket, url(session)).upgrade();
            tcp.reset();
        }
        JsonNode journal = settled(session);
        assertThat(steps(journal)).containsExactly("met expect-failed");
        assertThat(entries(journal, "client-ended").getFirst().get("how").asText())
                .isEqualTo("rst");
    }

    @Test
    void noHandshakeAtAllIsAFailedOne() throws Exception {
        ServerSession session = tls("trusted");
        try (RawClient peer = RawClient.dial(url(session))) {
            peer.send("GET / HTTP/1.1\r\n\r\n");
            // The alert for bytes that are not TLS: type 21, any version, two bytes, fatal.
            byte[] alert = peer.readBytes(7);
            assertThat(alert[0]).isEqualTo((byte) 21);
            assertThat(alert[5]).isEqualTo((byte) 2);
        }
        JsonNode entry = entries(settled(session), "tls").getFirst();
        assertThat(entry.get("outcome").asText()).isEqualTo("failed");
        assertThat(entry.get("version").isNull()).isTrue();
    }

    @Test
    void aClientThatLeavesInTheHandshakeIsJournaled() throws Exception {
        ServerSession session = tls("trusted");
        RawClient.dial(url(session)).close();
        RawClient.dial(url(session)).reset();
        JsonNode journal = settled(session);
        assertThat(entries(journal, "tls"))
                .hasSize(2)
                .allSatisfy(entry -> assertThat(entry.get("outcome").asText()).isEqualTo("failed"));
        assertThat(entries(journal, "client-ended"))
                .extracting(entry -> entry.get("how").asText())
                .containsExactlyInAnyOrder("fin", "rst");
    }

    @Test
    void aSilentClientHoldsTheSessionNoLongerThanTheScript() throws Exception {
        ServerSession session = tls("trusted");
        try (RawClient peer = RawClient.dial(url(session))) {
            peer.send(new byte[] {22, 3});
            session.scriptEnded();
            assertThat(session.awaitSettled(LIMIT)).isTrue();
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
        assertThat(entries(settled(session), "tls").getFirst().get("outcome").asText())
                .isEqualTo("failed");
    }

    @Test
    void brokenRecordsAfterTheHandshakeAreJournaledAndEndTheConnection() throws Exception {
        ServerSession session = tls("trusted", "{'op':'expect-failed'}");
        try (Socket tcp = new Socket(url(session).getHost(), url(session).getPort());
                SSLSocket socket = client().over(tcp, url(session))) {
            var _ = RawClient.on(socket, url(session)).upgrade();
            tcp.getOutputStream().write(new byte[] {
                23, 3, 3, 0, 20, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20
            });
            tcp.shutdownOutput();
            assertThat(session.awaitSettled(LIMIT)).isTrue();
        }
        JsonNode journal = settled(session);
        assertThat(entries(journal, "tls"))
                .extracting(entry -> entry.get("outcome").asText())
                .containsExactly("done", "failed");
        assertThat(entries(journal, "trouble")).isEmpty();
    }

    @Test
    void certificatesNeedAListenerOfTheirOwn() {
        assertThatThrownBy(() -> open("{'tls': 'trusted'}")).hasMessageContaining("tls: needs \"listener\": \"own\"");
        assertThatThrownBy(() -> open("{'listener': 'own', 'tls': 'good'}"))
                .hasMessageContaining("tls: expected one of")
                .hasMessageContaining("not-yet-valid");
    }
}
