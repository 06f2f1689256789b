package io.wstck.tck.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.wstck.server.journal.JournalParser;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests which failures look like a fault of the adapter. */
class AdapterHintsTest {
    private static final Check TOLD = check(Witness.SCRIPT, "closed", Check.Outcome.MET, 50);
    private static final Check IN_VAIN = check(Witness.SERVER, "step 2, expect-failed", Check.Outcome.FAILED, 90);
    private static final Check OTHER = check(Witness.WIRE, "client_closed", Check.Outcome.FAILED, 95);

    @ParameterizedTest(name = "close frames {0}: hinted at {1}")
    @CsvSource({
        "1:1002 1:1000, true",
        "1:1009 1:1009, true",
        "1:1002, false",
        "1:1002 2:1000, false",
        // The script may have closed twice.
        "1:1000 1:1000, false",
        "1:none 1:1002, false",
    })
    void aSecondCloseFrameAfterOneWithAnErrorCodeHasAHint(String closes, boolean hinted) throws Exception {
        StringBuilder entries = new StringBuilder();
        for (String close : closes.split(" ", -1)) {
            String[] parts = close.split(":", -1);
            entries.append(entries.isEmpty() ? "" : ",").append(close(parts[0], parts[1]));
        }

        assertThat(AdapterHints.of(List.of(OTHER), journal(entries.toString())))
                .isEqualTo(hinted ? Optional.of(AdapterHints.SECOND_CLOSE) : Optional.empty());
    }

    @ParameterizedTest(name = "close code {0}: hinted at the read limit {1}")
    @CsvSource({"1009, true", "1002, false", "none, false"})
    void aMessageThatIsTooBigForTheClientHasAHint(String code, boolean hinted) throws Exception {
        assertThat(AdapterHints.of(List.of(OTHER), journal(close("1", code))))
                .isEqualTo(hinted ? Optional.of(AdapterHints.READ_LIMIT) : Optional.empty());
    }

    @ParameterizedTest(name = "{0} before the script is told: hinted at {1}")
    @CsvSource({
        "'', true",
        "'{\"type\": \"client-ended\", \"how\": \"fin\", \"nanos\": 40}', false",
        "'{\"type\": \"server-ended\", \"how\": \"fin\", \"nanos\": 40}', false",
        "'{\"type\": \"frame\", \"opcode\": 8, \"direction\": \"out\", \"nanos\": 40}', false",
        "'{\"type\": \"server-ended\", \"how\": \"fin\", \"nanos\": 92}', true",
    })
    void anEndThatOnlyTheScriptSawHasAHint(String entry, boolean hinted) throws Exception {
        assertThat(AdapterHints.of(List.of(TOLD, IN_VAIN), journal(entry)))
                .isEqualTo(hinted ? Optional.of(AdapterHints.READ_FAILED) : Optional.empty());
    }

    @Test
    void aScriptThatSawNoEndHasNoHint() throws Exception {
        assertThat(AdapterHints.of(List.of(IN_VAIN), journal(""))).isEmpty();
        assertThat(AdapterHints.of(List.of(TOLD, OTHER), journal(""))).isEmpty();
    }

    @Test
    void anErrorThatEndsTheScriptHasAHint() throws Exception {
        Check raised = check(Witness.SCRIPT, "error", Check.Outcome.FAILED, 10);

        assertThat(AdapterHints.of(List.of(raised), journal(""))).contains(AdapterHints.RAISED);
    }

    @Test
    void withoutAFindingThereIsNoHint() throws Exception {
        assertThat(AdapterHints.of(List.of(TOLD), journal(close("1", "1002") + "," + close("1", "1000"))))
                .isEmpty();
    }

    private static String close(String connection, String code) {
        byte[] payload = code.equals("none")
                ? new byte[0]
                : new byte[] {(byte) (Integer.parseInt(code) >> 8), (byte) Integer.parseInt(code)};
        return "{\"type\": \"frame\", \"opcode\": 8, \"direction\": \"in\", \"connection\": " + connection
                + ", \"nanos\": 60, \"length\": " + payload.length + ", \"data\": \""
                + Base64.getEncoder().encodeToString(payload) + "\"}";
    }

    private static JudgedJournal journal(String entries) throws Exception {
        return JudgedJournal.of(JournalParser.journal(new ObjectMapper().readTree("{\"entries\": [" + entries + "]}")));
    }

    private static Check check(Witness witness, String name, Check.Outcome outcome, long nanos) {
        return new Check(witness, Strength.CASE, outcome, CheckKinds.of(name), "expected", "actual", "", nanos);
    }
}
