package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.cases.TestCase;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A step that outlasts the script must fail by itself before the wait for its connection ends. */
class JournalSettlerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "echo | 5",
                "script { expect.ended { within = 30000, outlasts_script = true } } | 35",
                "script { tls = 'trusted', tcp = { expect.ended { within = 20000, outlasts_script = true } },"
                        + " expect.ended { within = 20000, outlasts_script = true } } | 45",
                "endpoint '/silent' | 5",
            })
    void connectionsHaveTheTimeOfTheStepsThatOutlastTheScriptAndTheEpilogue(String server, long seconds)
            throws Exception {
        TestCase testCase = TestHarness.cases(
                        "case \"a.b\" { clause = \"module.load\", title = \"x\", servers = { main = " + server
                                + ", other = echo }, client = function(t) t:ok(true) end }")
                .getFirst();

        assertThat(JournalSettler.timeout(testCase.servers().orElseThrow().session()))
                .isBetween(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds + 20));
    }
}
