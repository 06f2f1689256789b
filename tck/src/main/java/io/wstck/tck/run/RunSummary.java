package io.wstck.tck.run;

import io.wstck.tck.judge.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a run ended.
 *
 * @param verdicts how many case results have each verdict; every verdict has an entry
 * @param judged how many cases of binding clauses have a verdict about the implementation
 * @param binding how many applicable cases of binding clauses there were
 * @param unstable ids of cases whose verdict was not the same in every repetition
 */
public record RunSummary(
        Map<Verdict, Integer> verdicts, int judged, int binding, List<String> unstable, Conclusion conclusion, Duration duration) {

    /** What a run says as a whole. */
    public enum Conclusion {
        /** Every applicable binding clause was judged and none failed. */
        CONFORMANT,
        /** A binding clause failed. */
        NOT_CONFORMANT,
        /** The kit could not judge: a case was inconclusive, or none was judged. */
        NOT_JUDGED
    }
}
