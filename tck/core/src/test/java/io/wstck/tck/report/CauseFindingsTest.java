package io.wstck.tck.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.judge.Cause;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.JudgementNotes;
import io.wstck.tck.judge.KnownStatus;
import io.wstck.tck.judge.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests the grouping of findings by cause, and its order. */
class CauseFindingsTest {
    private static final Cause MASK = new Cause("violation unmasked-frame", "send.masked", "the client masks no frame");
    private static final Cause TEXT =
            new Cause("violation text-not-utf8", "send.invalid-utf8", "the client sends no UTF-8");

    @Test
    void findingsOfOneCauseAreGroupedWhateverTheirClause() {
        List<CauseFindings> causes = CauseFindings.of(List.of(
                finding("a", Verdict.WARNED, MASK),
                finding("b", Verdict.FAILED, MASK),
                finding("c", Verdict.FAILED, MASK),
                finding("d", Verdict.FAILED, TEXT)));

        assertThat(causes).extracting(one -> one.cause().id()).containsExactly(MASK.id(), TEXT.id());
        assertThat(causes.getFirst().ids()).containsExactly("a", "b", "c");
        assertThat(causes.getFirst().example().id()).isEqualTo("b");
        assertThat(causes.getFirst().verdicts()).containsOnlyKeys(Verdict.FAILED, Verdict.WARNED);
        assertThat(causes.getFirst().counted()).isEqualTo("2 cases (and 1 warned)");
    }

    @Test
    void theExampleHasTheWorstVerdictTestsTheOwningClauseAndFailsAsMostOthersDo() {
        Cause cause = new Cause("mask", "close.default", "the client masks no frame");
        CaseFinished ofAnotherClause = testing("send.masked", finding("a", Verdict.FAILED, cause, "common"));
        CaseFinished rare = finding("b", Verdict.FAILED, cause, "rare");
        CaseFinished common = finding("c", Verdict.FAILED, cause, "common");
        CaseFinished warned = finding("d", Verdict.WARNED, cause, "common");

        assertThat(example(warned, ofAnotherClause)).isEqualTo("a");
        assertThat(example(warned, ofAnotherClause, rare)).isEqualTo("b");
        assertThat(example(warned, ofAnotherClause, rare, common)).isEqualTo("c");
    }

    private static CaseFinished testing(String clause, CaseFinished finding) {
        return new CaseFinished(
                finding.id(),
                finding.title(),
                new CaseFinished.Requirement(clause, "", "", ""),
                finding.level(),
                finding.contract(),
                finding.judgement(),
                finding.cause(),
                finding.duration(),
                finding.repetition(),
                finding.attempts(),
                finding.source(),
                finding.measured(),
                finding.transcript(),
                finding.sequence(),
                finding.script(),
                finding.earlier());
    }

    private static String example(CaseFinished... findings) {
        return CauseFindings.of(List.of(findings)).getFirst().example().id();
    }

    @Test
    void aCauseOfFailuresComesBeforeALargerOneOfWarningsAndBeforeOneThatIsKnown() {
        List<CauseFindings> causes = CauseFindings.of(List.of(
                finding("a", Verdict.KNOWN, new Cause("known", "k", "is known")),
                finding("b", Verdict.WARNED, MASK),
                finding("c", Verdict.WARNED, MASK),
                finding("d", Verdict.FAILED, TEXT)));

        assertThat(causes).extracting(one -> one.cause().id()).containsExactly(TEXT.id(), MASK.id(), "known");
    }

    @Test
    void aCaseOfSeveralRoundsIsCountedOnce() {
        List<CauseFindings> causes =
                CauseFindings.of(List.of(finding("a", Verdict.FAILED, MASK), finding("a", Verdict.FAILED, MASK)));

        assertThat(causes.getFirst().cases()).isEqualTo(1);
    }

    @Test
    void aResultWithoutAFindingHasNoCause() {
        assertThat(CauseFindings.of(List.of(
                        finding("a", Verdict.PASSED, MASK),
                        finding("b", Verdict.OBSERVED, MASK),
                        finding("c", Verdict.SKIPPED, MASK),
                        finding("d", Verdict.INCONCLUSIVE, MASK))))
                .isEmpty();
    }

    private static CaseFinished finding(String id, Verdict verdict, Cause cause) {
        return finding(id, verdict, cause, "s");
    }

    private static CaseFinished finding(String id, Verdict verdict, Cause cause, String signature) {
        Judgement judgement = new Judgement(
                verdict,
                "why",
                "this",
                "that",
                signature,
                KnownStatus.UNLISTED,
                Optional.of(cause),
                Optional.empty(),
                JudgementNotes.NONE);
        return CaseFinished.of(SampleRuns.result(id, judgement));
    }
}
