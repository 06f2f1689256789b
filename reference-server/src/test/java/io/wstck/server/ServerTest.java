package io.wstck.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wstck.server.journal.Journal;
import io.wstck.server.scenario.ScenarioSyntaxException;
import io.wstck.server.scenario.SessionSpec;
import io.wstck.server.scenario.Waits;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server for each test, and sessions opened from their JSON form, with ' for ". */
public abstract class ServerTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    protected static final Duration LIMIT = Duration.ofSeconds(30);

    protected ReferenceServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = ReferenceServer.start(config(), ServerLimits.of(memory(), waits()));
    }

    /** Where the server listens. */
    ServerConfig config() {
        return ServerConfig.loopback();
    }

    /** What the server may hold of what its clients send. */
    ServerMemory memory() {
        return ServerMemory.ofHeap();
    }

    /**
     * How long the server waits for what its clients owe: as usual, but for their end of TCP, which a machine may be late with
     * while its tests look at something else.
     */
    protected Waits waits() {
        Waits usual = Waits.usual();
        return new Waits(usual.grace(), usual.epilogue(), LIMIT);
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

    /** A session whose server plays these steps after a correct handshake. */
    protected ServerSession frames(String... steps) throws IOException {
        return open("{'frames': [" + String.join(", ", steps) + "]}");
    }

    /** The same on a listener of its own. */
    protected ServerSession own(String... steps) throws IOException {
        return open("{'listener': 'own', 'frames': [" + String.join(", ", steps) + "]}");
    }

    protected static URI url(ServerSession session) {
        return session.urls().get(SessionSpec.MAIN);
    }

    /** The journal after every connection has ended. */
    protected static JsonNode settled(ServerSession session) throws InterruptedException {
        if (!session.awaitSettled(LIMIT)) {
            throw new AssertionError(
                    "not settled: " + session.journal().toJson().toPrettyString());
        }
        Journal journal = session.journal();
        return journal.toJson();
    }

    /** Until the journal has an entry of that type, while the connection goes on. */
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

    /** {@code outcome op} of every step, in order: where several connections overlap, see {@link #stepsOf}. */
    protected static List<String> steps(JsonNode journal) {
        return entries(journal, "step").stream().map(ServerTest::step).toList();
    }

    /** {@code outcome op} of every step of one connection, counted from 1 across the session, in order. */
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

    /** Types of all entries in order. */
    protected static List<String> types(JsonNode journal) {
        return StreamSupport.stream(journal.get("entries").spliterator(), false)
                .map(entry -> entry.get("type").asText())
                .toList();
    }
}
