package io.wstck.tck.compare;

import io.wstck.tck.judge.Verdict;
import io.wstck.tck.report.CaseFinished;
import io.wstck.tck.report.RecordedRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Reduces the rounds of each case to its worst result. Stateless. */
final class WorstResults {
    /** Verdicts, worst first. */
    static final List<Verdict> WORST_FIRST = List.of(
            Verdict.FAILED,
            Verdict.INCONCLUSIVE,
            Verdict.KNOWN,
            Verdict.WARNED,
            Verdict.OBSERVED,
            Verdict.PASSED,
            Verdict.SKIPPED);

    private WorstResults() {}

    /** The worst result of each case by its id, in the order of the file. */
    static SequencedMap<String, CaseFinished> of(RecordedRun run) {
        SequencedMap<String, CaseFinished> results = new LinkedHashMap<>();
        for (CaseFinished result : run.cases()) {
            results.merge(result.id(), result, WorstResults::worse);
        }
        return results;
    }

    private static CaseFinished worse(CaseFinished one, CaseFinished other) {
        return rank(other.verdict()) < rank(one.verdict()) ? other : one;
    }

    static int rank(Verdict verdict) {
        return WORST_FIRST.indexOf(verdict);
    }
}
