package io.wstck.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.PlayerCpuTime;
import io.wstck.server.RawClient;
import io.wstck.server.ServerSession;
import io.wstck.server.ServerTest;
import io.wstck.server.TlsClient;
import io.wstck.server.TlsEngineClient;
import io.wstck.server.wire.Bytes;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests bytes that no step reads. They must not keep a player busy, block a client or hide its end, and they must be in
 * the journal.
 */
class UnreadBytesTest extends ServerTest {
    private static final String WITHIN = ",'within':600000}";
    private static final String REQUEST = "{'op':'expect-request'},";

    private static final String STOP = "{'op':'stop-reading'},{'op':'hang'}";

    /** All waiting steps about TCP. */
    private static final List<String> WAITING_ON_TCP = List.of(
            "{'op':'hang'}",
            "{'op':'await','name':'never'" + WITHIN,
            "{'op':'pause','ms':600000}",
            "{'op':'expect-request'" + WITHIN,
            "{'op':'expect-failed'" + WITHIN,
            "{'op':'expect-end'" + WITHIN,
            "{'op':'drip','text':'ab','every':600000}",
            "{'op':'end-tcp','how':'half'},{'op':'hang'}",
            "{'op':'end-tcp','how':'fin'}");

    /** All waiting steps. */
    private static final List<String> WAITING = List.of(
            "{'op':'hang'}",
            "{'op':'await','name':'never'" + WITHIN,
            "{'op':'pause','ms':600000}",
            "{'op':'echo'}",
            "{'op':'expect-message'" + WITHIN,
            "{'op':'expect-ping'" + WITHIN,
            "{'op':'expect-pong'" + WITHIN,
            "{'op':'expect-close'" + WITHIN,
            "{'op':'expect-failed'" + WITHIN,
            "{'op':'expect-end'" + WITHIN,
            "{'op':'fence'" + WITHIN,
            "{'op':'drip','text':'ab','every':600000}",
            STOP,
            "{'op':'end-tcp','how':'half'},{'op':'hang'}",
            "{'op':'end-tcp','how':'fin'}");

    /**
     * The bytes that a client sends first, and those that it sends later while the step waits. {@code $} stands for a
     * whole request.
     */
    enum ClientBytes {
        ONE_BYTE_BEHIND("$x", "y"),
        HALF_A_FRAME_BEHIND("$\u0081\u0085\0\0", "\0"),
        MUCH_BEHIND("$" + "x".repeat(100_000), "y"),
        LONG_HEADER("GET / HTTP/1.1\r\nA: " + "a".repeat(70_000), "y"),
        HALF_A_REQUEST("GET / HTTP", "/1.1\r\n"),
        TWO_REQUESTS("$$", "y");

        final String first;
        final String later;

        ClientBytes(String first, String later) {
            this.first = first;
            this.later = later;
        }
    }

    /** A scenario, and the bytes of each of its clients. */
    record Row(String json, List<ClientBytes> sent) {
        @Override
        public String toString() {
            return json;
        }
    }

