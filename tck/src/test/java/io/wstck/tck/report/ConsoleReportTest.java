package io.wstck.tck.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.Notes;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.report.Style.Colour;
import io.wstck.tck.report.Style.Detail;
import io.wstck.tck.report.Style.Screen;
import io.wstck.tck.run.CaseResult;
import io.wstck.tck.run.RunSummary.Conclusion;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What somebody who watches a run reads. */
class ConsoleReportTest {
    private static final Style PIPE = new Style(Screen.STREAM, Colour.PLAIN, Detail.FINDINGS);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void theFirstLineIsThereBeforeAnyCase() {
        report(PIPE).started(Runs.info(3 * 412, 3));

        assertThat(text())
                .isEqualTo(
                        "wstck 0.9.0 · wstck-client 1.2.3 (Java) · profile api · 412 cases · 3 rounds · seed 42 · 2 jobs\n");
    }

    @Test
    void aFailureIsABlockWithAllThatIsNeededToActOnIt() {
        report(PIPE).finished(Runs.result("close.default-code", Runs.FAILED, "   0.4 ms  → GET /", "   0.9 ms  ← 101"));

        assertThat(text()).isEqualTo("""

                        FAILED close.default-code  (close.default, must)  close() without arguments sends 1000
                          Requirement  close(): 1000 on the wire, true, nil  [documentation, Closing]
                          Reason       the wire does not show what the clause demands
                          Expected     a close frame with code 1000
                          Actual       a close frame with code 1001 "bye"
                          at           api/closing.lua:12
                          transcript
                               0.4 ms  → GET /
                               0.9 ms  ← 101
                          rerun        ./wstck run --only close.default-code

                        """);
    }

    @Test
    void anotherFailureWithTheSameCauseIsOneLineAndTheEndListsTheCause() {
        ConsoleReport report = report(PIPE);
        report.finished(Runs.result("a.first", Runs.FAILED));
        report.finished(Runs.result("a.second", Runs.FAILED));
        report.ended(Runs.summary(
                List.of(Runs.result("a.first", Runs.FAILED), Runs.result("a.second", Runs.FAILED)),
                Conclusion.NOT_CONFORMANT));

        assertThat(text())
                .contains("\nFAILED a.second  the same cause as a.first\n")
                .contains("""

                        1 cause of 2 findings:
                        FAILED 2 cases  close.default: close(): 1000 on the wire, true, nil
                             expected a close frame with code 1000, got a close frame with code 1001 "bye"
                             ./wstck run --only a.first

                        2 cases in""");
    }

    @Test
    void anotherWarningWithTheSameCauseIsOnlyCounted() {
        Judgement warned = new Judgement(Verdict.WARNED, "no code was sent", "1009", "1006");
        ConsoleReport report = report(PIPE);
        report.finished(Runs.result("a.first", warned));
        report.finished(Runs.result("a.second", warned));

        assertThat(text()).contains("WARNED a.first").doesNotContain("a.second");
    }

    @Test
    void aWarningIsTwoLines() {
        report(PIPE).finished(Runs.result("a.b", new Judgement(Verdict.WARNED, "no code was sent", "1009", "1006")));

        assertThat(text()).isEqualTo("""
                        WARNED a.b  (close.default, must)  close() without arguments sends 1000
                          no code was sent; expected 1009; got 1006  at api/closing.lua:12
                        """);
    }

    @Test
    void aWarningTellsItsPartsAndAHint() {
        report(PIPE)
                .finished(Runs.result(
                        "a.b",
                        new Judgement(Verdict.WARNED, "no code was sent", "1009", "1006")
                                .noted(new Notes(
                                        List.of(
                                                "required part met (rfc): the end",
                                                "recommended part not met (should): 1009"),
                                        Optional.of("the adapter \u001b[2J")))));

        assertThat(text()).endsWith("""
                          no code was sent; expected 1009; got 1006  at api/closing.lua:12
                          Part         required part met (rfc): the end
                          Part         recommended part not met (should): 1009
                          Hint         the adapter \\u{1b}[2J
                        """);
    }

    @Test
    void whatCouldNotBeJudgedSaysWhy() {
        report(PIPE).finished(Runs.result("a.b", Judgement.of(Verdict.INCONCLUSIVE, "the machine woke 80 ms late")));

        assertThat(text()).contains("INCONCLUSIVE a.b").contains("  Reason       the machine woke 80 ms late\n");
    }

    @Test
    void whatPassedIsSilentUnlessTraced() {
        CaseResult passed = Runs.result("a.b", Runs.PASSED, "→ GET /");

        report(PIPE).finished(passed);
        assertThat(text()).isEmpty();

        report(new Style(Screen.STREAM, Colour.PLAIN, Detail.TRACE)).finished(passed);
        assertThat(text()).contains("PASSED a.b").contains("    → GET /\n");
    }

    @Test
    void aLongTranscriptLosesItsMiddleUnlessTraced() {
        List<String> transcript =
                IntStream.rangeClosed(1, 160).mapToObj(line -> "line " + line).toList();
        CaseResult failed = Runs.result("a.b", Runs.FAILED, 1, transcript);

        report(PIPE).finished(failed);
        assertThat(text())
                .contains("line 60\n    … 40 lines left out here; all are in the events file …\n    line 101\n")
                .doesNotContain("line 61\n", "line 100\n");

        report(new Style(Screen.STREAM, Colour.PLAIN, Detail.TRACE)).finished(failed);
        assertThat(text()).contains("line 61\n", "line 100\n");
    }

