package io.wstck.tck.judge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Recognizes findings that look like the fault of an adapter, and says so in a sentence. A hint changes no verdict: a client can do the same
 * by itself. Stateless.
 */
public final class AdapterHints {
    /** For a case that the adapter could not play: it says trouble where it should answer an error, or throws. */
    public static final String TROUBLE =
            "the adapter failed in this call: if the client itself raised the error, the adapter"
                    + " has to answer null and an error";

    static final String SECOND_CLOSE =
            "the client sent a second close frame after its own: an adapter that calls close after"
                    + " the library has closed does this";
    static final String READ_FAILED =
            "the client's receive said that the connection had ended, and the server saw no end of"
                    + " it: an adapter that does not end the connection after a failed read does this";
    static final String RAISED =
            "a call raised an error in the script: an adapter has to return nil and an error when a call"
                    + " of the client fails";

    private static final int CLOSE = 8;

    /** With these a library closes because of what the server did; an adapter closes with others. */
    private static final Set<Integer> CODES_OF_ERRORS = Set.of(1002, 1003, 1007, 1008, 1009, 1010, 1011);

    private AdapterHints() {}

    /** The hint for a case with these checks, if one of them has failed and it looks like the adapter's fault. */
    public static Optional<String> of(List<Check> checks, JournalReading journal) {
        if (checks.stream().noneMatch(check -> check.outcome() == Check.Outcome.FAILED)) {
            return Optional.empty();
        }
        if (closedTwice(journal.all())) {
            return Optional.of(SECOND_CLOSE);
        }
        if (endOnlyInTheScript(checks, journal.all())) {
            return Optional.of(READ_FAILED);
        }
        return checks.stream().anyMatch(AdapterHints::raised) ? Optional.of(RAISED) : Optional.empty();
    }

    /** Whether a connection has a close frame of the client that tells of an error, and another one behind it. */
    private static boolean closedTwice(List<JsonNode> entries) {
        Map<Integer, Boolean> closed = new HashMap<>();
        for (JsonNode entry : entries) {
            if (isClose(entry, "in")) {
                int connection = entry.path("connection").asInt();
                if (closed.getOrDefault(connection, false)) {
                    return true;
                }
                closed.putIfAbsent(
                        connection,
                        code(entry).filter(CODES_OF_ERRORS::contains).isPresent());
            }
        }
        return false;
    }

    /** Whether the server waited in vain for the end of a connection that the script had been told was closed. */
    private static boolean endOnlyInTheScript(List<Check> checks, List<JsonNode> entries) {
        Optional<Check> told = checks.stream()
                .filter(check ->
                        check.witness() == Witness.SCRIPT && check.name().equals("closed") && check.met())
                .findFirst();
        return told.isPresent()
                && checks.stream()
                        .anyMatch(check -> waitedInVain(check)
                                && check.nanos() >= told.get().nanos())
                && entries.stream()
                        .filter(entry ->
                                entry.path("nanos").asLong() < told.get().nanos())
                        .noneMatch(AdapterHints::isEnd);
    }

    private static boolean waitedInVain(Check check) {
        return check.witness() == Witness.SERVER
                && check.outcome() == Check.Outcome.FAILED
                && check.name().endsWith(", expect-failed");
    }

    private static boolean isEnd(JsonNode entry) {
        return Set.of("client-ended", "server-ended")
                        .contains(entry.path("type").asText())
                || isClose(entry, "in")
                || isClose(entry, "out");
    }

    private static boolean raised(Check check) {
        return check.witness() == Witness.SCRIPT
                && check.outcome() == Check.Outcome.FAILED
                && check.name().equals("error");
    }

    private static boolean isClose(JsonNode entry, String direction) {
        return entry.path("type").asText().equals("frame")
                && entry.path("opcode").asInt() == CLOSE
                && entry.path("direction").asText().equals(direction);
    }

    private static Optional<Integer> code(JsonNode close) {
        return JournalReading.bytes(close)
                .or(() -> JournalReading.text(close))
                .filter(bytes -> bytes.length >= 2)
                .map(bytes -> ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff));
    }
}