    /** Scenarios that are measured together. The measurement shows one player that never waits among many. */
    record Stage(String name, List<Row> rows) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Stage> stages() {
        List<ClientBytes> all = List.of(ClientBytes.values());
        List<ClientBytes> behind =
                List.of(ClientBytes.ONE_BYTE_BEHIND, ClientBytes.MUCH_BEHIND, ClientBytes.TWO_REQUESTS);
        // A header that is too long fails the step that reads it, and that ends all connections.
        List<ClientBytes> readable =
                all.stream().filter(sent -> sent != ClientBytes.LONG_HEADER).toList();
        List<ClientBytes> few = List.of(ClientBytes.ONE_BYTE_BEHIND, ClientBytes.TWO_REQUESTS);
        List<Row> behindRequest = new ArrayList<>(List.of(new Row("'tcp':[" + REQUEST + STOP + "]", few)));
        List<Row> inRequest = new ArrayList<>();
        for (String step : WAITING_ON_TCP) {
            behindRequest.add(new Row("'tcp':[" + REQUEST + step + "]", behind));
            inRequest.add(new Row("'tcp':[" + step + ",{'op':'expect-request'" + WITHIN + "]", all));
        }
        List<Row> frames = WAITING.stream()
                .map(step -> new Row("'frames':[" + step + "]", List.of(ClientBytes.HALF_A_FRAME_BEHIND)))
                .toList();
        return Stream.of(
                new Stage("tcp, behind the request", behindRequest),
                new Stage("tcp, before the request is expected", inRequest),
                new Stage(
                        "tls",
                        List.of(
                                new Row(
                                        "'tls':'trusted','tcp':[{'op':'expect-request'" + WITHIN + ",{'op':'hang'}]",
                                        readable),
                                new Row("'tls':'trusted','tcp':[" + REQUEST + STOP + "]", few),
                                new Row(
                                        "'tls':'trusted','frames':[" + STOP + "]",
                                        List.of(ClientBytes.HALF_A_FRAME_BEHIND)))),
                new Stage("frames", frames),
                new Stage(
                        "no step left",
                        List.of(
                                new Row(
                                        "'frames':[]",
                                        List.of(ClientBytes.HALF_A_REQUEST, ClientBytes.HALF_A_FRAME_BEHIND)),
                                new Row("'handshake':{'status':400},'frames':[]", behind))));
    }

    private URI echo() {
        return URI.create("ws://127.0.0.1:" + server.port() + "/echo");
    }

    private RawClient over(Socket tcp, URI url) throws Exception {
        Socket socket = url.getScheme().equals("wss") ? new TlsClient(server.authorityPem()).over(tcp, url) : tcp;
        return RawClient.on(socket, url);
    }

    private static String bytes(String pattern, RawClient peer) {
        return pattern.replace("$", peer.request());
    }

    /** The clients of one scenario, and their TCP connections. */
    private record Clients(Row row, ServerSession session, List<RawClient> peers, List<Socket> tcp) {
        void sendMore() {
            for (int i = 0; i < peers.size(); i++) {
                sendUnlessGone(peers.get(i), row.sent().get(i).later);
            }
        }

        /** Ends all connections with RST, below TLS. */
        void leave() throws IOException {
            for (Socket socket : tcp) {
                socket.setSoLinger(true, 0);
                socket.close();
            }
        }
    }

    private Clients clients(Row row) throws Exception {
        ServerSession session = open("{'listener':'own'," + row.json() + "}");
        Clients clients = new Clients(row, session, new ArrayList<>(), new ArrayList<>());
        for (ClientBytes sent : row.sent()) {
            Socket tcp = new Socket(url(session).getHost(), url(session).getPort());
            RawClient peer = over(tcp, url(session));
            clients.tcp().add(tcp);
            clients.peers().add(peer);
            sendUnlessGone(peer, bytes(sent.first, peer));
        }
        return clients;
    }

    @ParameterizedTest
    @MethodSource("stages")
    void aPlayerWaitsWithoutProcessorTimeWithUnreadBytes(Stage stage) throws Exception {
        List<Clients> all = new ArrayList<>();
        for (Row row : stage.rows()) {
            all.add(clients(row));
        }
        PlayerCpuTime.awaitQuiet("one of " + stage.rows() + ", at first");
        all.forEach(Clients::sendMore);
        PlayerCpuTime.awaitQuiet("one of " + stage.rows() + ", later");
        try (RawClient other = RawClient.connect(echo())) {
            other.text("still there?");
            assertThat(other.read().text()).isEqualTo("still there?");
        }
        // The script has not ended: a player ends because its client is gone.
        for (Clients clients : all) {
            clients.leave();
            assertThat(entries(settled(clients.session()), "trouble"))
                    .as(clients.row().toString())
                    .isEmpty();
        }
    }

    @Test
    void whileReadingIsStoppedTheEndAfterAFullBufferIsSeenAfterTheScript() throws Exception {
        ServerSession session = open("{'listener':'own','tcp':[" + REQUEST + STOP + "]}");
        RawClient peer = RawClient.dial(url(session));
        peer.send(bytes(ClientBytes.MUCH_BEHIND.first, peer));
        PlayerCpuTime.awaitQuiet("more than is kept, where reading has stopped");
        peer.reset();
        PlayerCpuTime.awaitQuiet("the same, and the client has gone");
        session.scriptEnded();
        assertThat(entries(settled(session), "trouble")).isEmpty();
    }