    @Test
    void controlCharactersOfOthersNeverReachTheTerminal() {
        String hostile = "a\u001b[2J\u0007\r\nb\u202ec\u0085\u2028\ud800";
        Judgement judgement = new Judgement(Verdict.FAILED, hostile, hostile, hostile);
        ConsoleReport report = report(PIPE);
        report.finished(Runs.result(hostile, judgement, hostile));
        report.finished(Runs.result("w" + hostile, new Judgement(Verdict.WARNED, hostile, hostile, hostile)));
        report.finished(Runs.result("s", Judgement.of(Verdict.SKIPPED, hostile)));
        report.ended(Runs.summary(List.of(), Conclusion.NOT_CONFORMANT));

        assertThat(text())
                .contains("a\\u{1b}[2J\\u{7}\\r\\nb\\u{202e}c\\u{85}\\u{2028}\\u{d800}")
                .doesNotContainPattern("[\\p{Cntrl}\\p{Cf}\\u0085\\u2028&&[^\\n]]");
    }

    @Test
    void aLineLongerThanAScreenIsCutAndSaysHowMuchIsMissing() {
        report(PIPE).finished(Runs.result("a.b", new Judgement(Verdict.FAILED, "x".repeat(1000), "", "")));

        assertThat(text()).contains("Reason       " + "x".repeat(187) + "… (813 more)\n");
    }

    @Test
    void aPipeGetsALineOfProgressHalfASecondApart() {
        ConsoleReport report = report(PIPE);
        report.started(Runs.info(4, 1));
        finishAt(report, 4000, Runs.result("a", Runs.PASSED));
        finishAt(report, 5000, Runs.result("b", Runs.PASSED));
        finishAt(report, 9999, Runs.result("c", Judgement.of(Verdict.SKIPPED, "needs policy")));
        finishAt(report, 10000, Runs.result("d", Judgement.of(Verdict.SKIPPED, "needs policy")));

        assertThat(text().lines().skip(1))
                .containsExactly("  2/4  about 5 s left  2 passed", "  4/4  2 passed  2 skipped");
    }

    @Test
    void aTerminalHasOneLineOfProgressThatAFindingPushesDown() {
        ConsoleReport report = report(new Style(Screen.TERMINAL, Colour.PLAIN, Detail.FINDINGS));
        report.started(Runs.info(3, 1));
        finishAt(report, 100, Runs.result("a", Runs.PASSED));
        finishAt(report, 200, Runs.result("b", Judgement.of(Verdict.WARNED, "no")));

        assertThat(text())
                .endsWith(
                        "\r\u001b[K  [██████░░░░░░░░░░░░░░] 1/3  1 passed\r\u001b[KWARNED b  (close.default, must)  close() without arguments"
                                + " sends 1000\n  no  at api/closing.lua:12\n\r\u001b[K  [█████████████░░░░░░░] 2/3  1 passed  1 warned");
    }

    @Test
    void aFindingThatComesAgainInALaterRoundIsOneLine() {
        ConsoleReport report = report(PIPE);
        report.finished(Runs.result("a.b", Runs.FAILED, 1, List.of("line")));
        report.finished(Runs.result("a.b", Runs.FAILED, 2, List.of("line")));
        report.finished(Runs.result("a.b", Runs.PASSED, 3, List.of("line")));
        report.finished(Runs.result("a.b", Runs.FAILED, 4, List.of("line")));

        assertThat(text().lines().filter(line -> line.startsWith("FAILED")))
                .containsExactly(
                        "FAILED a.b  (close.default, must)  close() without arguments sends 1000",
                        "FAILED a.b  again in round 2",
                        "FAILED a.b  (close.default, must)  close() without arguments sends 1000");
    }

    @Test
    void theSummaryCountsConcludesAndPointsAtTheReports() {
        ConsoleReport report = report(PIPE);
        Runs.play(
                report,
                Conclusion.NOT_CONFORMANT,
                Runs.result("a", Runs.PASSED),
                Runs.result("b", Judgement.of(Verdict.SKIPPED, "needs policy")),
                Runs.result("c", Judgement.of(Verdict.SKIPPED, "needs policy")));

        assertThat(text()).endsWith("""

                        3 cases in 4.2 s: 1 passed, 0 failed, 0 known, 0 warned, 0 observed, 2 skipped, 0 inconclusive
                          2 skipped: needs policy
                        unstable: close.unstable
                        profile api
                          documented API: conformant, 1 of 1 cases judged
                          protocol: no case asked for
                        3 of 4 binding cases judged
                        not conformant
                        reports: out/events.ndjson, out/junit.xml
                        """);
    }

    @Test
    void eachConclusionHasItsWords() {
        report(PIPE).ended(Runs.summary(List.of(), Conclusion.CONFORMANT));
        assertThat(text()).contains("\nconformant\n");
        report(PIPE).ended(Runs.summary(List.of(), Conclusion.NOT_JUDGED));
        assertThat(text()).contains("\nnot judged\n");
    }

    @Test
    void coloursAreWrittenOnlyWhenAskedFor() {
        report(new Style(Screen.TERMINAL, Colour.ANSI, Detail.FINDINGS)).finished(Runs.result("a", Runs.FAILED));

        assertThat(text()).contains("\u001b[1;31mFAILED\u001b[0m a");
    }

    private ConsoleReport report(Style style) {
        bytes.reset();
        return new ConsoleReport(
                new PrintStream(bytes, false, StandardCharsets.UTF_8),
                style,
                "./wstck run",
                List.of(Path.of("out", "events.ndjson"), Path.of("out", "junit.xml")),
                nanos::get);
    }

    private void finishAt(ConsoleReport report, long millis, CaseResult result) {
        nanos.set(millis * 1_000_000);
        report.finished(result);
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
