package io.wstck.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.RawClient;
import io.wstck.server.ServerSession;
import io.wstck.server.ServerTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the journaled requests and the answers of scenarios. */
class HandshakeTest extends ServerTest {
    private static final String RIGHT_ACCEPT = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";

    private String answer(String listener, String handshake, String... lines) throws Exception {
        ServerSession session = open("{'listener':'" + listener + "','handshake':" + handshake + "}");
        try (RawClient peer = RawClient.dial(url(session))) {
            peer.send(peer.request(lines));
            return peer.readHead();
        } finally {
            session.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"own", "shared"})
    void theDefaultIsACorrect101(String listener) throws Exception {
        assertThat(answer(listener, "{}"))
                .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
                .contains("Upgrade: websocket\r\n", "Connection: Upgrade\r\n", RIGHT_ACCEPT)
                .hasLineCount(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"own", "shared"})
    void standardHeadersCanBeOmittedAndSet(String listener) throws Exception {
        assertThat(answer(listener, "{'omit':['Upgrade'],'set':{'Sec-WebSocket-Accept':'wrong','Connection':'x'}}"))
                .contains("Connection: x\r\n", "Sec-WebSocket-Accept: wrong\r\n")
                .doesNotContain("Upgrade: ");
        assertThat(answer(listener, "{'omit':['Connection','Sec-WebSocket-Accept']}"))
                .contains("Upgrade: websocket\r\n")
                .doesNotContain("Connection", "Accept");
    }

