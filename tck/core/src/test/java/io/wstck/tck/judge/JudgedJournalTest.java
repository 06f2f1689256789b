package io.wstck.tck.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.wstck.server.journal.JournalParser;
import io.wstck.server.wire.Rule;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests which entries of a journal count. Journals have the form of docs/scenarios.md. */
class JudgedJournalTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One word per entry: {@code in8} a frame from the client with opcode 8, {@code out9} a frame to it. {@code msg} a
     * message, {@code bad} a violation, {@code met} a step, {@code end} the client's end of TCP, {@code ep} the
     * epilogue. {@code fin} the server's end of TCP, {@code cut} its end because of an unmet step. The prefix {@code
     * 2:} means connection 2.
     */
    @ParameterizedTest(name = "{0}: {1} counts")
    @CsvSource(
            delimiter = '|',
            value = {
                // Without an epilogue everything counts.
                "in1 out1 met in8 out8 end | in1 out1 met in8 out8 end",
                // Frames that the client had sent by then count. The ping and pong of the fence do not.
                "in1 ep out9 in1 in10 | in1 in1",
                "in1 ep out9 msg in10 out8 in8 end | in1 msg",
                // The client had sent its close frame: the closing handshake is its own, including the end of TCP.
                "in1 ep out9 in8 out8 end | in1 in8 out8 end",
                "ep in8 in1 bad | in8 in1 bad",
                // After the server's 1001 nothing counts for the client: neither its answer nor its violations.
                "ep out9 in10 out8 in8 | ''",
                "in1 ep out8 in8 in1 bad end | in1",
                // A violation in flight counts too, and so does the end of the client.
                "in1 ep out9 bad in1 | in1 bad in1",
                "in1 ep out9 end | in1 end",
                // Each connection has an epilogue of its own.
                "1:in1 1:ep 2:in1 1:out9 2:out10 1:out8 2:in10 1:in8 2:in8 | 1:in1 2:in1 2:out10 2:in10 2:in8",
                // Nothing after an early end counts, on any connection. The scenario does not ask for that end of the
                // server.
                "in1 bad cut in8 bad end 2:bad 0:done | in1 bad",
                "1:in1 2:fin 1:in8 2:cut 1:bad | 1:in1 2:fin 1:in8",
                // The end of the script belongs to no connection.
                "in1 0:done ep out9 in10 out8 | in1 0:done",
            })
    void trafficBeforeTheClientKnewOfTheEndCounts(String words, String counted) throws Exception {
        StringBuilder entries = new StringBuilder();
        String[] list = words.split(" ", -1);
        int sequence = 0;
        for (String word : list) {
            entries.append(sequence == 0 ? "" : ",").append(entry(++sequence, word));
        }
        JudgedJournal reading = read("\"entries\": [" + entries + "]");

        List<String> judged = reading.judged().stream()
                .map(entry -> list[(int) entry.stamp().seq() - 1])
                .toList();
        assertThat(String.join(" ", judged)).isEqualTo(counted);
        assertThat(reading.all()).hasSize(sequence);
    }

    @Test
    void stepsBecomeChecksAndAMissedOneIsAShould() throws Exception {
        List<Check> checks = read("""
                "entries": [
                  {"type": "step", "connection": 1, "index": 0, "op": "fence", "outcome": "met", "expected": "a", "actual": "a", "nanos": 5},
                  {"type": "step", "connection": 1, "index": 1, "op": "expect-failed", "outcome": "missed", "expected": "1002", "actual": "no close", "nanos": 6},
                  {"type": "step", "connection": 1, "index": 2, "op": "expect-close", "outcome": "failed", "expected": "1000", "actual": "RST", "nanos": 7}
                ]""").checks(Set.of());

        assertThat(checks)
                .extracting(Check::name, Check::strength, Check::outcome, Check::expected, Check::actual, Check::nanos)
                .containsExactly(
                        tuple("step 1, fence", Strength.CASE, Check.Outcome.MET, "a", "a", 5L),
                        tuple("step 2, expect-failed", Strength.SHOULD, Check.Outcome.FAILED, "1002", "no close", 6L),
                        tuple("step 3, expect-close", Strength.CASE, Check.Outcome.FAILED, "1000", "RST", 7L));
        assertThat(checks).extracting(Check::witness).containsOnly(Witness.SERVER);
    }

    @Test
    void aViolationIsAFailedCheckUnlessItsRuleIsTolerated() throws Exception {
        JudgedJournal reading = read("""
                "entries": [
                  {"type": "violation", "connection": 1, "rule": "unmasked-frame", "detail": "opcode 1", "source": "RFC 6455 §5.1", "nanos": 3},
                  {"type": "violation", "connection": 1, "rule": "reserved-bits", "detail": "rsv 2", "source": "RFC 6455 §5.2", "nanos": 4}
                ]""");

        assertThat(reading.checks(Set.of()))
                .extracting(Check::name)
                .containsExactly("violation unmasked-frame", "violation reserved-bits");
        assertThat(reading.checks(Set.of(Rule.RESERVED_BITS))).singleElement().satisfies(check -> {
            assertThat(check.met()).isFalse();
            assertThat(check.strength()).isEqualTo(Strength.CASE);
            assertThat(check.expected()).isEqualTo("a client that keeps to RFC 6455 §5.1");
            assertThat(check.actual()).isEqualTo("opcode 1");
        });
    }

    @Test
    void aViolationAfterTheServersOwnCloseIsNoCheck() throws Exception {
        assertThat(read("\"entries\": [" + entry(1, "ep") + "," + entry(2, "out8") + "," + entry(3, "bad") + "]")
                        .checks(Set.of()))
                .isEmpty();
    }

    @Test
    void anErrorOfTheServerIsFoundAnywhere() throws Exception {
        assertThat(read("\"entries\": [" + entry(1, "ep") + "," + entry(2, "out8") + ","
                                + "{\"type\": \"trouble\", \"detail\": \"no port\", \"nanos\": 7}]")
                        .kitError(9))
                .contains(new KitError("the reference server had trouble: no port", 7));
        assertThat(read("\"entries\": [], \"dropped\": 0").kitError(9)).isEmpty();
    }

    @Test
    void aJournalFilledByTheServerIsAKitErrorAndNoCheck() throws Exception {
        JudgedJournal reading = read("\"entries\": [" + entry(1, "in1") + "," + entry(2, "out1") + ","
                + entry(3, "out1") + "], \"dropped\": 4");

        assertThat(reading.kitError(9)).contains(new KitError("the journal is full: 4 entries were not kept", 9));
        assertThat(reading.checks(Set.of())).isEmpty();
    }

    @Test
    void aJournalFilledByTheClientIsAFailedCheckAndNoKitError() throws Exception {
        JudgedJournal reading = read("\"entries\": [" + entry(1, "in1") + "," + entry(2, "out1") + "], \"dropped\": 4");

        assertThat(reading.kitError(9)).isEmpty();
        assertThat(reading.checks(Set.of())).singleElement().satisfies(check -> {
            assertThat(check.met()).isFalse();
            assertThat(check.strength()).isEqualTo(Strength.CASE);
            assertThat(check.actual()).isEqualTo("4 entries more");
        });
    }

    private static JudgedJournal read(String fields) throws Exception {
        return JudgedJournal.of(JournalParser.journal(JSON.readTree("{" + fields + "}")));
    }

    private static String entry(int sequence, String word) {
        int colon = word.indexOf(':');
        String connection = colon < 0 ? "1" : word.substring(0, colon);
        String what = word.substring(colon + 1);
        String fields = switch (what) {
            case "msg" -> "\"type\": \"message\", \"direction\": \"in\", \"message_type\": \"text\"";
            case "bad" -> "\"type\": \"violation\", \"rule\": \"unmasked-frame\"";
            case "met" -> "\"type\": \"step\", \"op\": \"fence\", \"outcome\": \"met\"";
            case "end" -> "\"type\": \"client-ended\", \"how\": \"fin\"";
            case "fin" -> "\"type\": \"server-ended\", \"how\": \"fin\"";
            case "cut" -> "\"type\": \"server-ended\", \"how\": \"rst\", \"cause\": \"step-not-met\"";
            case "ep" -> "\"type\": \"epilogue\"";
            case "done" -> "\"type\": \"script-ended\"";
            default -> frame(what);
        };
        String of = connection.equals("0") ? "" : ", \"connection\": " + connection;
        return "{\"seq\": " + sequence + of + ", " + fields + "}";
    }

    private static String frame(String word) {
        String direction = word.startsWith("in") ? "in" : "out";
        return "\"type\": \"frame\", \"direction\": \"" + direction + "\", \"opcode\": "
                + word.substring(direction.length());
    }
}
