package io.wstck.tck.report;

import static io.wstck.tck.report.RunsWithCauses.cause;
import static io.wstck.tck.report.RunsWithCauses.result;
import static io.wstck.tck.report.RunsWithCauses.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.KnownStatus;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.RunSummary;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reports order cases by the numbers of their ids: 14.1.2 comes before 14.1.10. */
class CaseOrderTest {
    private static final List<CaseFinished> FAILED = failed("14.1.10", "14.1.2", "14.1.9");

    @Test
    void casesOfACauseAreOrderedByNumber() {
        CauseFindings cause = CauseFindings.of(FAILED).getFirst();

        assertThat(cause.ids()).containsExactly("14.1.2", "14.1.9", "14.1.10");
        assertThat(cause.example().id()).isEqualTo("14.1.2");
    }

    @Test
    void causesOfTheSameWeightAreOrderedByNumber() {
        List<CauseFindings> causes = CauseFindings.of(
                List.of(result("a", Verdict.FAILED, cause("14.10")), result("b", Verdict.FAILED, cause("14.2"))));

        assertThat(causes).extracting(one -> one.cause().clause()).containsExactly("clause.14.2", "clause.14.10");
    }

    @Test
    void casesOfTheHtmlReportAreOrderedByNumber() {
        assertThat(ReportedCase.of(List.of(run(FAILED.toArray(CaseFinished[]::new)))))
                .extracting(one -> one.first().id())
                .containsExactly("14.1.2", "14.1.9", "14.1.10");
    }

    @Test
    void casesOfADraftedListAreOrderedByNumber() {
        String yaml = KnownListDraft.of(run(FAILED.toArray(CaseFinished[]::new)), KnownListDraft.Warnings.LEFT_OUT)
                .yaml();

        assertThat(yaml).containsSubsequence("- \"14.1.2\"\n", "- \"14.1.9\"\n", "- \"14.1.10\"\n");
    }

    @Test
    void unstableCasesAreOrderedByNumber() {
        List<RunSummary.Result> results = Stream.concat(
                        FAILED.stream(), FAILED.stream().map(one -> result(one.id(), Verdict.PASSED, one.cause(), 2)))
                .map(CaseFinished::result)
                .toList();

        assertThat(RunSummary.of(Profile.PROTOCOL, results, RunSummary.Completion.COMPLETE, Duration.ZERO)
                        .unstable())
                .containsExactly("14.1.2", "14.1.9", "14.1.10");
    }

    private static List<CaseFinished> failed(String... ids) {
        return Stream.of(ids)
                .map(id -> withSignature(result(id, Verdict.FAILED, cause("any"))))
                .toList();
    }

    /** A drafted list has only findings with a signature. */
    private static CaseFinished withSignature(CaseFinished finding) {
        return new CaseFinished(
                finding.id(),
                finding.title(),
                finding.requirement(),
                finding.level(),
                finding.contract(),
                new Judgement(Verdict.FAILED, "", "", "", "script equal", KnownStatus.UNLISTED),
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
}
