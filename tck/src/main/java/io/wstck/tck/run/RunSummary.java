package io.wstck.tck.run;

import io.wstck.tck.judge.Verdict;
import java.time.Duration;
import java.util.EnumMap;
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

    static RunSummary of(List<CaseResult> results, Duration duration) {
        Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            verdicts.put(verdict, 0);
        }
        results.forEach(result -> verdicts.merge(result.verdict(), 1, Integer::sum));
        List<CaseResult> binding = results.stream()
                .filter(result -> result.testCase().level().binding() && result.verdict() != Verdict.SKIPPED)
                .toList();
        int judged = (int) binding.stream()
                .filter(result -> result.verdict() != Verdict.INCONCLUSIVE)
                .count();
        return new RunSummary(
                verdicts,
                judged,
                binding.size(),
                unstable(results),
                conclude(results, judged, binding.size()),
                duration);
    }

    private static Conclusion conclude(List<CaseResult> results, int judged, int binding) {
        boolean any = results.stream()
                .anyMatch(result -> result.verdict() != Verdict.SKIPPED && result.verdict() != Verdict.INCONCLUSIVE);
        if (results.stream().anyMatch(result -> result.verdict() == Verdict.FAILED)) {
            return Conclusion.NOT_CONFORMANT;
        }
        if (!any || judged < binding) {
            return Conclusion.NOT_JUDGED;
        }
        if (binding > 0) {
            return Conclusion.CONFORMANT;
        }
        boolean asked =
                results.stream().anyMatch(result -> result.testCase().level().binding());
        return asked ? Conclusion.NOT_JUDGED : Conclusion.NOTHING_BINDING;
    }

    private static List<String> unstable(List<CaseResult> results) {
        return Runner.byCase(results).entrySet().stream()
                .filter(entry -> entry.getValue().stream()
                                .map(CaseResult::verdict)
                                .distinct()
                                .count()
                        > 1)
                .map(entry -> entry.getKey().id())
                .sorted()
                .toList();
    }
}
