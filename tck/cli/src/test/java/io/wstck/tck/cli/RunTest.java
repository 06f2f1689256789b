package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.judge.Verdict;
import io.wstck.tck.report.EventsReader;
import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.run.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of this test's cases against the bundled client. */
class RunTest {
    private static final String HOLDS = """
            case "sum.right" {
              clause = "module.load",
              title = "one and one is two",
              client = function(t) t:equal(2, 1 + 1, "the sum") end,
            }
            """;
    private static final String BREAKS = """
            case "sum.wrong" {
              clause = "module.load",
              title = "one and one is three",
              client = function(t)
                t:equal(3, 1 + 1, "the sum")
              end,
            }
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void openAShell() throws IOException {
        shell = new Shell(folder);
        Files.createDirectory(folder.resolve("cases"));
    }

    @Test
    void aConformantRunHasStatusZeroAndLeavesItsReports() throws Exception {
        cases(HOLDS);

        int status = shell.run("run", "--cases", "cases", "--seed", "7", "--jobs", "1");

        assertThat(status).isZero();
        assertThat(shell.err()).isEmpty();
        assertThat(shell.out())
                .containsPattern("^wstck \\S+ · wstck-client \\S+ \\(Java\\) · profile api · 1 case · seed 7 · 1 job\n")
                .contains("1 of 1 binding cases judged\nconformant\n");
        assertThat(folder.resolve("target/wstck/junit.xml")).isRegularFile();
        RecordedRun run = EventsReader.read(folder.resolve("target/wstck/events.ndjson"));
        assertThat(run.started().spec()).matches("clauses [0-9a-f]{16}");
        assertThat(run.footer().verdicts()).containsEntry(Verdict.PASSED, 1);
    }

    @Test
    void aFailedCaseIsStatusOneAndPrintsItsCommand() throws Exception {
        cases(HOLDS + BREAKS);

        int status = shell.run("run", "--cases", "cases");

        assertThat(status).isEqualTo(1);
        assertThat(shell.out())
                .contains("FAILED sum.wrong  (module.load, must)  one and one is three")
                .contains("rerun        ./wstck run --cases cases --report target/wstck-rerun --only sum.wrong\n")
                .contains("\nnot conformant\n");
    }

    @Test
    void aRunThatJudgesNothingIsStatusThree() throws Exception {
        cases(HOLDS.replaceAll("(?m)^.*t:equal.*$", "client = function() end,"));

        int status = shell.run("run", "--cases", "cases");

        assertThat(status).isEqualTo(3);
        assertThat(shell.out()).contains("INCONCLUSIVE sum.right").contains("\nnot judged\n");
    }

    @Test
    void aRunOfOnlyMayCasesSaysNothingAboutConformance() throws Exception {
        cases(HOLDS + HOLDS.replace("sum.right", "sum.seen").replace("module.load", "constants.later-close-codes"));

        int status = shell.run("run", "--cases", "cases", "--level", "may");

        assertThat(status).isZero();
        assertThat(shell.out())
                .contains("\nno binding case was played: conformance was not judged\nreports: ")
                .doesNotContain("\nconformant");
        assertThat(EventsReader.read(folder.resolve("target/wstck/events.ndjson"))
                        .footer()
                        .conclusion())
                .isEqualTo(RunSummary.Conclusion.NOTHING_BINDING);
    }

    @Test
    void anUnknownCapabilityIsAnErrorOfTheCaseFile() throws Exception {
        cases(HOLDS.replace("client =", "needs = { \"wings\" },\n  client ="));

        assertThat(shell.run("run", "--cases", "cases")).isEqualTo(2);
        assertThat(shell.err())
                .matches(
                        "wstck: \\S+\\.lua:1: needs: expected a capability \\(headers, .*, page\\), an option \\(headers, .*\\) or"
                                + " a way to compress \\(.*\\), got \"wings\"\n");
    }

    @Test
    void aRepeatedRunPlaysEveryRound() throws Exception {
        cases(HOLDS);

        assertThat(shell.run("run", "--cases", "cases", "--repeat", "3", "--report", "out"))
                .isZero();

        RecordedRun run = EventsReader.read(folder.resolve("out/events.ndjson"));
        assertThat(run.cases()).extracting(result -> result.repetition()).containsExactly(1, 2, 3);
        assertThat(shell.out()).contains(" · 1 case · 3 rounds · ");
    }

    @Test
    void traceShowsPassedCasesToo() throws Exception {
        cases(HOLDS);

        assertThat(shell.run("run", "--cases", "cases", "--trace")).isZero();

        assertThat(shell.out())
                .contains("PASSED sum.right  (module.load, must)  one and one is two\n")
                .contains("  transcript");
    }

    @Test
    void explainPrintsTheResultOfTheLastRun() throws Exception {
        cases(BREAKS);
        shell.run("run", "--cases", "cases");

        assertThat(shell.run("explain", "--cases", "cases", "sum.wrong")).isZero();

        assertThat(shell.out())
                .contains("last run     FAILED, ")
                .contains("    case \"sum.wrong\" {\n", "    }\n")
                .endsWith("rerun        ./wstck run --cases cases --report target/wstck-rerun --only sum.wrong\n");
    }

    @Test
    void explainRepeatsTheOptionsThatSelectTheClientAndItsList() throws Exception {
        cases(BREAKS);
        Files.writeString(
                folder.resolve("my list.yaml"), "- pattern: sum.wrong\n  reason: a wrong sum\n  signature: \"*\"\n");
        assertThat(shell.run("run", "--cases", "cases", "--profile", "api", "--known", "my list.yaml"))
                .isZero();

        String command = "./wstck run --cases cases --profile api --known 'my list.yaml' --report target/wstck-rerun";
        assertThat(shell.run("explain", "--cases", "cases", "sum.wrong")).isZero();
        assertThat(shell.out()).endsWith("rerun        " + command + " --only sum.wrong\n");
        assertThat(shell.run("explain", "--cases", "cases", "module.load")).isZero();
        assertThat(shell.out()).endsWith("rerun        " + command + " --only module.load\n");
        assertThat(shell.run("explain", "close.default-code")).isZero();
        assertThat(shell.out())
                .endsWith("rerun        ./wstck run --report target/wstck-rerun --only close.default-code\n");
    }

    @Test
    void theRerunKeepsTheReportsOfTheWholeRun() throws Exception {
        cases(HOLDS + BREAKS);
        shell.run("run", "--cases", "cases", "--report", "my report");
        String events = Files.readString(folder.resolve("my report/events.ndjson"));
        String rerun = shell.out()
                .lines()
                .filter(line -> line.contains("rerun  "))
                .map(line -> line.replaceFirst(".*\\./wstck ", ""))
                .findFirst()
                .orElseThrow();
        assertThat(rerun).isEqualTo("run --cases cases --report 'my report-rerun' --only sum.wrong");

        shell.run("run", "--cases", "cases", "--report", "my report-rerun", "--only", "sum.wrong");

        assertThat(shell.out()).contains("--report 'my report-rerun' --only sum.wrong\n");
        assertThat(folder.resolve("my report/events.ndjson")).hasContent(events);
        assertThat(folder.resolve("my report-rerun/events.ndjson")).isNotEmptyFile();
    }

    @Test
    void aMissedShouldOfABindingCaseIsReportedWithTheLevelOfEachPart() throws Exception {
        cases(HOLDS.replace("\"the sum\")", "\"the sum\") t.should:ok(false, 'a close frame with 1002', 'none')"));

        assertThat(shell.run("run", "--cases", "cases")).isZero();
        assertThat(shell.out())
                .contains("  Part         required part met (must): in the script, the sum: 2\n")
                .contains(
                        "  Part         recommended part not met (should): in the script, expected a close frame with 1002, got none\n");
        assertThat(shell.run("explain", "--cases", "cases", "sum.right")).isZero();
        assertThat(shell.out())
                .contains("  part       required part met (must): in the script, the sum: 2\n")
                .contains(
                        "  part       recommended part not met (should): in the script, expected a close frame with 1002, got none\n");
    }

    @Test
    void explainReportsATruncatedLastRun() throws Exception {
        cases(HOLDS);
        shell.run("run", "--cases", "cases");
        Path events = folder.resolve("target/wstck/events.ndjson");
        Files.write(events, Files.readAllLines(events).subList(0, 1));

        assertThat(shell.run("explain", "--cases", "cases", "sum.right")).isZero();

        assertThat(shell.out()).contains("last run     did not play this case").contains("its events are truncated");
    }

    @Test
    void aShippedCasePassesAgainstTheBundledClient() {
        assertThat(shell.run("run", "--only", "close.default-code")).isZero();
        assertThat(shell.out()).contains("1 of 1 binding cases judged\nconformant\n");
    }

    private void cases(String text) throws IOException {
        Files.writeString(folder.resolve("cases/sums.lua"), text);
    }
}
