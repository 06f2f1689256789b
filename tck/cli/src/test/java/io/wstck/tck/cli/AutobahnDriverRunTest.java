package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.judge.Verdict;
import io.wstck.tck.machine.FreePort;
import io.wstck.tck.report.EventsReader;
import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.report.ShellWord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole runs of Autobahn cases: their output and exit status. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class AutobahnDriverRunTest {
    private static final String INDEX = """
            {"Client/1.0": {
              "1.1.1": {"behavior": "OK", "behaviorClose": "OK", "duration": 2, "remoteCloseCode": 1000, "reportfile": "x.json"},
              "1.1.2": {"behavior": "%s", "behaviorClose": "%s", "duration": 3, "remoteCloseCode": null, "reportfile": "x.json"}
            }}
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void openAShell() {
        shell = new Shell(folder);
    }

    @Test
    void theBundledClientPassesTheBaseCases() throws Exception {
        int status = shell.run("autobahn-run", "--jobs", "8", "--cases", "*", "--exclude", "9.*,12.*,13.*");

        assertThat(status).as(shell.out()).isZero();
        assertThat(shell.err()).isEmpty();
        assertThat(shell.out())
                .containsPattern("^wstck \\S+ · wstck-client \\S+ \\(Java\\) · 247 cases of Autobahn · 8 jobs\n")
                .contains("\nno --server and no --driver: judging the bundled client\n")
                .containsPattern(
                        "\n247 cases in [0-9.]+ m?s: [0-9]+ passed, 0 failed, .*[0-9]+ warned, 2 observed, 0 skipped")
                .contains("247 of 247 binding cases judged\nconformant\n")
                .doesNotContain("compression:");
        RecordedRun run = EventsReader.read(folder.resolve("target/wstck-autobahn/events.ndjson"));
        assertThat(run.footer().verdicts()).containsEntry(Verdict.FAILED, 0).containsEntry(Verdict.INCONCLUSIVE, 0);
        assertThat(folder.resolve("target/wstck-autobahn/junit.xml")).isRegularFile();
        assertThat(folder.resolve("target/wstck-autobahn/index.html")).isRegularFile();
        assertThat(folder.resolve("target/wstck-autobahn/wstck_client_case_1_1_1.json"))
                .isRegularFile();
    }

    @Test
    void withCompressionTheRunIsComparedToCompressionAlone() {
        assertThat(shell.run("autobahn-run", "--cases", "12.1.1,13.3.2", "--outdir", "out"))
                .as(shell.out())
                .isZero();

        assertThat(shell.out())
                .contains("2 of 2 binding cases judged\nconformant\n")
                .containsPattern("compression: 2 cases, [0-9.]+ GB; compressing this data alone takes [0-9.]+ s here on"
                        + " [0-9]+ processors \\(estimated from ten of every hundred messages\\); this run took"
                        + " [0-9.]+ times as long\n");
        assertThat(folder.resolve("out/index.json")).isRegularFile();
    }

    @Test
    void aFailureIsStatusOneAndPrintsTheCommandForThatCase() {
        int status = shell.run("autobahn-run", "--only", "1.1.1", "--only", "1.1.2", "--driver", dropping(2));

        assertThat(status).as(shell.out()).isEqualTo(1);
        assertThat(shell.out())
                .contains(
                        "agent dropping\n",
                        "FAILED 1.1.1  (autobahn.1.1.1, rfc)  ",
                        "  Requirement  ",
                        "  Expected     ")
                .containsPattern("\n  rerun +\\./wstck autobahn-run --driver '.*' --outdir target/wstck-autobahn-rerun"
                        + " --only 1\\.1\\.1\n")
                .contains("1 passed, 1 failed", "\nnot conformant\n");
    }

    @Test
    void aKnownDeviationIsKnownInEveryReport() throws Exception {
        Files.writeString(
                folder.resolve("known.yaml"), "- {pattern: 1.1.1, reason: drops TCP, signature: 'FAILED: *'}");
        assertThat(shell.run("autobahn-run", "--only", "1.1.1,1.1.2", "--known", "known.yaml", "--driver", dropping(2)))
                .as(shell.out())
                .isZero();

        assertThat(shell.out()).contains("1 passed, 0 failed, 1 known", "conformant but for 1 known deviation\n");
        AutobahnReports.assertOneKnown(folder.resolve("target/wstck-autobahn"), "1.1.1", "known: drops TCP: FAILED");
    }

    @Test
    void aDriverThatLeavesCasesOutIsNotJudged() {
        int status = shell.run("autobahn-run", "--only", "2.2,2.3,2.4", "--driver", dropping(0));

        assertThat(status).isEqualTo(3);
        assertThat(shell.out()).contains("not judged: the driver played no case to its end\n");
    }

    @Test
    void aMissingCaseIsNamed() {
        shell.run("autobahn-run", "--only", "1.1.1,1.1.2,1.1.3", "--driver", dropping(2));

        assertThat(shell.out())
                .contains("INCONCLUSIVE 1.1.3", "the driver did not play this case to its end")
                .contains("\nnot judged: 1 of the 3 planned cases is missing: 1.1.3\n")
                .contains("1 passed, 1 failed, ", ", 1 inconclusive");
    }

    @Test
    void manyMissingCasesAreOneSentence() {
        assertThat(shell.run("autobahn-run", "--only", "1.1.*,1.2.*", "--driver", dropping(2)))
                .isEqualTo(1);

        assertThat(shell.out())
                .contains("\nnot judged: 14 of the 16 planned cases are missing: 1.1.3, 1.1.4, 1.1.5 and so on\n")
                .doesNotContain("INCONCLUSIVE");
    }

    @Test
    void theCommandForACaseLeavesTheReportsOfTheWholeRunAlone() {
        shell.run("autobahn-run", "--only", "1.1.1,1.1.2", "--outdir", "my out", "--driver", dropping(2));
        assertThat(shell.out()).contains(" --outdir 'my out-rerun' --only 1.1.1\n");

        shell.run("autobahn-run", "--only", "1.1.1", "--outdir", "my out-rerun", "--driver", dropping(1));
        assertThat(shell.out()).contains(" --outdir 'my out-rerun' --only 1.1.1\n");

        shell.run("autobahn-run", "--judge", "my out");
        assertThat(shell.out()).contains("autobahn-run --judge 'my out' --only 1.1.1\n");
    }

    /** The driver ignores its arguments and uses a fixed port. */
    @Test
    void aDriverWithAFixedPortIsServedOnThatPort() throws IOException {
        int port = FreePort.find();
        int status = shell.run(
                "autobahn-run",
                "--only",
                "1.1.1,1.1.2",
                "--port",
                String.valueOf(port),
                "--driver",
                dropping(2) + " ws://127.0.0.1:" + port + " #");

        assertThat(status).as(shell.out()).isEqualTo(1);
        assertThat(shell.out())
                .contains(
                        "agent dropping\n",
                        "1 passed, 1 failed",
                        " --port " + port + " --outdir target/wstck-autobahn-rerun --only 1.1.1\n");
    }

    @Test
    void theOutputOfAFailedDriverIsShown() throws IOException {
        int status = shell.run("autobahn-run", "--only", "1.1.1", "--driver", "sh -c 'echo out of luck >&2; exit 7' #");

        assertThat(status).isEqualTo(3);
        assertThat(shell.out())
                .contains("  driver: out of luck\n", "the driver failed: it ended with status 7; its output is in ");
        assertThat(folder.resolve("target/wstck-autobahn/driver.err.txt")).hasContent("out of luck");
    }

    @Test
    void aDriverThatDoesNotEndIsKilled() {
        int status = shell.run("autobahn-run", "--only", "1.1.1", "--time-limit", "1", "--driver", "sleep 100 #");

        assertThat(status).isEqualTo(3);
        assertThat(shell.out()).contains("the driver failed: it was killed after 1 s (--time-limit)");
    }

    @ParameterizedTest
    @CsvSource({
        "OK, OK, 0, '', conformant",
        "INFORMATIONAL, INFORMATIONAL, 0, '', conformant",
        "NON-STRICT, OK, 0, '', conformant",
        "NON-STRICT, OK, 1, --strict, not conformant",
        "INFORMATIONAL, OK, 1, --strict, not conformant",
        "FAILED, OK, 1, '', not conformant",
        "OK, WRONG CODE, 1, '', not conformant",
        "OK, UNCLEAN, 1, '', not conformant",
        "UNIMPLEMENTED, OK, 0, '', 1 skipped: UNIMPLEMENTED",
        "UNIMPLEMENTED, UNCLEAN, 1, '', not conformant",
    })
    void aFinishedRunOfTheOriginalIsJudged(String behavior, String close, int status, String option, String sentence)
            throws IOException {
        Files.writeString(folder.resolve("index.json"), INDEX.formatted(behavior, close));

        int came = option.isEmpty()
                ? shell.run("autobahn-run", "--judge", ".")
                : shell.run("autobahn-run", "--judge", ".", option);

        assertThat(came).as(shell.out()).isEqualTo(status);
        assertThat(shell.out()).contains("agent Client/1.0\n", "\n2 cases in 5 ms: ", sentence);
    }

    @Test
    void aFinishedRunWithoutASelectedCaseIsNotJudged() throws IOException {
        Files.writeString(folder.resolve("index.json"), INDEX.formatted("OK", "OK"));

        assertThat(shell.run("autobahn-run", "--judge", ".", "--cases", "1.1.2,1.1.3"))
                .isEqualTo(3);
        assertThat(shell.out()).contains("INCONCLUSIVE 1.1.3");
        assertThat(shell.run("autobahn-run", "--judge", ".", "--cases", "1.1.2"))
                .isZero();
        assertThat(shell.run("autobahn-run", "--judge", ".", "--cases", "7.*")).isEqualTo(3);
    }

    /** The played cases passed. Only the plan in the folder shows that more cases were planned. */
    @Test
    void aPartialRunIsNotJudgedAsAWholeRun() throws IOException {
        shell.run("autobahn-run", "--only", "1.1.1,1.1.2,1.1.3,1.1.4,1.1.5", "--driver", dropping(2));
        Path reports = folder.resolve("target/wstck-autobahn");
        Path index = reports.resolve("index.json");
        Files.writeString(index, Files.readString(index).replace("FAILED", "OK"));

        assertThat(shell.run("autobahn-run", "--judge", reports.toString()))
                .as(shell.out())
                .isEqualTo(3);
        assertThat(shell.out()).contains("not judged: 3 of the 5 planned cases are missing: 1.1.3, 1.1.4, 1.1.5\n");
        assertThat(shell.run("autobahn-run", "--judge", reports.toString(), "--cases", "1.1.1,1.1.2"))
                .as(shell.out())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | expected JSON, found none",
                "{} | expected lists of cases, found none",
                "{\"cases\": [\"1.1.99\"]} | expected cases that this kit has, found \"1.1.99\"",
                "{\"cases\": [\"one\"]} | expected numbers and dots like 1.1.1, got \"one\"",
            })
    void anInvalidPlanIsOneSentence(String text, String sentence) throws IOException {
        Files.writeString(folder.resolve("index.json"), INDEX.formatted("OK", "OK"));
        Files.writeString(folder.resolve("plan.json"), text);

        assertThat(shell.run("autobahn-run", "--judge", ".")).isEqualTo(2);
        assertThat(shell.err())
                .startsWith("wstck: ")
                .contains("plan.json", sentence)
                .hasLineCount(1);
    }

    @Test
    void casesThatTheKitDoesNotHaveAreNotIgnored() throws IOException {
        Files.writeString(
                folder.resolve("index.json"), INDEX.formatted("OK", "OK").replace("1.1.2", "7.9.12"));

        assertThat(shell.run("autobahn-run", "--judge", ".")).isEqualTo(3);
        assertThat(shell.out()).contains("not judged: ", "leave them out with --exclude 7.9.12");
        assertThat(shell.run("autobahn-run", "--judge", ".", "--exclude", "7.9.12"))
                .isZero();
        assertThat(shell.run("autobahn-run", "--judge", ".", "--exclude", "7.9.12,12"))
                .isEqualTo(2);
        assertThat(shell.err())
                .contains("--exclude: expected a pattern of case ids", "got \"12\", which no case matches");
    }

    @Test
    void anInformationalCasePassesInStrictModeAlsoWhenJudgedAgain() {
        assertThat(shell.run("autobahn-run", "--cases", "7.13.*", "--strict"))
                .as(shell.out())
                .isZero();
        assertThat(shell.run("autobahn-run", "--judge", "target/wstck-autobahn", "--strict"))
                .as(shell.out())
                .isZero();
    }

    @Test
    void aRunOfTheKitIsJudgedFromItsFolderAsBefore() {
        shell.run("autobahn-run", "--only", "1.1.1,1.1.2", "--driver", dropping(2));
        Path reports = folder.resolve("target/wstck-autobahn");

        assertThat(shell.run("autobahn-run", "--judge", reports.toString())).isEqualTo(1);
        assertThat(shell.out()).contains("FAILED 1.1.1", "1 passed, 1 failed", "not conformant");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} {} | expected JSON, found none",
                "[] | expected an object of agents",
                "{\"a\": {\"1.1.1\": {\"behavior\": \"GOOD\", \"behaviorClose\": \"OK\"}}} | expected a verdict as behavior, found \"GOOD\"",
            })
    void anInvalidIndexIsOneSentence(String text, String sentence) throws IOException {
        Files.writeString(folder.resolve("index.json"), text);

        assertThat(shell.run("autobahn-run", "--judge", ".")).isEqualTo(2);
        assertThat(shell.err())
                .startsWith("wstck: ")
                .contains("index.json", sentence)
                .hasLineCount(1);
    }

    private static String dropping(int cases) {
        String java = ShellWord.quote(
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        return java + " -XX:TieredStopAtLevel=1 -cp " + ShellWord.quote(System.getProperty("java.class.path")) + " "
                + DroppingDriver.class.getName() + " " + cases;
    }
}
