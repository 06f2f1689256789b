package io.wstck.tck.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.JudgementNotes;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.report.ConsoleStyle.Colour;
import io.wstck.tck.report.ConsoleStyle.Detail;
import io.wstck.tck.report.ConsoleStyle.Screen;
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

/** Tests the output of a run on the console. */
class ConsoleReportTest {
    private static final ConsoleStyle PIPE = new ConsoleStyle(Screen.STREAM, Colour.PLAIN, Detail.FINDINGS);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void theFirstLineIsThereBeforeAnyCase() {
        report(PIPE).started(SampleRuns.info(3 * 412, 3));

        assertThat(text())
                .isEqualTo(
                        "wstck 0.9.0 · wstck-client 1.2.3 (Java) · profile api · 412 cases · 3 rounds · seed 42 · 2 jobs\n");
    }

    @Test
    void aFailureIsABlockWithAllThatIsNeededToActOnIt() {
        report(PIPE)
                .finished(SampleRuns.result(
                        "close.default-code", SampleRuns.FAILED, "   0.4 ms  → GET /", "   0.9 ms  ← 101"));

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
        report.finished(SampleRuns.result("a.first", SampleRuns.FAILED));
        report.finished(SampleRuns.result("a.second", SampleRuns.FAILED));
        report.ended(SampleRuns.summary(
                List.of(
                        SampleRuns.result("a.first", SampleRuns.FAILED),
                        SampleRuns.result("a.second", SampleRuns.FAILED)),
                Conclusion.NOT_CONFORMANT));

        assertThat(text())
                .contains("\nFAILED a.second  the same cause as a.first\n")
                .contains("""

                        2 findings with 1 cause; the command of each cause plays one of its cases:
                        FAILED 2 cases  close.default: close(): 1000 on the wire, true, nil
                             expected a close frame with code 1000, got a close frame with code 1001 "bye"
                             ./wstck run --only a.first

                        2 cases in""");
    }

    @Test
    void anotherWarningWithTheSameCauseIsOnlyCounted() {
        Judgement warned = new Judgement(Verdict.WARNED, "no code was sent", "1009", "1006");
        ConsoleReport report = report(PIPE);
        report.finished(SampleRuns.result("a.first", warned));
        report.finished(SampleRuns.result("a.second", warned));

        assertThat(text()).contains("WARNED a.first").doesNotContain("a.second");
    }

    @Test
    void aWarningIsTwoLines() {
        report(PIPE)
                .finished(SampleRuns.result("a.b", new Judgement(Verdict.WARNED, "no code was sent", "1009", "1006")));

        assertThat(text()).isEqualTo("""
                        WARNED a.b  (close.default, must)  close() without arguments sends 1000
                          no code was sent; expected 1009; got 1006  at api/closing.lua:12
                        """);
    }

