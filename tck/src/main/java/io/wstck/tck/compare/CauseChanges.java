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
 * Which causes one of two runs has and the other has not.
 *
 * @param appeared of the later run, in the order of {@link CauseFindings#of}
 * @param gone of the earlier run, in the same order
 */
record CauseChanges(List<Change> appeared, List<Change> gone) {
    private static final Set<Verdict> NOT_JUDGED = EnumSet.of(Verdict.SKIPPED, Verdict.INCONCLUSIVE);

    CauseChanges {
        appeared = List.copyOf(appeared);
        gone = List.copyOf(gone);
    }

    /** What the run without the cause says of the cases in which the other run shows it. */
    enum OtherRun {
        /** It judged one of these cases at least. */
        JUDGED,
        /** It judged none of these cases: the implementation may have the defect all the same. */
        NOT_JUDGED
    }

    /** A cause of one run, and how much the other run says of it. */
    record Change(CauseFindings cause, OtherRun other) {}

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
                .map(cause -> new Change(
                        cause, cause.ids().stream().anyMatch(judged::contains) ? OtherRun.JUDGED : OtherRun.NOT_JUDGED))
                .toList();
    }
}
