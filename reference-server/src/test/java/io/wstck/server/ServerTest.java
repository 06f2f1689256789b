package io.wstck.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.journal.JournalParser;
import io.wstck.server.scenario.GracePeriods;
import io.wstck.server.scenario.ScenarioSyntaxException;
import io.wstck.server.scenario.SessionSpec;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Starts a server for each test, and opens sessions from JSON. In that JSON, ' stands for ". */
public abstract class ServerTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    protected static final Duration LIMIT = Duration.ofSeconds(30);

    protected ReferenceServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = ReferenceServer.start(config(), ServerLimits.of(memory(), gracePeriods()));
    }

    /** The configuration of the server. */
    ServerConfig config() {
        return ServerConfig.loopback();
    }

    /** The memory budgets of the server. */
    ServerMemory memory() {
        return ServerMemory.ofHeap();
    }

    /**
     * The grace periods of the server. They are the default, except that the end of TCP may take longer: a busy machine
     * is late with it, and most tests do not test it.
     */
    protected GracePeriods gracePeriods() {
        GracePeriods usual = GracePeriods.usual();
        return new GracePeriods(usual.grace(), usual.epilogue(), LIMIT);
    }

    @AfterEach
    void closeServer() {
        server.close();
    }

    protected ServerSession open(String json) throws IOException {
        return server.open(spec(json));
    }

    protected static SessionSpec spec(String json) throws IOException {
        try {
            return SessionSpec.parse(MAPPER.readTree(json.replace('\'', '"')));
        } catch (ScenarioSyntaxException wrong) {
            throw new AssertionError(wrong);
        }
    }

    /** Opens a session whose server plays these steps after a correct handshake. */
    protected ServerSession frames(String... steps) throws IOException {
        return open("{'frames': [" + String.join(", ", steps) + "]}");
    }

    /** Opens the same session on an own listener. */
    protected ServerSession own(String... steps) throws IOException {
        return open("{'listener': 'own', 'frames': [" + String.join(", ", steps) + "]}");
    }

    protected static URI url(ServerSession session) {
        return session.urls().get(SessionSpec.MAIN);
    }

    /** The journal after all connections have ended. */
    protected static JsonNode settled(ServerSession session) throws InterruptedException {
        if (!session.awaitSettled(LIMIT)) {
            throw new AssertionError(
                    "not settled: " + session.journal().toJson().toPrettyString());
        }
        ObjectNode json = session.journal().toJson();
        assertReadsBack(json);
        return json;
    }

    /** Asserts that reading the JSON form of a journal gives an equal journal. */
    private static void assertReadsBack(ObjectNode json) {
        // Equal numbers may have different types in a JSON tree, so the text is compared.
        assertThat(JournalParser.journal(json).toJson().toString()).isEqualTo(json.toString());
    }

    /** Waits until the journal has an entry of this type, while the connection is open. */
    protected static void awaitEntry(ServerSession session, String type) {
        long start = System.nanoTime();
        while (entries(session.journal().toJson(), type).isEmpty()) {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new AssertionError(
                        "no " + type + ": " + session.journal().toJson().toPrettyString());
            }
            Thread.onSpinWait();
        }
    }

    protected static List<JsonNode> entries(JsonNode journal, String type) {
        return StreamSupport.stream(journal.get("entries").spliterator(), false)
                .filter(entry -> entry.get("type").asText().equals(type))
                .toList();
    }

    /** {@code outcome op} of all steps in their order. For overlapping connections use {@link #stepsOf}. */
    protected static List<String> steps(JsonNode journal) {
        return entries(journal, "step").stream().map(ServerTest::step).toList();
    }

    /**
     * {@code outcome op} of all steps of one connection in their order. Connections are numbered from 1 in the session.
     */
    protected static List<String> stepsOf(JsonNode journal, int connection) {
        return entries(journal, "step").stream()
                .filter(entry -> entry.get("connection").asInt() == connection)
                .map(ServerTest::step)
                .toList();
    }

    private static String step(JsonNode entry) {
        return entry.get("outcome").asText() + " " + entry.get("op").asText();
    }

    protected static List<String> violations(JsonNode journal) {
        return entries(journal, "violation").stream()
                .map(entry -> entry.get("rule").asText())
                .toList();
    }

    /** The types of all entries in their order. */
    protected static List<String> types(JsonNode journal) {
        return StreamSupport.stream(journal.get("entries").spliterator(), false)
                .map(entry -> entry.get("type").asText())
                .toList();
    }
}
