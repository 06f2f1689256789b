package io.wstck.tck.report;

import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.RunSummary.Conclusion;
import java.util.Optional;

/**
 * What a recorded run says as a whole, also one that is truncated.
 *
 * @param phrase a few words: {@code not conformant}
 */
record Outcome(Tone tone, String phrase) {
    /** How it is to be taken. */
    enum Tone {
        GOOD,
        /** Good, with a reservation. */
        FAIR,
        BAD,
        /** Nothing is known. */
        UNKNOWN
    }

    static Outcome of(RecordedRun run) {
        Optional<RunFinished> footer = run.finished();
        if (footer.isEmpty()) {
            return new Outcome(Tone.UNKNOWN, "truncated");
        }
        int known = footer.get().verdicts().get(Verdict.KNOWN);
        return switch (footer.get().conclusion()) {
            case CONFORMANT -> new Outcome(Tone.GOOD, "conformant");
            case KNOWN_DEVIATIONS ->
                new Outcome(
                        Tone.FAIR,
                        "conformant but for " + known + (known == 1 ? " known deviation" : " known deviations"));
            case NOT_CONFORMANT -> new Outcome(Tone.BAD, "not conformant");
            case LIST_OUTDATED -> new Outcome(Tone.BAD, "list of known deviations out of date");
            case NOTHING_BINDING -> new Outcome(Tone.UNKNOWN, "nothing binding judged");
            case NOT_JUDGED -> new Outcome(Tone.UNKNOWN, "not judged");
            case INTERRUPTED ->
                new Outcome(Tone.UNKNOWN, footer.get().early().isPresent() ? "ended early" : "interrupted");
        };
    }

    /** The sentence for a run that is not all there. */
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
