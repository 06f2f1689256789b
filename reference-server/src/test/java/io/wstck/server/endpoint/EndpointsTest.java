package io.wstck.server.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wstck.server.RawClient;
import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerTest;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.Opcode;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests each endpoint as a client without a session uses it. */
class EndpointsTest extends ServerTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    private RawClient connect(String path) throws IOException {
        return RawClient.connect(url(path));
    }

    private URI url(String path) {
        return URI.create("ws://127.0.0.1:" + server.port() + path);
    }

    private String answer(String path, String... lines) throws IOException {
        try (RawClient peer = RawClient.dial(url(path))) {
            peer.send(peer.request(lines));
            return peer.readHead();
        }
    }

    @Test
    void theIndexListsEveryEndpointEscaped() throws Exception {
        try (RawClient peer = RawClient.dial(url("/"))) {
            peer.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            String head = peer.readHead();
            assertThat(head).startsWith("HTTP/1.1 200 OK");
            String page = Endpoints.page();
            for (EndpointInfo endpoint : ReferenceServer.endpoints()) {
                assertThat(page).contains("<code>" + IndexPage.escape(endpoint.label()) + "</code>");
            }
            assertThat(page).contains("reason=&amp;after=").doesNotContain("reason=&after=");
            assertThat(peer.readBytes(page.length())).isEqualTo(Bytes.utf8(page).toArray());
        }
    }

    @Test
    void healthzSaysOk() throws Exception {
        assertThat(answer("/healthz")).startsWith("HTTP/1.1 200 OK");
    }

    @Test
    void echoSelectsASubprotocolWhenAsked() throws Exception {
        String offer = "Sec-WebSocket-Protocol: a, b";
        assertThat(answer("/echo?protocol=first", offer)).contains("Sec-WebSocket-Protocol: a\r\n");
        assertThat(answer("/echo?protocol=b", offer)).contains("Sec-WebSocket-Protocol: b\r\n");
        assertThat(answer("/echo", offer)).doesNotContain("Protocol:");
    }

    @Test
    void echoFailsTheConnectionAtAViolationUnlessAskedToNoteIt() throws Exception {
        try (RawClient peer = connect("/echo")) {
            peer.text("x");
            peer.frame(0xC1, Bytes.utf8("a reserved bit"));
            assertThat(peer.read().text()).isEqualTo("x");
            assertThat(peer.read().close().code()).hasValue(1002);
            assertThat(peer.readEnd()).isEqualTo("fin");
        }
        try (RawClient peer = connect("/echo")) {
            peer.frame(0x01, new byte[] {(byte) 0xC0});
            assertThat(peer.read().close().code()).hasValue(1007);
        }
        try (RawClient peer = connect("/echo")) {
            peer.close(2000, "");
            assertThat(peer.read().close().code()).hasValue(1002);
        }
        try (RawClient peer = connect("/echo?violations=note")) {
            peer.frame(0xC1, Bytes.utf8("a reserved bit"));
            assertThat(peer.read().text()).isEqualTo("a reserved bit");
            peer.close(2000, "");
            assertThat(peer.read().close().code()).hasValue(2000);
        }
    }

    /**
     * The I/O thread echoes short messages, and the thread of the connection all others. Single bytes, short and long
     * messages, fragments and pings in turn must come back whole and in order.
     */
    @Test
    void echoKeepsTheOrderOfShortAndLongMessages() throws Exception {
        try (RawClient peer = connect("/echo")) {
            for (int round = 0; round < 60; round++) {
                String shortText = "short " + round;
                String longText = ("long " + round + " ").repeat(1 + round * 120);
                if (round % 3 == 0) {
                    for (byte one : RawClient.encode(0x81, Bytes.utf8(shortText).toArray())) {
                        peer.send(new byte[] {one});
                    }
                } else {
                    peer.text(shortText);
                }
                assertThat(peer.read().text()).isEqualTo(shortText);
                peer.frame(0x01, Bytes.utf8("in two "));
                peer.frame(0x89, Bytes.utf8("between"));
                peer.frame(0x80, Bytes.utf8("fragments"));
                peer.texts(longText, shortText);
                assertThat(peer.read().opcode()).isEqualTo(Opcode.PONG);
                assertThat(peer.read().text()).isEqualTo("in two fragments");
                assertThat(peer.read().text()).isEqualTo(longText);
                assertThat(peer.read().text()).isEqualTo(shortText);
            }
            peer.close(1000, "");
            assertThat(peer.read().close().code()).hasValue(1000);
            assertThat(peer.readEnd()).isEqualTo("fin");
        }
    }

    /** The server waits in the middle of a long echo that the peer does not read, while short messages come. */
    @Test
    void echoFinishesALongMessageBeforeShortOnesThatComeMeanwhile() throws Exception {
        String longText = "0123456789abcdef".repeat(1 << 20);
        try (RawClient peer = connect("/echo")) {
            // The server reads all of it before it echoes.
            peer.text(longText);
            awaitFullBuffers(peer.socket());
            for (int i = 0; i < 100; i++) {
                peer.text("short " + i);
            }
            assertThat(peer.read().text()).isEqualTo(longText);
            for (int i = 0; i < 100; i++) {
                assertThat(peer.read().text()).isEqualTo("short " + i);
            }
        }
    }

    /** Waits until the peer's system has got bytes, and no further ones come. */
    private static void awaitFullBuffers(Socket socket) throws IOException, InterruptedException {
        int before = -1;
        int now = socket.getInputStream().available();
        while (now == 0 || now != before) {
            Thread.sleep(100);
            before = now;
            now = socket.getInputStream().available();
        }
    }

    @Test
    void closeSendsAnyCodeAtOnceOrAfterMessages() throws Exception {
        try (RawClient peer = connect("/close/1005?reason=a%20b")) {
            assertThat(peer.read().close().describe()).isEqualTo("close 1005 \"a b\"");
        }
        try (RawClient peer = connect("/close/4000?after=1")) {
            peer.text("x");
            assertThat(peer.read().text()).isEqualTo("x");
            assertThat(peer.answerClose().code()).hasValue(4000);
            assertThat(peer.readEnd()).isEqualTo("fin");
        }
    }

    @Test
    void statusRefusesAndRedirects() throws Exception {
        assertThat(answer("/status/418")).startsWith("HTTP/1.1 418 ");
        assertThat(answer("/status/302")).contains("Location: /echo\r\n");
    }

    @Test
    void silentStillAnswersPings() throws Exception {
        try (RawClient peer = connect("/silent")) {
            peer.frame(0x89, Bytes.utf8("x"));
            assertThat(peer.read().opcode()).isEqualTo(Opcode.PONG);
        }
    }

    @Test
    void hangNeverAnswersAndEndsWithTheClient() throws Exception {
        try (RawClient peer = RawClient.dial(url("/hang"))) {
            peer.send(peer.request());
            peer.shutdownOutput();
            // TCP ends without a byte of an answer before.
            assertThat(peer.readEnd()).isEqualTo("fin");
        }
    }

    @Test
    void stallDoesNotEvenAnswerAPing() throws Exception {
        try (RawClient peer = connect("/stall")) {
            peer.frame(0x89, Bytes.EMPTY);
            server.close();
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
    }

    @Test
    void dripSendsAWholeMessage() throws Exception {
        try (RawClient peer = connect("/drip?every=1")) {
            assertThat(peer.read().text()).isEqualTo("one byte at a time");
        }
    }

    @Test
    void dropEndsTcpAsItsQuerySays() throws Exception {
        try (RawClient peer = connect("/drop")) {
            assertThat(peer.readEnd()).isEqualTo("fin");
        }
        try (RawClient peer = connect("/drop?how=rst&after=1")) {
            peer.text("x");
            assertThat(peer.read().text()).isEqualTo("x");
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
    }

    @Test
    void pushSendsMessagesInFragments() throws Exception {
        try (RawClient peer = connect("/push?size=5&count=2&type=binary&fragments=2")) {
            for (int i = 0; i < 2; i++) {
                assertThat(peer.readBytes(9)).isEqualTo(new byte[] {0x02, 3, '0', '1', '2', (byte) 0x80, 2, '3', '4'});
            }
        }
    }

    @Test
    void headersSendsTheRequestBack() throws Exception {
        try (RawClient peer = RawClient.dial(url("/headers"))) {
            peer.send(peer.request("X-Mine: <1>"));
            assertThat(peer.readHead()).startsWith("HTTP/1.1 101");
            assertThat(new JsonMapper()
                            .readTree(peer.read().text())
                            .get("headers")
                            .toString())
                    .contains("[\"X-Mine\",\"<1>\"]");
        }
    }

    @Test
    void chatAnswersAJoinEchoesMessagesAndCloses() throws Exception {
        try (RawClient peer = connect("/chat")) {
            // In one write, because the chat ends after a second without a message.
            peer.texts("{\"type\":\"join\",\"room\":\"lobby\"}", "{\"text\":\"hello\"}", "not JSON");
            assertThat(peer.read().text())
                    .isEqualTo("{\"type\":\"joined\",\"room\":\"lobby\",\"members\":[\"ada\",\"you\"]}");
            assertThat(peer.read().text()).contains("Welcome!");
            assertThat(peer.read().text()).isEqualTo("{\"type\":\"message\",\"from\":\"you\",\"text\":\"hello\"}");
            assertThat(peer.read().text()).contains("not JSON");
            assertThat(peer.read().text()).contains("See you.");
            assertThat(peer.answerClose().code()).hasValue(1000);
        }
    }

    @Test
    void pricesAreOfTheSymbolsAskedForAndWaitForThePingOfAQuietPeriod() throws Exception {
        try (RawClient peer = connect("/prices")) {
            peer.text("{\"action\":\"subscribe\",\"symbols\":[\"BTC-USD\",\"ETH-USD\"]}");
            JsonNode first = MAPPER.readTree(peer.read().text());
            assertThat(first.get("symbol").asText()).isEqualTo("BTC-USD");
            assertThat(first.get("value").isNumber()).isTrue();
            assertThat(peer.read().text()).contains("ETH-USD");
            peer.frame(0x89, Bytes.utf8("alive"));
            assertThat(peer.read().text()).isEqualTo("alive");
            JsonNode second = MAPPER.readTree(peer.read().text());
            assertThat(second.get("symbol").asText()).isEqualTo("BTC-USD");
            assertThat(second.get("value").asDouble())
                    .isGreaterThan(first.get("value").asDouble());
            assertThat(peer.read().text()).contains("ETH-USD");
            assertThat(peer.answerClose().code()).hasValue(1000);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/chat | hello",
                "/chat | {\"type\":\"join\"}",
                "/chat | {\"type\":\"leave\",\"room\":\"x\"}",
                "/prices | {\"action\":\"subscribe\"}",
                "/prices | {\"action\":\"subscribe\",\"symbols\":[]}",
                "/prices | {\"action\":\"subscribe\",\"symbols\":[1]}",
                "/prices | [1]"
            })
    void theExamplesRefuseOtherMessagesWithAReason(String path, String message) throws Exception {
        try (RawClient peer = connect(path)) {
            peer.text(message);
            CloseStatus close = peer.answerClose();
            assertThat(close.code()).hasValue(1008);
            assertThat(close.reason().orElseThrow()).startsWith("expected {");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/close/x", "/close/65536", "/close/1000?after=-1", "/status/101", "/drop?how=no",
        "/push?size=16777217", "/push?count=0", "/push?size=1&size=2", "/drip?every=x", "/silent?why=1"
    })
    void aWrongParameterIsRefusedInASentence(String path) throws Exception {
        try (RawClient peer = RawClient.dial(url(path))) {
            peer.send(peer.request());
            String head = peer.readHead();
            assertThat(head).startsWith("HTTP/1.1 400 ");
            int length = Integer.parseInt(head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
            assertThat(Bytes.owning(peer.readBytes(length)).text().orElseThrow())
                    .endsWith(".\n")
                    .doesNotContain("Exception");
        }
    }
}
