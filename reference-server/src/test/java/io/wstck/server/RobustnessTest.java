package io.wstck.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Opcode;
import io.wstck.server.wire.deflate.ContextTakeover;
import io.wstck.server.wire.deflate.DeflateForm;
import io.wstck.server.wire.deflate.DeflateParameters;
import io.wstck.server.wire.deflate.MessageCompressor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests that no input on any port keeps the server from serving others. */
class RobustnessTest extends ServerTest {
    private URI shared() {
        return URI.create("ws://127.0.0.1:" + server.port() + "/echo");
    }

    @AfterEach
    void theServerStillServes() throws Exception {
        try (RawClient peer = RawClient.connect(shared())) {
            peer.text("still there?");
            assertThat(peer.read().text()).isEqualTo("still there?");
        }
    }

    /** Connects, sends {@code bytes} and ends TCP. The server may end it earlier. */
    private static void throwAt(URI url, byte[] bytes) throws IOException {
        try (RawClient peer = RawClient.dial(url)) {
            sendUntilTheEnd(() -> peer.send(bytes));
        }
    }

    @FunctionalInterface
    private interface SendAction {
        void send() throws IOException;
    }

    /** Sends until the server ends TCP, if it does. The journal shows the result. */
    private static void sendUntilTheEnd(SendAction sending) {
        try {
            sending.send();
        } catch (SocketTimeoutException stuck) {
            throw new AssertionError("the server neither reads nor ends TCP", stuck);
        } catch (IOException ended) {
            // The server has ended TCP.
        }
    }

    @Test
    void randomBytesOnEveryPort() throws Exception {
        ServerSession session = own("{'op':'echo'}");
        Random random = new Random(7);
        for (int i = 0; i < 30; i++) {
            byte[] noise = new byte[random.nextInt(5_000)];
            random.nextBytes(noise);
            throwAt(shared(), noise);
            throwAt(url(session), noise);
        }
        JsonNode journal = settled(session);
        assertThat(entries(journal, "trouble")).isEmpty();
        assertThat(entries(journal, "tcp-opened")).hasSize(30);
        assertThat(entries(journal, "server-ended")).hasSize(30);
    }

    @Test
    void randomBytesInsteadOfTls() throws Exception {
        ServerSession session = open("{'listener':'own','tls':'trusted','frames':[{'op':'echo'}]}");
        Random random = new Random(11);
        for (int i = 0; i < 30; i++) {
            byte[] noise = new byte[random.nextInt(5_000)];
            random.nextBytes(noise);
            if (i % 2 == 0 && noise.length > 3) {
                // The header of a TLS handshake record.
                noise[0] = 22;
                noise[1] = 3;
                noise[2] = 1;
            }
            throwAt(url(session), noise);
        }
        JsonNode journal = settled(session);
        assertThat(entries(journal, "trouble")).isEmpty();
        assertThat(entries(journal, "tls")).hasSize(30);
    }

    @Test
    void compressedRandomBytesAfterTheHandshake() throws Exception {
        Random random = new Random(12);
        for (int i = 0; i < 30; i++) {
            ServerSession session = open("{'handshake':{'deflate':true},'frames':[{'op':'echo'}]}");
            try (RawClient peer = RawClient.dial(url(session))) {
                var _ = peer.upgrade("Sec-WebSocket-Extensions: permessage-deflate");
                sendUntilTheEnd(() -> {
                    for (int j = 0; j < 20; j++) {
                        byte[] noise = new byte[1 + random.nextInt(300)];
                        random.nextBytes(noise);
                        peer.frame(0xC2, noise);
                    }
                });
                // Reads first: a client that closes with unread bytes resets the connection, and the server would lose
                // bytes.
                assertThat(peer.readEnd()).isIn("fin", "rst");
            }
            JsonNode journal = settled(session);
            assertThat(entries(journal, "trouble")).isEmpty();
            assertThat(violations(journal)).contains("deflate-data");
        }
    }

    @Test
    void aBombIsRefusedBeforeItGrows() throws Exception {
        ServerSession session = open("{'handshake':{'deflate':true},'frames':[{'op':'echo'}]}");
        try (RawClient peer = RawClient.dial(url(session))) {
            var _ = peer.upgrade("Sec-WebSocket-Extensions: permessage-deflate");
            Bytes bomb = new MessageCompressor(
                            new DeflateParameters(ContextTakeover.SLIDING, ContextTakeover.SLIDING, 15, 15))
                    .compress(Bytes.owning(new byte[(64 << 20) + 1]), DeflateForm.standard());
            assertThat(bomb.length()).isLessThan(1 << 20);
            peer.frame(0xC2, bomb);
            assertThat(peer.read().close().code()).hasValue(1009);
        }
        assertThat(entries(settled(session), "trouble")).isEmpty();
    }

