package io.wstck.tck.judge;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.ServerSession;
import io.wstck.server.journal.JournalKeeper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a journal says for the judge: the entries that count, the server's own checks, and whether the server had trouble.
 * The form is that of {@code docs/scenarios.md}. Immutable.
 */
public final class JournalReading {
    /** The name of the check that the client has not filled the journal. */
    public static final String FULL = "journal";

    /** How the names of checks begin that stand for a violation. */
    static final String VIOLATION = "violation ";

    private static final int CLOSE = 8;
    private static final int PONG = 10;

    private final JsonNode journal;
    private final List<JsonNode> judged;
    private final boolean endedEarly;

    public JournalReading(JsonNode journal) {
        this.journal = journal;
        List<JsonNode> entries = all();
        int end = earlyEnd(entries);
        endedEarly = end < entries.size();
        judged = judged(entries.subList(0, end));
    }

    /**
     * Whether the server ended a connection because a required step was not met. Nothing later is judged: the client could not do more on
     * that connection, and the server has ended the others as well.
     */
    public boolean endedEarly() {
        return endedEarly;
    }

    /** The index of the entry with which the server ended a connection early; the number of entries if it did not. */
    private static int earlyEnd(List<JsonNode> entries) {
        int index = 0;
        while (index < entries.size()
                && !(type(entries.get(index)).equals("server-ended")
                        && entries.get(index).has("cause"))) {
            index++;
        }
        return index;
    }

    /**
     * The entries that are judged, in order: what a connection did before its epilogue, or still had under way then; nothing after an
     * early end.
     */
    public List<JsonNode> judged() {
        return List.copyOf(judged);
    }

    /** The whole journal, as it came. */
    public JsonNode json() {
        return journal;
    }

    /** Every entry. */
    public List<JsonNode> all() {
        List<JsonNode> entries = new ArrayList<>();
        journal.path("entries").forEach(entries::add);
        return entries;
    }

