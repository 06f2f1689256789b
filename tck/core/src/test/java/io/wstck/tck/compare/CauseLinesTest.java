package io.wstck.tck.compare;

import static io.wstck.tck.report.RunsWithCauses.cause;
import static io.wstck.tck.report.RunsWithCauses.result;
import static io.wstck.tck.report.RunsWithCauses.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.judge.Cause;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.report.CaseFinished;
import io.wstck.tck.report.RecordedRun;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests the lines about changed causes in a comparison. */
class CauseLinesTest {
    private static final RecordedRun BEFORE = run(
            result("a", Verdict.FAILED, cause("old")),
            result("b", Verdict.FAILED, cause("both")),
            result("c", Verdict.PASSED, cause("none")),
            result("d", Verdict.PASSED, cause("none")));
    private static final RecordedRun AFTER = run(
            result("a", Verdict.PASSED, cause("none")),
            result("b", Verdict.KNOWN, cause("both")),
            result("c", Verdict.WARNED, cause("new")),
            result("d", Verdict.FAILED, cause("new")));

    @Test
    void causesOfOnlyOneRunAreListedAboveTheCases() {
        assertThat(text(BEFORE, AFTER).subList(2, 9))
                .containsExactly(
                        "",
                        "new causes: 1",
                        "  clause.new  2 cases",
                        "      the client does new",
                        "",
                        "causes gone: 1",
                        "  clause.old  1 case");
        assertThat(text(BEFORE, AFTER)).doesNotContain("      the client does both", "      the client does none");
        assertThat(text(BEFORE, AFTER).subList(9, 12))
                .containsExactly("      the client does old", "", "newly failing: 1");
    }

    @Test
    void runsWithTheSameCausesHaveNoLineForThem() {
        assertThat(text(BEFORE, BEFORE)).noneMatch(line -> line.contains("cause"));
    }

    @Test
    void aCaseWithSeveralRoundsCountsOnce() {
        RecordedRun twice =
                run(result("a", Verdict.FAILED, cause("new"), 1), result("a", Verdict.FAILED, cause("new"), 2));

        assertThat(text(run(result("a", Verdict.PASSED, cause("none"))), twice)).contains("  clause.new  1 case");
    }

    @Test
    void aGoneCauseWithoutJudgedCasesIsMarked() {
        String line = "  clause.old  1 case, not judged in the other run";

        assertThat(text(BEFORE, run(result("a", Verdict.SKIPPED, cause("none")))))
                .contains(line);
        assertThat(text(BEFORE, run(result("a", Verdict.INCONCLUSIVE, cause("none")))))
                .contains(line);
        assertThat(text(BEFORE, run(result("x", Verdict.PASSED, cause("none")))))
                .contains(line);
    }

    @Test
    void markdownHasATableForEach() {
        assertThat(String.join("\n", ComparisonLines.markdown(Comparison.of(BEFORE, AFTER))))
                .contains("""

                ### new causes: 1

                | clause | cases | cause |
                |---|---|---|
                | clause.new | 2 cases | the client does new |

                ### causes gone: 1

                | clause | cases | cause |
                |---|---|---|
                | clause.old | 1 case | the client does old |

                ### newly failing: 1
                """);
    }

    @Test
    void aCauseOfAForeignFileIsEscapedAndCut() {
        Cause hostile = new Cause("id\u001b", "clause\u202e", "\u001b[2J|<img>" + "x".repeat(500));
        RecordedRun after = run(result("a", Verdict.FAILED, hostile));

        assertThat(text(run(), after))
                .contains(
                        "  clause\\u{202e}  1 case, not judged in the other run",
                        "      \\u{1b}[2J|<img>" + "x".repeat(290) + "… (210 more)");
        assertThat(ComparisonLines.markdown(Comparison.of(run(), after)))
                .contains("| clause&#92;u&#123;202e&#125; | 1 case, not judged in the other run | "
                        + "&#92;u&#123;1b&#125;&#91;2J&#124;&#60;img&#62;" + "x".repeat(290) + "… (210 more) |");
    }

    @Test
    void aCauseWithoutASentenceIsNamedByItsId() {
        RecordedRun after = run(result("a", Verdict.FAILED, new Cause("the id", "clause.a", "")));

        assertThat(text(run(), after)).contains("      the id");
    }

    @Test
    void onlyFiftyCausesAreListedAndTheOthersCounted() {
        CaseFinished[] results = IntStream.range(0, 60)
                .mapToObj(number -> result("case-" + number, Verdict.FAILED, cause("n" + number)))
                .toArray(CaseFinished[]::new);

        assertThat(text(run(), run(results)))
                .contains("new causes: 60", "  … and 10 more")
                .filteredOn(line -> line.startsWith("      the client does n"))
                .hasSize(50);
        assertThat(ComparisonLines.markdown(Comparison.of(run(results), run())))
                .contains("### causes gone: 60", "\n… and 10 more");
    }

    private static List<String> text(RecordedRun before, RecordedRun after) {
        return ComparisonLines.text(Comparison.of(before, after));
    }
}