    @ParameterizedTest
    @CsvSource({
        "right,           s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
        "other-case,      S3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
        "without-padding, s3pPLMBiTxaQ9kYGzzhZRbK+xOo",
        "more-padding,    s3pPLMBiTxaQ9kYGzzhZRbK+xOo==",
        "padding-bits,    s3pPLMBiTxaQ9kYGzzhZRbK+xOp=",
        "longer,          s3pPLMBiTxaQ9kYGzzhZRbK+xOo=A",
    })
    void theAcceptHeaderHasTheChosenForm(String form, String value) throws Exception {
        for (String listener : List.of("own", "shared")) {
            assertThat(answer(listener, "{'accept':'" + form + "'}"))
                    .contains("\r\nSec-WebSocket-Accept: " + value + "\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "between-spaces,  'Sec-WebSocket-Accept:   s3pPLMBiTxaQ9kYGzzhZRbK+xOo=  '",
        "between-tabs,    'Sec-WebSocket-Accept: \ts3pPLMBiTxaQ9kYGzzhZRbK+xOo=\t'",
        "name-lower-case, sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
        "name-upper-case, SEC-WEBSOCKET-ACCEPT: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
    })
    void theRightAcceptHeaderCanBeWrittenInOtherWays(String form, String line) throws Exception {
        for (String listener : List.of("own", "shared")) {
            assertThat(answer(listener, "{'accept':'" + form + "'}")).contains("\r\n" + line + "\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"own", "shared"})
    void headersAndThePhraseAreAdded(String listener) throws Exception {
        assertThat(answer(listener, "{'phrase':'Fine','headers':[['X-One','1'],['X-One','2']]}"))
                .startsWith("HTTP/1.1 101 Fine\r\n")
                .contains("X-One: 1\r\nX-One: 2\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"own", "shared"})
    void aSubprotocolIsSelectedAsTheScenarioSays(String listener) throws Exception {
        String offer = "Sec-WebSocket-Protocol: one, two";
        assertThat(answer(listener, "{'protocol':'first'}", offer)).contains("Sec-WebSocket-Protocol: one\r\n");
        assertThat(answer(listener, "{'protocol':'last'}", offer)).contains("Sec-WebSocket-Protocol: two\r\n");
        assertThat(answer(listener, "{'protocol':'=three'}", offer)).contains("Sec-WebSocket-Protocol: three\r\n");
        assertThat(answer(listener, "{'protocol':'none'}", offer)).doesNotContain("Protocol:");
        assertThat(answer(listener, "{'protocol':'first'}")).doesNotContain("Protocol:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"own", "shared"})
    void anotherStatusIsAnsweredWithItsBodyAndEndsTheConnection(String listener) throws Exception {
        ServerSession session = open("{'listener':'" + listener + "','handshake':{'status':503,'body':'nö',"
                + "'headers':[['Retry-After','1']]}}");
        try (RawClient peer = RawClient.dial(url(session))) {
            peer.send(peer.request());
            assertThat(peer.readHead())
                    .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                    .contains("Retry-After: 1\r\n", "Content-Length: 3\r\n");
            assertThat(peer.readBytes(3)).isEqualTo(new byte[] {'n', (byte) 0xC3, (byte) 0xB6});
            assertThat(peer.readEnd()).isEqualTo("fin");
        }
        JsonNode journal = settled(session);
        JsonNode response = entries(journal, "response").getFirst();
        assertThat(response.get("status").asInt()).isEqualTo(503);
        assertThat(response.get("line").asText()).isEqualTo("HTTP/1.1 503 Service Unavailable");
        assertThat(entries(journal, "server-ended")).hasSize(1);
    }

    @Test
    void aKeptOpenRefusalIsFollowedByTheSteps() throws Exception {
        ServerSession session =
                open("{'listener':'own','handshake':{'status':200,'keep_open':true},'frames':[{'op':'expect-end'}]}");
        try (RawClient peer = RawClient.dial(url(session))) {
            peer.send(peer.request());
            assertThat(peer.readHead()).startsWith("HTTP/1.1 200 OK\r\n");
        }
        assertThat(steps(settled(session))).containsExactly("met expect-end");
    }

    @Test
    void rawBytesReplaceTheAnswer() throws Exception {
        String raw = Base64.getEncoder().encodeToString("SSH-2.0-x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(answer("own", "{'raw':'" + raw + "'}")).isEqualTo("SSH-2.0-x\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"own", "shared"})
    void theStatusLineIsJournaledAsSent(String listener) throws Exception {
        ServerSession session = open("{'listener':'" + listener + "','handshake':{'phrase':'Fine'}}");
        try (RawClient peer = RawClient.dial(url(session))) {
            peer.send(peer.request());
            assertThat(peer.readHead()).startsWith("HTTP/1.1 101 Fine\r\n");
        }
        assertThat(entries(settled(session), "response").getFirst().get("line").asText())
                .isEqualTo("HTTP/1.1 101 Fine");
    }

    @Test
    void aChoppedAnswerArrivesWhole() throws Exception {
        assertThat(answer("own", "{'chop':1}")).contains(RIGHT_ACCEPT).endsWith("\r\n\r\n");
    }

    @Test
    void gluedStepsFollowTheAnswerAndAreNotPlayedAgain() throws Exception {
        ServerSession session = open("{'listener':'own','handshake':{'glue':2},'frames':["
                + "{'op':'send-message','text':'a'},{'op':'send-ping'},{'op':'send-message','text':'b'}]}");
        try (RawClient peer = RawClient.connect(url(session))) {
            assertThat(peer.readBytes(8))
                    .isEqualTo(new byte[] {(byte) 0x81, 1, 'a', (byte) 0x89, 0, (byte) 0x81, 1, 'b'});
            peer.shutdownOutput();
        }
        assertThat(steps(settled(session))).containsExactly("met send-message", "met send-ping", "met send-message");
    }

    @ParameterizedTest
    @ValueSource(strings = {"own", "shared"})
    void framesGluedToTheRequestAreRead(String listener) throws Exception {
        ServerSession session =
                open("{'listener':'" + listener + "','frames':[{'op':'expect-message','text':'early'}]}");
        try (RawClient peer = RawClient.dial(url(session))) {
            String frame = new String(
                    RawClient.encode(0x81, "early".getBytes(StandardCharsets.US_ASCII)), StandardCharsets.ISO_8859_1);
            peer.send(peer.request() + frame);
            assertThat(peer.readHead()).contains(RIGHT_ACCEPT);
            peer.shutdownOutput();
        }
        assertThat(steps(settled(session))).containsExactly("met expect-message");
    }

    @Test
    void anOwnListenerJournalsTheRequestByteForByte() throws Exception {
        ServerSession session = own();
        String request = "GET /a?b=c HTTP/1.1\r\nHOST:  x \r\nno colon\r\nX-Odd: \u00e9\u0001\r\n\r\n";
        try (RawClient peer = RawClient.dial(url(session))) {
            peer.send(request);
            assertThat(peer.readHead()).startsWith("HTTP/1.1 101");
        }
        JsonNode entry = entries(settled(session), "request").getFirst();
        assertThat(new String(Base64.getDecoder().decode(entry.get("raw").asText()), StandardCharsets.ISO_8859_1))
                .isEqualTo(request);
        assertThat(entry.get("method").asText()).isEqualTo("GET");
        assertThat(entry.get("target").asText()).isEqualTo("/a?b=c");
        assertThat(entry.get("headers").toString())
                .isEqualTo("[[\"HOST\",\"x\"],[\"no colon\",\"\"],[\"X-Odd\",\"\u00e9\\u0001\"]]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1|Host: x|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Version: 13",
                "GET / HTTP/1.0|Host: x|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Version: 13",
                "GET / HTTP/1.1|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Version: 13",
                "GET / HTTP/1.1|Host: x|Connection: Upgrade|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Version: 13",
                "GET / HTTP/1.1|Host: x|Upgrade: websocket|Connection: close|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Version: 13",
                "GET / HTTP/1.1|Host: x|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Key: c2hvcnQ=|Sec-WebSocket-Version: 13",
                "GET / HTTP/1.1|Host: x|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Version: 8",
                "GET /#f HTTP/1.1|Host: x|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Version: 13",
                "GET / HTTP/1.1|Host: x|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Version: 13|Sec-WebSocket-Protocol: a b",
                "GET / HTTP/1.1|Host: x|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Version: 13|Sec-WebSocket-Protocol: a, a"
            })
    void anInvalidRequestIsAViolationAndIsStillAnswered(String request) throws Exception {
        ServerSession session = own();
        try (RawClient peer = RawClient.dial(url(session))) {
            peer.send(request.replace("|", "\r\n") + "\r\n\r\n");
            assertThat(peer.readHead()).startsWith("HTTP/1.1 101");
        }
        assertThat(violations(settled(session))).containsExactly("handshake-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"own", "shared"})
    void aValidRequestIsNoViolation(String listener) throws Exception {
        ServerSession session = open("{'listener':'" + listener + "'}");
        RawClient.connect(url(session)).close();
        assertThat(violations(settled(session))).isEmpty();
    }

    @Test
    void tcpStepsComeBeforeTheRequest() throws Exception {
        ServerSession session = open("{'listener':'own','tcp':[{'op':'send-bytes','text':'hello'},"
                + "{'op':'expect-request'}],'frames':[{'op':'send-message','text':'x'}]}");
        try (RawClient peer = RawClient.dial(url(session))) {
            assertThat(peer.readBytes(5)).isEqualTo("hello".getBytes(StandardCharsets.US_ASCII));
            peer.send(peer.request());
            assertThat(peer.readHead()).contains(RIGHT_ACCEPT);
            assertThat(peer.read().text()).isEqualTo("x");
        }
        JsonNode journal = settled(session);
        assertThat(steps(journal)).containsExactly("met send-bytes", "met expect-request", "met send-message");
        assertThat(entries(journal, "step").get(1).get("stage").asText()).isEqualTo("tcp");
    }

    @Test
    void aHangAtTheTcpStageJournalsBytesAndTheClientsEnd() throws Exception {
        ServerSession session = open("{'listener':'own','tcp':[{'op':'hang'},{'op':'expect-end'}]}");
        try (RawClient peer = RawClient.dial(url(session))) {
            peer.send("anything");
        }
        JsonNode journal = settled(session);
        assertThat(types(journal)).containsSubsequence("tcp-opened", "bytes", "client-ended");
        assertThat(entries(journal, "bytes").getFirst().get("text").asText()).isEqualTo("anything");
        assertThat(steps(journal)).containsExactly("met hang", "met expect-end");
    }
}
