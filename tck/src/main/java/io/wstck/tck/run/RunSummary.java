package io.wstck.tck.run;

import io.wstck.tck.judge.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a run ended.
 *
 * @param verdicts how many case results have each verdict; every verdict has an entry
 * @param judged how many results of binding cases are a verdict about the implementation
 * @param binding how many results of binding cases there were, skipped ones left out
 * @param unstable ids of cases whose verdict was not the same in every repetition
 */
public record RunSummary(
        Map<Verdict, Integer> verdicts,
        int judged,
        int binding,
        List<String> unstable,
        Conclusion conclusion,
        Duration duration) {

    public RunSummary {
        verdicts = Map.copyOf(verdicts);
        unstable = List.copyOf(unstable);
    }

    /** What a run says as a whole. */
    public enum Conclusion {
        /** Every applicable binding case was judged and none failed. */
        CONFORMANT,
        /** A binding case failed. */
        NOT_CONFORMANT,
        /** Only cases that do not bind were asked for, and they were judged: nothing is said about conformance. */
        NOTHING_BINDING,
        /** The kit could not judge: a binding case was inconclusive, none applied, or no case was judged at all. */
        NOT_JUDGED
    }
}