    /** Names of the servers that a connection has reached. */
    public Set<String> visited() {
        return all().stream()
                .filter(entry -> entry.has("server"))
                .map(entry -> entry.path("server").asText())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a check of the server's is about something that the client did, and not about what it failed to do in time. */
    public static boolean isConduct(Check check) {
        return check.name().startsWith(VIOLATION) || check.name().equals(FULL);
    }

    /** Whether a check is a step of the server that nothing had decided when its time was over. */
    public boolean isOverdue(Check check) {
        return check.witness() == Witness.SERVER
                && judged.stream()
                        .anyMatch(entry -> entry.path("overdue").asBoolean()
                                && entry.path("nanos").asLong() == check.nanos());
    }

    /** The server's steps and the violations that it noted, as checks. */
    public List<Check> checks(Set<String> tolerated) {
        List<Check> checks = new ArrayList<>();
        for (JsonNode entry : judged) {
            switch (type(entry)) {
                case "step" -> checks.add(check(entry));
                case "violation" -> {
                    if (!tolerated.contains(entry.path("rule").asText())) {
                        checks.add(check(entry));
                    }
                }
                default -> {}
            }
        }
        flood().ifPresent(checks::add);
        return checks;
    }

    /** An entry of type {@code step} or {@code violation} as a check. */
    public static Check check(JsonNode entry) {
        return type(entry).equals("step") ? step(entry) : violation(entry);
    }

    /**
     * What kept the server from playing or recording, if anything did.
     *
     * @param read when the journal was read, in nanoseconds since its session was opened
     */
    public Optional<Trouble> trouble(long read) {
        for (JsonNode entry : all()) {
            if (type(entry).equals("trouble")) {
                return Optional.of(new Trouble(
                        "the reference server had trouble: "
                                + entry.path("detail").asText(),
                        entry.path("nanos").asLong()));
            }
        }
        return dropped() > 0 && flood().isEmpty()
                ? Optional.of(new Trouble("the journal is full: " + dropped() + " entries were not kept", read))
                : Optional.empty();
    }

    /** A journal that the client has filled is its failure; one that the scenario has filled is not. */
    private Optional<Check> flood() {
        long connections = all().stream()
                .filter(entry -> entry.has("connection"))
                .map(entry -> entry.path("connection").asInt())
                .distinct()
                .count();
        if (dropped() == 0) {
            return Optional.empty();
        }
        if (connections >= ServerSession.MAX_CONNECTIONS) {
            return Optional.of(tooMuch(
                    "at most " + ServerSession.MAX_CONNECTIONS + " connections",
                    "more than " + ServerSession.MAX_CONNECTIONS + " connections"));
        }
        // An echo writes as much as it reads; what the server sends of itself is more than what it gets.
        long sent = all().stream().filter(JournalReading::sentByServer).count();
        long received = all().stream()
                .filter(entry -> entry.path("direction").asText().equals("in"))
                .count();
        return received < sent
                ? Optional.empty()
                : Optional.of(tooMuch(
                        "no more frames and messages than a journal keeps (" + JournalKeeper.MAX_TRAFFIC + " entries, "
                                + (JournalKeeper.MAX_PAYLOAD_BYTES >> 20) + " MiB)",
                        dropped() + " entries more"));
    }

    private Check tooMuch(String expected, String actual) {
        long last = all().stream()
                .mapToLong(entry -> entry.path("nanos").asLong())
                .max()
                .orElse(0);
        return new Check(Witness.SERVER, Strength.CASE, Check.Outcome.FAILED, FULL, expected, actual, "", last);
    }

    private long dropped() {
        return journal.path("dropped").asLong();
    }

    private static Check step(JsonNode entry) {
        String outcome = entry.path("outcome").asText();
        return new Check(
                Witness.SERVER,
                outcome.equals("missed") ? Strength.SHOULD : Strength.CASE,
                outcome.equals("met") ? Check.Outcome.MET : Check.Outcome.FAILED,
                "step " + (entry.path("index").asInt() + 1) + ", "
                        + entry.path("op").asText(),
                entry.path("expected").asText(""),
                entry.path("actual").asText(""),
                "",
                entry.path("nanos").asLong());
    }

    private static Check violation(JsonNode entry) {
        return new Check(
                Witness.SERVER,
                Strength.CASE,
                Check.Outcome.FAILED,
                VIOLATION + entry.path("rule").asText(),
                "a client that keeps to " + entry.path("source").asText("the protocol"),
                entry.path("detail").asText(),
                "",
                entry.path("nanos").asLong());
    }

    private static List<JsonNode> judged(List<JsonNode> entries) {
        Map<Integer, Epilogue> epilogues = new HashMap<>();
        List<JsonNode> judged = new ArrayList<>();
        for (JsonNode entry : entries) {
            int connection = entry.path("connection").asInt();
            Epilogue state = epilogues.getOrDefault(connection, Epilogue.BEFORE).after(entry);
            epilogues.put(connection, state);
            if (state.judges(entry)) {
                judged.add(entry);
            }
        }
        return judged;
    }

    /** How far the epilogue of one connection has come. */
    private enum Epilogue {
        BEFORE,
        /** The fence is out: what arrives now was sent by the client before it knew of the end. */
        FENCE,
        /** The client's close frame was under way: the closing handshake is the client's own. */
        CLOSED_BY_CLIENT,
        CLOSED_BY_SERVER;

        Epilogue after(JsonNode entry) {
            return switch (this) {
                case BEFORE -> type(entry).equals("epilogue") ? FENCE : BEFORE;
                case FENCE ->
                    opcode(entry) != CLOSE ? FENCE : sentByServer(entry) ? CLOSED_BY_SERVER : CLOSED_BY_CLIENT;
                case CLOSED_BY_CLIENT, CLOSED_BY_SERVER -> this;
            };
        }

        boolean judges(JsonNode entry) {
            return switch (this) {
                case BEFORE, CLOSED_BY_CLIENT -> true;
                // Without the fence's own ping and pong.
                case FENCE ->
                    !sentByServer(entry)
                            && opcode(entry) != PONG
                            && !type(entry).equals("epilogue");
                case CLOSED_BY_SERVER -> false;
            };
        }
    }

    private static String type(JsonNode entry) {
        return entry.path("type").asText();
    }

    private static boolean sentByServer(JsonNode entry) {
        return entry.path("direction").asText().equals("out");
    }

    private static int opcode(JsonNode entry) {
        return entry.path("opcode").asInt(-1);
    }

    /** The bytes of an entry's payload, as far as the journal has them; empty when it has only a digest. */
    public static Optional<byte[]> bytes(JsonNode entry) {
        return Optional.ofNullable(entry.get("data"))
                .map(data -> Base64.getDecoder().decode(data.asText()));
    }

    /** The bytes of an entry whose payload is kept as text. */
    public static Optional<byte[]> text(JsonNode entry) {
        return Optional.ofNullable(entry.get("text")).map(text -> text.asText().getBytes(StandardCharsets.UTF_8));
    }
}
