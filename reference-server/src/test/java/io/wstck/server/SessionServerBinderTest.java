package io.wstck.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.wire.Opcode;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests servers of a session without a scenario: endpoints, and ports on which no connection opens. */
class SessionServerBinderTest extends ServerTest {
    @Test
    void aConnectionToAnUnreachableServerIsNeverMadeAndTheSessionEndsAtOnce() throws Exception {
        URI url;
        try (ServerSession session = open("{'listener':'unreachable'}")) {
            url = url(session);
            for (int i = 0; i < 3; i++) {
                try (Socket socket = new Socket()) {
                    assertThatThrownBy(() -> socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), 300))
                            .isInstanceOf(SocketTimeoutException.class);
                }
            }
            session.scriptEnded();
            assertThat(types(settled(session))).containsExactly("script-ended");
        }
        server.close();
        assertThatThrownBy(() -> new Socket(url.getHost(), url.getPort()).close())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void anUnreachableServerHasNoSteps() {
        assertThatThrownBy(() -> open("{'listener':'unreachable','frames':[]}"))
                .hasMessageContaining("frames: unknown field");
    }

    @Test
    void anEndpointOfASessionPlaysForEachConnectionAndIsJournaled() throws Exception {
        ServerSession session = open("{'servers':{'chat':{'endpoint':'/chat?linger=0'},'main':{'endpoint':'/echo'}}}");
        assertThat(session.urls().get("chat").getPath()).isEqualTo("/s/" + session.id() + "/chat");
        for (int i = 0; i < 2; i++) {
            try (RawClient peer = RawClient.connect(session.urls().get("chat"))) {
                peer.text("{\"type\":\"join\",\"room\":1}");
                assertThat(peer.read().text()).contains("joined");
                assertThat(peer.read().text()).contains("Welcome");
                assertThat(peer.read().text()).contains("See you");
                assertThat(peer.answerClose().code()).hasValue(1000);
            }
        }
        try (RawClient peer = RawClient.connect(url(session))) {
            peer.text("x");
            assertThat(peer.read().text()).isEqualTo("x");
            peer.close(1000, "");
            assertThat(peer.read().opcode()).isEqualTo(Opcode.CLOSE);
        }
        JsonNode journal = settled(session);
        for (int connection : List.of(1, 2)) {
            assertThat(stepsOf(journal, connection)).containsExactly("met converse", "met converse", "met send-close");
        }
        assertThat(stepsOf(journal, 3)).containsExactly("met echo");
        assertThat(types(journal)).startsWith("tcp-opened", "request", "response", "frame", "message");
    }

    @Test
    void anEndpointThatTakesTheConnectionOverIsJournaledToo() throws Exception {
        ServerSession session = open("{'endpoint':'/hang'}");
        try (RawClient peer = RawClient.dial(url(session))) {
            peer.send(peer.request());
            peer.socket().setSoTimeout(100);
            assertThatThrownBy(peer::readHead).isInstanceOf(SocketTimeoutException.class);
            // On the shared port the server does not wait for requests on their way, so the test waits here.
            awaitEntry(session, "request");
        }
        session.scriptEnded();
        assertThat(types(settled(session))).containsSubsequence("tcp-opened", "request", "step");
    }

    @Test
    void aWrongMessageFailsTheStepOfAnExample() throws Exception {
        ServerSession session = open("{'endpoint':'/prices'}");
        try (RawClient peer = RawClient.connect(url(session))) {
            peer.text("BTC-USD, please");
            assertThat(peer.answerClose().code()).hasValue(1008);
        }
        JsonNode journal = settled(session);
        assertThat(steps(journal)).containsExactly("failed converse");
        assertThat(entries(journal, "step").getFirst().get("actual").asText()).contains("BTC-USD, please");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'endpoint':'/nothing'} | servers.main.endpoint: expected an endpoint, got /nothing",
                "{'endpoint':'/drop?how=x'} | must be one of [fin, rst]",
                "{'endpoint':'echo'} | endpoint: expected a path",
                "{'endpoint':'/echo','frames':[]} | frames: unknown field",
            })
    void anUnknownEndpointIsReportedWhenTheSessionIsOpened(String session, String message) {
        assertThatThrownBy(() -> open(session)).hasMessageContaining(message);
    }

    @Test
    void aSessionWithAWrongEndpointIsABadRequest() throws Exception {
        try (RawClient peer = RawClient.dial(URI.create("http://127.0.0.1:" + server.port() + "/scenarios"))) {
            String body = "{\"endpoint\":\"/nothing\"}";
            peer.send(
                    "POST /scenarios HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                            + body.length() + "\r\n\r\n" + body);
            assertThat(peer.readHead()).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void everyEndpointIsOneThatASessionCanHave() throws Exception {
        for (String endpoint :
                List.of("/close/1001?reason=bye", "/status/503", "/silent", "/stall", "/drip?every=100")) {
            assertThat(open("{'endpoint':'" + endpoint + "'}").urls()).hasSize(1);
        }
    }
}
