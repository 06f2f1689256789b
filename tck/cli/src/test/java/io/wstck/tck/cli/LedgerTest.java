package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command ledger. */
class LedgerTest {
    private static final String CASES = """
            case "load.passes" {
              clause = "module.load", title = "holds",
              client = function(t) t:ok(true) end,
            }
            case "load.fails" {
              clause = "module.load", title = "does not hold",
              client = function(t) t:equal(1, 2, "a number") end,
            }
            case "unknown.seen-first" {
              clause = "options.unknown", title = "is observed",
              client = function(t) t:observe(string.rep("seen ", 50) .. string.rep("x", 200)) end,
            }
            case "unknown.seen-second" {
              clause = "options.unknown", title = "is observed",
              client = function(t) t:observe(string.rep("seen ", 50) .. string.rep("x", 200)) end,
            }
            case "read-only.missed" {
              clause = "constants.read-only", title = "is not so",
              client = function(t) t:ok(nil, "a read-only table") end,
            }
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void openAShell() {
        shell = new Shell(folder);
    }

    @Test
    void everyShippedClauseHasALineInTheOrderOfTheSpecificationAndNoLineIsTooLong() {
        shell.run("ledger");

        assertThat(shell.err()).isEmpty();
        assertThat(shell.out().lines())
                .hasSizeGreaterThan(150)
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(100));
        assertThat(shell.out())
                .startsWith("last run: none recorded at ")
                .containsSubsequence("\nModule and constants ", "\nmodule.load  ", "\nConnecting ", "\nrfc7692.");
        assertThat(shell.out().lines())
                .anyMatch(line -> line.matches("close\\.default +must +[1-9]\\d* +[1-9]\\d*  no run"));
    }

    @Test
    void theFindingsOfTheLastRunArePrinted() throws Exception {
        cases();
        assertThat(shell.run("run", "--cases", "cases", "--skip", "load.passes", "--report", "out"))
                .isEqualTo(1);
        assertThat(ledger(
                        "--only",
                        "module.load",
                        "--only",
                        "constants.*",
                        "--only",
                        "options.unknown",
                        "--report",
                        "out"))
                .as("constants have no case in this folder")
                .isEqualTo(1);

        assertThat(shell.out()).startsWith("last run: wstck-client ").contains(", not conformant");
        assertThat(shell.out().lines())
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(100));
        // Removes the number of faults, which this test does not check.
        assertThat(shell.out().replaceAll("\\s+", " ").replaceAll("(must|should|may) (\\d+) \\d+ ", "$1 $2 n "))
                .contains(
                        "module.load must 2 n 1 failed, 1 not played failed test.lua:7: in the script, equal; "
                                + "expected a number: 1; got a number: 2 (load.fails)",
                        "constants.read-only should 1 n 1 warned warned test.lua:19: in the script, ok; "
                                + "expected a read-only table; got it is not so (read-only.missed)",
                        "options.unknown may 2 n 2 observed observed seen seen ",
                        "x (unknown.seen-first, unknown.seen-second)");
    }

    @Test
    void aBindingClauseWithoutACaseIsStatusOneUnlessItIsUntestable() throws Exception {
        cases();

        assertThat(ledger("--only", "module.load", "--only", "options.unknown")).isZero();
        assertThat(ledger("--only", "module.load", "--only", "module.companions"))
                .isEqualTo(1);
        assertThat(shell.out().lines())
                .anyMatch(line -> line.matches("module\\.companions +must +0 +\\d+"))
                .contains("    NO CASE       a binding clause without a reason for having no case");
        assertThat(ledger("--only", "web.bad-ports")).isZero();
        assertThat(shell.out())
                .contains(
                        "    untestable    the operating system chooses the ports of the reference server, and chooses none")
                .contains("binding without a case: 0; untestable: 1;");
        assertThat(ledger("--only", "options.unknown", "--only", "connect.other-status"))
                .as("a may and a should may be without a case")
                .isZero();
    }

    @Test
    void theJsonHasTheSameData() throws Exception {
        cases();
        shell.run("run", "--cases", "cases", "--report", "out");
        assertThat(ledger("--json", "--only", "module.load", "--report", "out")).isZero();

        JsonNode json = new JsonMapper().readTree(shell.out());
        assertThat(json.at("/last_run/conclusion").asText()).isEqualTo("NOT_CONFORMANT");
        JsonNode clause = json.at("/clauses/0");
        assertThat(clause.get("id").asText()).isEqualTo("module.load");
        assertThat(clause.get("level").asText()).isEqualTo("must");
        assertThat(clause.get("faults")).isNotEmpty();
        assertThat(clause.at("/cases/0/id").asText()).isEqualTo("load.passes");
        assertThat(clause.at("/cases/0/results/0/verdict").asText()).isEqualTo("PASSED");
        assertThat(clause.at("/cases/1/results/0/actual").asText()).isEqualTo("a number: 2");
    }

    @Test
    void anUnreadableEventsFileIsReportedAndNoVerdictIsPrinted() throws Exception {
        cases();
        Files.createDirectories(folder.resolve("out"));
        Files.writeString(folder.resolve("out/events.ndjson"), "nonsense\n");

        assertThat(ledger("--only", "module.load", "--report", "out")).isZero();
        assertThat(shell.out()).startsWith("last run: unreadable: ").containsPattern("module\\.load .* unreadable\n");
    }

    @Test
    void aPatternThatMatchesNoClauseIsAUsageError() {
        assertThat(shell.run("ledger", "--only", "no.such*")).isEqualTo(2);
        assertThat(shell.err())
                .isEqualTo("wstck: --only: expected a pattern that matches the id of a clause, got \"no.such*\","
                        + " which matches none\n");
        assertThat(shell.run("ledger", "--wrong")).isEqualTo(2);
    }

    private int ledger(String... arguments) {
        String[] all = new String[arguments.length + 3];
        System.arraycopy(new String[] {"ledger", "--cases", "cases"}, 0, all, 0, 3);
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return shell.run(all);
    }

    private void cases() throws IOException {
        Files.createDirectories(folder.resolve("cases"));
        Files.writeString(folder.resolve("cases/test.lua"), CASES);
    }
}