    @Test
    void randomBytesAfterTheHandshake() throws Exception {
        Random random = new Random(8);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            ServerSession session = frames("{'op':'echo'}");
            byte[] noise = new byte[random.nextInt(5_000)];
            random.nextBytes(noise);
            try (RawClient peer = RawClient.connect(url(session))) {
                // The random bytes may contain a close frame, after which the server ends TCP.
                sendUntilTheEnd(() -> peer.send(noise));
            }
            JsonNode journal = settled(session);
            assertThat(entries(journal, "trouble")).isEmpty();
            seen.addAll(violations(journal));
        }
        assertThat(seen).contains("unmasked-frame", "reserved-bits", "reserved-opcode");
    }

    @Test
    void halfAHandshake() throws Exception {
        ServerSession session = own();
        for (URI url : List.of(shared(), url(session))) {
            try (RawClient peer = RawClient.dial(url)) {
                peer.send("GET / HTTP/1.1\r\nHost: x\r\nUpgr");
            }
        }
        assertThat(types(settled(session))).containsSubsequence("tcp-opened", "bytes", "client-ended");
    }

    @Test
    void impossibleFrameLengths() throws Exception {
        ServerSession session = frames("{'op':'echo'}");
        for (String length : List.of("7FFFFFFFFFFFFFFF", "8000000000000000", "FFFFFFFFFFFFFFFF")) {
            try (RawClient peer = RawClient.connect(url(session))) {
                peer.send(HexFormat.of().parseHex("82FF" + length + "00000000" + "61".repeat(1000)));
            }
        }
        JsonNode journal = settled(session);
        assertThat(violations(journal)).filteredOn("incomplete-frame"::equals).hasSize(3);
        assertThat(entries(journal, "trouble")).isEmpty();
    }

    @Test
    void tenThousandHeaders() throws Exception {
        ServerSession session = own();
        String lines = "GET / HTTP/1.1\r\n" + "X-Header: of no use\r\n".repeat(10_000);
        throwAt(shared(), Bytes.utf8(lines).toArray());
        try (RawClient peer = RawClient.dial(url(session))) {
            sendUntilTheEnd(() -> {
                peer.send(lines);
                peer.send(lines);
            });
            assertThatThrownBy(peer::readHead)
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
        JsonNode journal = settled(session);
        assertThat(violations(journal)).contains("handshake-request");
        assertThat(entries(journal, "trouble")).isEmpty();
        assertThat(entries(journal, "server-ended")).hasSize(1);
    }

    @Test
    void messagesBeyondTheLimitAreRefused() throws Exception {
        ServerSession session = frames("{'op':'echo'}");
        try (RawClient peer = RawClient.connect(url(session))) {
            byte[] fragment = RawClient.encode(0x00, new byte[1 << 20]);
            peer.frame(0x02, new byte[0]);
            sendUntilTheEnd(() -> {
                for (int i = 0; i < 65; i++) {
                    peer.send(fragment);
                }
            });
        }
        JsonNode journal = settled(session);
        assertThat(entries(journal, "trouble")).isEmpty();
        assertThat(entries(journal, "step").getLast().get("actual").asText())
                .isEqualTo("0 echoed, then a message of more than 67108864 bytes");
        assertThat(entries(journal, "server-ended")).hasSize(1);
    }

    @Test
    void sixteenMebibytesAreEchoed() throws Exception {
        ServerSession session = frames("{'op':'echo'}");
        byte[] message = new byte[16 << 20];
        new Random(9).nextBytes(message);
        try (RawClient peer = RawClient.connect(url(session))) {
            peer.frame(0x82, message);
            RawClient.Frame echo = peer.read();
            assertThat(echo.payload().sha256()).isEqualTo(Bytes.owning(message).sha256());
            peer.close(1000, "");
            assertThat(peer.read().opcode()).isEqualTo(Opcode.CLOSE);
        }
        JsonNode received = entries(settled(session), "message").getFirst();
        assertThat(received.get("sha256").asText())
                .isEqualTo(Bytes.owning(message).sha256());
        assertThat(received.get("length").asInt()).isEqualTo(16 << 20);
    }

    @Test
    void twoHundredSessionsPlayAtOnce() throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> outcomes = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String text = "message " + i;
                outcomes.add(clients.submit(() -> play(text)));
            }
            for (Future<List<String>> outcome : outcomes) {
                assertThat(outcome.get())
                        .containsExactly("met expect-message", "met fence", "met send-message", "met expect-close");
            }
        }
    }

    private List<String> play(String text) throws Exception {
        try (ServerSession session = own(
                "{'op':'expect-message','text':'" + text + "','within':60000}",
                "{'op':'fence','within':60000}",
                "{'op':'send-message','text':'bye'}",
                "{'op':'expect-close','code':1000,'within':60000}")) {
            try (RawClient peer = RawClient.connect(url(session))) {
                peer.text(text);
                peer.frame(0x8A, peer.read().payload());
                assertThat(peer.read().text()).isEqualTo("bye");
                peer.close(1000, "");
                assertThat(peer.read().opcode()).isEqualTo(Opcode.CLOSE);
                assertThat(peer.readEnd()).isEqualTo("fin");
            }
            session.scriptEnded();
            return steps(settled(session));
        }
    }

    @Test
    void aHundredIdleConnectionsDelayNoOther() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                idle.add(socket);
                socket.getOutputStream().write('G');
            }
            theServerStillServes();
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }
}