    @Test
    void aWarningHasItsPartsAndAHint() {
        report(PIPE)
                .finished(SampleRuns.result(
                        "a.b",
                        new Judgement(Verdict.WARNED, "no code was sent", "1009", "1006")
                                .withNotes(new JudgementNotes(
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
    void anInconclusiveCaseHasItsReason() {
        report(PIPE)
                .finished(SampleRuns.result("a.b", Judgement.of(Verdict.INCONCLUSIVE, "the machine woke 80 ms late")));

        assertThat(text()).contains("INCONCLUSIVE a.b").contains("  Reason       the machine woke 80 ms late\n");
    }

    @Test
    void aPassedCaseIsSilentUnlessTraced() {
        CaseResult passed = SampleRuns.result("a.b", SampleRuns.PASSED, "→ GET /");

        report(PIPE).finished(passed);
        assertThat(text()).isEmpty();

        report(new ConsoleStyle(Screen.STREAM, Colour.PLAIN, Detail.TRACE)).finished(passed);
        assertThat(text()).contains("PASSED a.b").contains("    → GET /\n");
    }

    @Test
    void aLongTranscriptLosesItsMiddleUnlessTraced() {
        List<String> transcript =
                IntStream.rangeClosed(1, 160).mapToObj(line -> "line " + line).toList();
        CaseResult failed = SampleRuns.result("a.b", SampleRuns.FAILED, 1, transcript);

        report(PIPE).finished(failed);
        assertThat(text())
                .contains("line 60\n    … 40 lines left out here; all are in the events file …\n    line 101\n")
                .doesNotContain("line 61\n", "line 100\n");

        report(new ConsoleStyle(Screen.STREAM, Colour.PLAIN, Detail.TRACE)).finished(failed);
        assertThat(text()).contains("line 61\n", "line 100\n");
    }

    @Test
    void foreignControlCharactersNeverReachTheTerminal() {
        String hostile = "a\u001b[2J\u0007\r\nb\u202ec\u0085\u2028\ud800";
        Judgement judgement = new Judgement(Verdict.FAILED, hostile, hostile, hostile);
        ConsoleReport report = report(PIPE);
        report.finished(SampleRuns.result(hostile, judgement, hostile));
        report.finished(SampleRuns.result("w" + hostile, new Judgement(Verdict.WARNED, hostile, hostile, hostile)));
        report.finished(SampleRuns.result("s", Judgement.of(Verdict.SKIPPED, hostile)));
        report.ended(SampleRuns.summary(List.of(), Conclusion.NOT_CONFORMANT));

        assertThat(text())
                .contains("a\\u{1b}[2J\\u{7}\\r\\nb\\u{202e}c\\u{85}\\u{2028}\\u{d800}")
                .doesNotContainPattern("[\\p{Cntrl}\\p{Cf}\\u0085\\u2028&&[^\\n]]");
    }

    @Test
    void aLineLongerThanAScreenIsCutAndSaysHowMuchIsMissing() {
        report(PIPE).finished(SampleRuns.result("a.b", new Judgement(Verdict.FAILED, "x".repeat(1000), "", "")));

        assertThat(text()).contains("Reason       " + "x".repeat(187) + "… (813 more)\n");
    }

    @Test
    void aPipeGetsALineOfProgressAfterHalfASecondAndThenEveryFive() {
        ConsoleReport report = report(PIPE);
        report.started(SampleRuns.info(6, 1));
        finishAt(report, 499, SampleRuns.result("a", SampleRuns.PASSED));
        finishAt(report, 500, SampleRuns.result("b", SampleRuns.PASSED));
        finishAt(report, 5499, SampleRuns.result("c", SampleRuns.PASSED));
        finishAt(report, 5500, SampleRuns.result("d", SampleRuns.PASSED));
        finishAt(report, 10499, SampleRuns.result("e", Judgement.of(Verdict.SKIPPED, "needs policy")));
        finishAt(report, 10500, SampleRuns.result("f", Judgement.of(Verdict.SKIPPED, "needs policy")));

        assertThat(text().lines().skip(1))
                .containsExactly("  2/6  2 passed", "  4/6  about 3 s left  4 passed", "  6/6  4 passed  2 skipped");
    }

    @Test
    void aTerminalHasOneLineOfProgressThatAFindingPushesDown() {
        ConsoleReport report = report(new ConsoleStyle(Screen.TERMINAL, Colour.PLAIN, Detail.FINDINGS));
        report.started(SampleRuns.info(3, 1));
        finishAt(report, 100, SampleRuns.result("a", SampleRuns.PASSED));
        finishAt(report, 200, SampleRuns.result("b", Judgement.of(Verdict.WARNED, "no")));

        assertThat(text())
                .endsWith("\r\u001b[K\u001b[?7l  [██████░░░░░░░░░░░░░░] 1/3  1 passed\u001b[?7h"
                        + "\r\u001b[KWARNED b  (close.default, must)  close() without arguments sends 1000\n"
                        + "  no  at api/closing.lua:12\n"
                        + "\r\u001b[K\u001b[?7l  [█████████████░░░░░░░] 2/3  1 passed  1 warned\u001b[?7h");
    }

    @Test
    void aFindingThatComesAgainInALaterRoundIsOneLine() {
        ConsoleReport report = report(PIPE);
        report.finished(SampleRuns.result("a.b", SampleRuns.FAILED, 1, List.of("line")));
        report.finished(SampleRuns.result("a.b", SampleRuns.FAILED, 2, List.of("line")));
        report.finished(SampleRuns.result("a.b", SampleRuns.PASSED, 3, List.of("line")));
        report.finished(SampleRuns.result("a.b", SampleRuns.FAILED, 4, List.of("line")));

        assertThat(text().lines().filter(line -> line.startsWith("FAILED")))
                .containsExactly(
                        "FAILED a.b  (close.default, must)  close() without arguments sends 1000",
                        "FAILED a.b  again in round 2",
                        "FAILED a.b  (close.default, must)  close() without arguments sends 1000");
    }

    @Test
    void theSummaryHasCountsConclusionAndReports() {
        ConsoleReport report = report(PIPE);
        SampleRuns.play(
                report,
                Conclusion.NOT_CONFORMANT,
                SampleRuns.result("a", SampleRuns.PASSED),
                SampleRuns.result("b", Judgement.of(Verdict.SKIPPED, "needs policy")),
                SampleRuns.result("c", Judgement.of(Verdict.SKIPPED, "needs policy")));

        assertThat(text()).endsWith("""

                        3 cases in 4.2 s: 1 passed, 0 failed, 0 known, 0 warned, 0 observed, 2 skipped, 0 inconclusive
                          2 skipped: needs policy
                        unstable, with different verdicts in different attempts: close.unstable
                        profile api
                          documented API: conformant, 1 of 1 cases judged
                          protocol: no case selected
                        3 of 4 binding cases judged
                        not conformant
                        reports: out/events.ndjson, out/junit.xml
                        """);
    }

    @Test
    void eachConclusionHasItsWords() {
        report(PIPE).ended(SampleRuns.summary(List.of(), Conclusion.CONFORMANT));
        assertThat(text()).contains("\nconformant\n");
        report(PIPE).ended(SampleRuns.summary(List.of(), Conclusion.NOT_JUDGED));
        assertThat(text()).contains("\nnot judged\n");
    }

    @Test
    void coloursAreWrittenOnlyWhenAskedFor() {
        report(new ConsoleStyle(Screen.TERMINAL, Colour.ANSI, Detail.FINDINGS))
                .finished(SampleRuns.result("a", SampleRuns.FAILED));

        assertThat(text()).contains("\u001b[1;31mFAILED\u001b[0m a");
    }

    private ConsoleReport report(ConsoleStyle style) {
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
