package io.wstck.tck.run;

import io.wstck.tck.catalogue.Level;
import io.wstck.tck.judge.Listing;
import io.wstck.tck.judge.Verdict;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * How a run ended.
 *
 * @param verdicts how many case results have each verdict; every verdict has an entry
 * @param judged how many results of binding cases are a verdict about the implementation
 * @param binding how many results of binding cases there were, skipped ones left out
 * @param unstable ids of cases whose verdict was not the same in every repetition
 * @param outdated ids of cases that are listed as known deviations, and passed
 */
public record RunSummary(
        Map<Verdict, Integer> verdicts,
        int judged,
        int binding,
        List<String> unstable,
        List<String> outdated,
        Conclusion conclusion,
        Duration duration) {
    public RunSummary {
        verdicts = Map.copyOf(verdicts);
        unstable = List.copyOf(unstable);
        outdated = List.copyOf(outdated);
    }

    /** What a run says as a whole. */
    public enum Conclusion {
        /** Every applicable binding case was judged and none failed. */
        CONFORMANT,
        /** Every applicable binding case was judged, and all that failed did so as the list of known deviations says. */
        KNOWN_DEVIATIONS,
        /** A binding case failed. */
        NOT_CONFORMANT,
        /** No binding case failed, but one that is listed as a known deviation passed. */
        LIST_OUTDATED,
        /** Only cases that do not bind were asked for, and they were judged: nothing is said about conformance. */
        NOTHING_BINDING,
        /** The kit could not judge: a binding case was inconclusive, none applied, or no case was judged at all. */
        NOT_JUDGED,
        /** The run was ended before all cases were played. */
        INTERRUPTED
    }

    /** Whether all cases were played. */
    public enum Ending {
        COMPLETE,
        INTERRUPTED
    }

    /** As much of a case result as a summary needs. */
    public record Result(String id, Level level, Verdict verdict, Listing listing) {
        static Result of(CaseResult result) {
            return new Result(
                    result.testCase().id(),
                    result.testCase().level(),
                    result.verdict(),
                    result.judgement().listing());
        }
    }

    /** Sums up results, those of every repetition. */
    public static RunSummary of(Collection<Result> results, Ending ending, Duration duration) {
        Totals totals = new Totals();
        results.forEach(totals::add);
        return totals.summary(ending, duration);
    }
}
