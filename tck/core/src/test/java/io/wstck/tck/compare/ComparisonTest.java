package io.wstck.tck.compare;

import static io.wstck.tck.report.RunsWithCauses.cause;
import static io.wstck.tck.report.RunsWithCauses.result;
import static io.wstck.tck.report.RunsWithCauses.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.judge.Verdict;
import io.wstck.tck.report.CaseFinished;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests the order of the changes from one run to another. */
class ComparisonTest {
    @Test
    void changesAreOrderedByTheNumbersOfTheCaseIds() {
        Comparison comparison = Comparison.of(run(all(Verdict.PASSED)), run(all(Verdict.FAILED)));

        assertThat(comparison.groups().get(Comparison.Kind.NEWLY_FAILING))
                .extracting(Comparison.Change::id)
                .containsExactly("14.1.2", "14.1.9", "14.1.10");
    }

    private static CaseFinished[] all(Verdict verdict) {
        return Stream.of("14.1.10", "14.1.2", "14.1.9")
                .map(id -> result(id, verdict, cause("any")))
                .toArray(CaseFinished[]::new);
    }
}