    /** The scenario may have ended the connection by then. */
    private static void sendUnlessGone(RawClient peer, String later) {
        try {
            peer.send(later);
        } catch (IOException gone) {
            assertThat(gone).isNotNull();
        }
    }

    @Test
    void anEpilogueWaitsWithoutProcessorTimeAfterHalfAFrame() throws Exception {
        ServerSession session = own();
        try (RawClient peer = RawClient.dial(url(session))) {
            peer.send(peer.request());
            assertThat(peer.readHead()).startsWith("HTTP/1.1 101 ");
            peer.close(1000, "");
            assertThat(peer.read().close().code()).hasValue(1000);
            assertThat(peer.readEnd()).isEqualTo("fin");
            peer.send(new byte[] {(byte) 0x82, (byte) 0xFE});
            PlayerCpuTime.awaitQuiet("the wait for the client's end of TCP");
        }
        assertThat(entries(settled(session), "trouble")).isEmpty();
    }

    @Test
    void halfATlsHandshakeCostsNoProcessorTime() throws Exception {
        ServerSession session = open("{'listener':'own','tls':'trusted','frames':[{'op':'hang'}]}");
        try (Socket half = new Socket(url(session).getHost(), url(session).getPort());
                Socket garbage = new Socket(url(session).getHost(), url(session).getPort())) {
            half.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1});
            garbage.getOutputStream().write(new byte[50_000]);
            PlayerCpuTime.awaitQuiet("half a TLS handshake");
            garbage.getOutputStream().write(new byte[50_000]);
            PlayerCpuTime.awaitQuiet("bytes behind a TLS handshake that failed");
        }
        assertThat(entries(settled(session), "trouble")).isEmpty();
    }

    @Test
    void aRenegotiationThatTheClientLeavesUnfinishedCostsNoProcessorTime() throws Exception {
        ServerSession session = released("'tls':'trusted',", ",{'op':'send-bytes','text':'x'},{'op':'hang'}", "");
        try (TlsEngineClient client = new TlsClient(server.authorityPem())
                .byRecords(new Socket(url(session).getHost(), url(session).getPort()), "TLSv1.2")) {
            client.handshake();
            client.send("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            awaitEntries(session, "step", 1);
            client.beginRenegotiation();
            // The server has read the bytes when it answers.
            assertThat(client.readRecord()).isEmpty();
            release(session);
            awaitEntries(session, "bytes", 1);
            PlayerCpuTime.awaitQuiet("a write behind a renegotiation");
        }
        JsonNode journal = settled(session);
        assertThat(stepsOf(journal, 1)).startsWith("met expect-request", "met await", "met send-bytes");
        assertThat(entries(journal, "trouble")).isEmpty();
    }

    @Test
    void bytesThatNoStepReadsAreInTheJournal() throws Exception {
        JsonNode few = unread(ClientBytes.ONE_BYTE_BEHIND);
        assertThat(few.get("length").asInt()).isEqualTo(2);
        assertThat(few.get("text").asText()).isEqualTo("xy");
        JsonNode many = unread(ClientBytes.MUCH_BEHIND);
        assertThat(many.get("length").asInt()).isEqualTo(100_001);
        assertThat(many.get("sha256").asText())
                .isEqualTo(Bytes.utf8("x".repeat(100_000) + "y").sha256());
        assertThat(many.get("detail").asText()).startsWith("more than 65536 bytes behind the request");
    }

    private JsonNode unread(ClientBytes sent) throws Exception {
        ServerSession session = open("{'listener':'own','tcp':[" + REQUEST + "{'op':'hang'}]}");
        try (RawClient peer = RawClient.dial(url(session))) {
            peer.send(bytes(sent.first, peer) + sent.later);
        }
        List<JsonNode> unread = entries(settled(session), "unread");
        assertThat(unread).hasSize(1);
        return unread.getFirst();
    }

    @Test
    void theRestOfARequestThatIsTooLongIsNamed() throws Exception {
        ServerSession session = open("{'listener':'own','tcp':[" + REQUEST + "{'op':'end-tcp','how':'rst'}]}");
        try (RawClient peer = RawClient.dial(url(session))) {
            peer.send("GET / HTTP/1.1\r\nCookie: " + "x".repeat(64 << 10));
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
        assertThat(entries(settled(session), "unread"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.get("detail").asText())
                        .isEqualTo("the rest of a request header of more than 65536 bytes"));
    }

    @Test
    void theStartOfAFrameIsInTheJournalThoughTheServerEndsTheConnection() throws Exception {
        ServerSession session = frames("{'op':'expect-message','text':'whole'}", "{'op':'end-tcp','how':'rst'}");
        try (RawClient peer = RawClient.connect(url(session))) {
            byte[] whole = RawClient.encode(0x81, "whole".getBytes(StandardCharsets.UTF_8));
            byte[] both = Arrays.copyOf(whole, whole.length + 4);
            both[whole.length] = (byte) 0x82;
            both[whole.length + 1] = (byte) 0x85;
            peer.send(both);
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
        JsonNode journal = settled(session);
        assertThat(violations(journal)).isEmpty();
        assertThat(entries(journal, "unread")).singleElement().satisfies(entry -> {
            assertThat(entry.get("length").asInt()).isEqualTo(4);
            assertThat(entry.get("detail").asText()).isEqualTo("the start of a frame");
        });
    }

    /** Returns the bytes after the request only after a call of {@link #release}. */
    private ServerSession released(String tls, String tcp, String frames) throws Exception {
        return open("{'servers':{'main':{'listener':'own'," + tls + "'tcp':[" + REQUEST
                + "{'op':'await','name':'go','within':60000}" + tcp + "],'frames':[" + frames + "]},"
                + "'release':{'frames':[{'op':'expect-message','within':60000},{'op':'signal','name':'go'}]}}}");
    }

    private static void release(ServerSession session) throws Exception {
        try (RawClient peer = RawClient.connect(session.urls().get("release"))) {
            peer.text("go");
            peer.close(1000, "");
            assertThat(peer.read().close().code()).hasValue(1000);
        }
    }

    @Test
    void framesThatCameTooEarlyAreReadOnceTheHandshakeIsAnswered() throws Exception {
        ServerSession session =
                released("", "", "{'op':'expect-message','size':60000},{'op':'expect-message','text':'late'}");
        try (RawClient peer = RawClient.dial(url(session))) {
            byte[] early = RawClient.encode(0x82, new byte[60_000]);
            peer.send(peer.request() + new String(early, StandardCharsets.ISO_8859_1));
            awaitEntries(session, "step", 1);
            release(session);
            assertThat(peer.readHead()).startsWith("HTTP/1.1 101 ");
            peer.text("late");
            awaitEntries(session, "message", 3);
        }
        assertThat(stepsOf(settled(session), 1))
                .containsExactly("met expect-request", "met await", "met expect-message", "met expect-message");
    }

    @Test
    void moreBytesThanTheBufferFailTheStepAndBlockNoClient() throws Exception {
        ServerSession session = released("", "", "{'op':'expect-message'}");
        try (RawClient peer = RawClient.dial(url(session))) {
            byte[] early = RawClient.encode(0x82, new byte[20 << 20]);
            peer.send(peer.request() + new String(early, StandardCharsets.ISO_8859_1));
            awaitEntries(session, "step", 1);
            release(session);
            assertThat(peer.readHead()).startsWith("HTTP/1.1 101 ");
        }
        JsonNode journal = settled(session);
        assertThat(stepsOf(journal, 1)).containsExactly("met expect-request", "met await", "failed expect-message");
        assertThat(violations(journal)).isEmpty();
        assertThat(entries(journal, "unread").getFirst().get("length").asInt()).isGreaterThan(64 << 10);
    }

    private static void awaitEntries(ServerSession session, String type, int count) {
        long start = System.nanoTime();
        while (entries(session.journal().toJson(), type).size() < count) {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new AssertionError("fewer than " + count + " entries of type " + type);
            }
            Thread.onSpinWait();
        }
    }
}
