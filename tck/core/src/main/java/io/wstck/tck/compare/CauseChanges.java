package io.wstck.tck.compare;

import io.wstck.tck.judge.Verdict;
import io.wstck.tck.report.CaseFinished;
import io.wstck.tck.report.CauseFindings;
import io.wstck.tck.report.RecordedRun;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The causes that only one of two runs has.
 *
 * @param appeared causes of the later run only, in the order of {@link CauseFindings#of}
 * @param gone causes of the earlier run only, in the same order
 */
record CauseChanges(List<Change> appeared, List<Change> gone) {
    private static final Set<Verdict> NOT_JUDGED = EnumSet.of(Verdict.SKIPPED, Verdict.INCONCLUSIVE);

    CauseChanges {
        appeared = List.copyOf(appeared);
        gone = List.copyOf(gone);
    }

    /**
     * A cause of one run.
     *
     * @param judgedInOtherRun whether the other run judged a case that shows the cause; otherwise the implementation
     * may have the defect there, too
     */
    record Change(CauseFindings cause, boolean judgedInOtherRun) {}

    static CauseChanges of(RecordedRun before, RecordedRun after) {
        return new CauseChanges(onlyIn(after, before), onlyIn(before, after));
    }

    private static List<Change> onlyIn(RecordedRun run, RecordedRun other) {
        Set<String> known = other.cases().stream()
                .filter(CaseFinished::isFinding)
                .map(result -> result.cause().id())
                .collect(Collectors.toSet());
        Set<String> judged = other.cases().stream()
                .filter(result -> !NOT_JUDGED.contains(result.verdict()))
                .map(CaseFinished::id)
                .collect(Collectors.toSet());
        return CauseFindings.of(run.cases()).stream()
                .filter(cause -> !known.contains(cause.cause().id()))
                .map(cause -> new Change(cause, cause.ids().stream().anyMatch(judged::contains)))
                .toList();
    }
}
