package io.wstck.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.scenario.Conversation;
import io.wstck.server.scenario.HandshakeAnswer;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.SessionSpec;
import io.wstck.server.scenario.Step;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.MemoryBudget;
import io.wstck.server.wire.Message;
import io.wstck.server.wire.Opcode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that data of all clients together never exceeds the server's memory budgets. */
class MemoryTest extends ServerTest {
    private static final int MEMORY = 1 << 20;
    /** More than half of the budget. */
    private static final byte[] LARGE = new byte[600 << 10];

    @Override
    ServerMemory memory() {
        return new ServerMemory(
                new MemoryBudget(MEMORY), new MemoryBudget(MEMORY), new MemoryBudget(MEMORY), new MemoryBudget(MEMORY));
    }

    private URI echo() {
        return URI.create("ws://127.0.0.1:" + server.port() + "/echo");
    }

    /** Sends the first fragment of a message and waits until the server has read it. */
    private static void begin(RawClient peer, byte[] fragment) throws Exception {
        peer.frame(Opcode.BINARY, fragment);
        ping(peer);
    }

    /** Waits until the server has handled everything that was sent. */
    private static void ping(RawClient peer) throws Exception {
        peer.frame(0x89, Bytes.utf8("there?"));
        assertThat(peer.read().text()).isEqualTo("there?");
    }

    private static void isEchoed(RawClient peer) throws Exception {
        peer.frame(0x82, LARGE);
        assertThat(peer.read().payload().length()).isEqualTo(LARGE.length);
    }

    @Test
    void aMessageBeyondTheMemoryIsAnsweredBy1013AndOthersContinue() throws Exception {
        try (RawClient first = RawClient.connect(echo());
                RawClient second = RawClient.connect(echo())) {
            begin(first, LARGE);
            second.frame(Opcode.BINARY, LARGE);
            assertThat(second.answerClose().code()).hasValue(1013);
            first.frame(0x80, Bytes.utf8("end"));
            assertThat(first.read().payload().length()).isEqualTo(LARGE.length + 3);
        }
    }

    @Test
    void theMemoryOfAMessageIsReleasedAfterItsEchoAndAfterItsConnection() throws Exception {
        try (RawClient peer = RawClient.connect(echo())) {
            isEchoed(peer);
            isEchoed(peer);
            // The server releases an echoed message only at its next action.
            ping(peer);
        }
        ServerSession session = frames("{'op':'echo'}");
        try (RawClient peer = RawClient.connect(url(session))) {
            begin(peer, LARGE);
        }
        assertThat(session.awaitSettled(LIMIT)).isTrue();
        try (RawClient peer = RawClient.connect(echo())) {
            isEchoed(peer);
        }
    }

    @Test
    void aMessageBeyondTheMemoryIsATroubleEntryOfItsSession() throws Exception {
        ServerSession session = frames("{'op':'expect-message','within':60000}");
        try (RawClient first = RawClient.connect(echo());
                RawClient peer = RawClient.connect(url(session))) {
            begin(first, LARGE);
            peer.frame(0x82, LARGE);
            assertThat(peer.answerClose().code()).hasValue(1013);
        }
        JsonNode journal = settled(session);
        assertThat(entries(journal, "trouble").getFirst().get("detail").asText())
                .contains("no memory");
    }

    @Test
    void journalsReserveMemoryUntilTheirSessionIsClosed() throws Exception {
        ServerSession session = frames("{'op':'echo'}");
        byte[] whole = new byte[4096];
        try (RawClient peer = RawClient.connect(url(session))) {
            for (int i = 0; i < MEMORY / whole.length; i++) {
                peer.frame(0x82, whole);
            }
            for (int i = 0; i < MEMORY / whole.length; i++) {
                assertThat(peer.read().payload().length()).isEqualTo(whole.length);
            }
        }
        JsonNode journal = settled(session);
        assertThat(journal.get("dropped").asInt()).isPositive();
        // Full journals do not use up the memory for messages.
        try (RawClient peer = RawClient.connect(echo())) {
            isEchoed(peer);
        }
        assertThat(types(journal)).contains("client-ended");

        assertThatThrownBy(() -> open("{'listener':'own'}").close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the memory for sessions is used up");
        assertThat(post("{}").statusCode()).isEqualTo(503);
        session.close();
        assertThat(post("{}").statusCode()).isEqualTo(200);
    }

    @Test
    void postedSessionsReserveMemory() throws Exception {
        String large = "{\"name\":\"" + "x".repeat(MEMORY) + "\"}";
        assertThat(post(large).statusCode()).isEqualTo(503);
    }

    private HttpResponse<String> post(String body) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(server.base().resolve("/scenarios"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void aPlayerThatRunsOutOfMemoryIsATroubleEntryAndTheServerContinues() throws Exception {
        Step step = new Step.Converse(new HeapExhaustingConversation(), Duration.ofSeconds(30));
        ServerSession session = server.open(SessionSpec.of(Scenario.of(HandshakeAnswer.accepting(), List.of(step))));
        try (RawClient peer = RawClient.connect(url(session))) {
            peer.text("one more");
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
        assertThat(entries(settled(session), "trouble").getFirst().get("detail").asText())
                .contains("out of memory");
        try (RawClient peer = RawClient.connect(echo())) {
            isEchoed(peer);
        }
    }

    /** Allocates an array that no heap can hold. */
    private record HeapExhaustingConversation() implements Conversation {
        @Override
        public String expected() {
            return "anything";
        }

        @Override
        public Turn onMessage(Message message) {
            return Turn.refused(new long[Integer.MAX_VALUE].length, "");
        }

        @Override
        public Turn onTimeout() {
            return Turn.continueWith();
        }

        @Override
        public TurnOutcome onClientGone() {
            return TurnOutcome.DONE;
        }
    }
}
