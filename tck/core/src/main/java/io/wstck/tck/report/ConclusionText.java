package io.wstck.tck.report;

import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.RunSummary.Conclusion;
import java.util.Optional;

/**
 * The conclusion of a recorded run in a few words, for a badge and a report, also if the record is truncated.
 *
 * @param phrase a few words, such as {@code not conformant}
 */
record ConclusionText(Tone tone, String phrase) {
    /** How good the conclusion is. */
    enum Tone {
        GOOD,
        /** Good, with known deviations. */
        FAIR,
        BAD,
        /** There is no conclusion. */
        UNKNOWN
    }

    static ConclusionText of(RecordedRun run) {
        Optional<RunFinished> footer = run.finished();
        if (footer.isEmpty()) {
            return new ConclusionText(Tone.UNKNOWN, "truncated");
        }
        int known = footer.get().verdicts().get(Verdict.KNOWN);
        return switch (footer.get().conclusion()) {
            case CONFORMANT -> new ConclusionText(Tone.GOOD, "conformant");
            case KNOWN_DEVIATIONS ->
                new ConclusionText(
                        Tone.FAIR,
                        "conformant but for " + known + (known == 1 ? " known deviation" : " known deviations"));
            case NOT_CONFORMANT -> new ConclusionText(Tone.BAD, "not conformant");
            case LIST_OUTDATED -> new ConclusionText(Tone.BAD, "list of known deviations out of date");
            case NOTHING_BINDING -> new ConclusionText(Tone.UNKNOWN, "nothing binding judged");
            case NOT_JUDGED -> new ConclusionText(Tone.UNKNOWN, "not judged");
            case INTERRUPTED ->
                new ConclusionText(Tone.UNKNOWN, footer.get().early().isPresent() ? "ended early" : "interrupted");
        };
    }

    /** A sentence for a run without all its cases; empty for a complete one. */
    static Optional<String> incomplete(RecordedRun run) {
        String cases = run.cases().size() + " of " + run.started().cases() + " cases";
        if (run.finished().isEmpty()) {
            return Optional.of("The events are truncated after " + cases + ": the run was killed, or lines are lost.");
        }
        RunFinished footer = run.finished().get();
        if (footer.conclusion() != Conclusion.INTERRUPTED) {
            return Optional.empty();
        }
        return Optional.of("The run " + (footer.early().isPresent() ? "ended early, " : "was interrupted ") + "after "
                + cases + ".");
    }
}
