package io.wstck.tck.compare;

import static io.wstck.tck.report.RunsWithCauses.cause;
import static io.wstck.tck.report.RunsWithCauses.result;
import static io.wstck.tck.report.RunsWithCauses.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.judge.Verdict;
import io.wstck.tck.report.CaseFinished;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the order of the rows of a matrix. */
class MatrixTest {
    @Test
    void clausesAreOrderedByTheNumbersOfTheirIds() {
        Matrix matrix = Matrix.of(List.of(run(failed("14.1.10"), failed("14.1.2")), run(failed("14.1.9"))));

        assertThat(matrix.rows())
                .extracting(Matrix.Row::clause)
                .containsExactly("clause.14.1.2", "clause.14.1.9", "clause.14.1.10");
    }

    @Test
    void sectionsAreOrderedByTheirNumbers() {
        Matrix matrix = Matrix.of(List.of(run(
                inSection("10 Fragmentation by size", failed("10.1.1")),
                inSection("2 Pings and pongs", failed("2.1")))));

        assertThat(matrix.rows())
                .extracting(Matrix.Row::section)
                .containsExactly("2 Pings and pongs", "10 Fragmentation by size");
    }

    private static CaseFinished failed(String id) {
        return result(id, Verdict.FAILED, cause(id));
    }

    private static CaseFinished inSection(String section, CaseFinished finished) {
        return new CaseFinished(
                finished.id(),
                finished.title(),
                new CaseFinished.Requirement(finished.requirement().clause(), section, "", ""),
                finished.level(),
                finished.contract(),
                finished.judgement(),
                finished.cause(),
                finished.duration(),
                finished.repetition(),
                finished.attempts(),
                finished.source(),
                finished.measured(),
                finished.transcript(),
                finished.sequence(),
                finished.script(),
                finished.earlier());
    }
}
