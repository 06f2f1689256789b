package io.wstck.tck.run;

import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.RunSummary.Conclusion;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** Adds results up to a summary; what it keeps grows with the cases, not with their repetitions. One thread at a time. */
final class Tally {
    private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    private final Map<String, Verdict> first = new HashMap<>();
    private final TreeSet<String> unstable = new TreeSet<>();
    private int judged;
    private int binding;
    private Demand demand = Demand.NOTHING_BINDING;

    /** What the cases ask for, skipped ones too. */
    private enum Demand {
        NOTHING_BINDING,
        BINDING
    }

    Tally() {
        for (Verdict verdict : Verdict.values()) {
            verdicts.put(verdict, 0);
        }
    }

    void add(CaseResult result) {
        Verdict verdict = result.verdict();
        verdicts.merge(verdict, 1, Integer::sum);
        String id = result.testCase().id();
        Verdict before = first.putIfAbsent(id, verdict);
        if (before != null && before != verdict) {
            unstable.add(id);
        }
        if (result.testCase().level().binding()) {
            demand = Demand.BINDING;
            binding += verdict == Verdict.SKIPPED ? 0 : 1;
            judged += verdict == Verdict.SKIPPED || verdict == Verdict.INCONCLUSIVE ? 0 : 1;
        }
    }

    RunSummary summary(Duration duration) {
        return new RunSummary(verdicts, judged, binding, unstable.stream().toList(), conclusion(), duration);
    }

    private Conclusion conclusion() {
        if (verdicts.get(Verdict.FAILED) > 0) {
            return Conclusion.NOT_CONFORMANT;
        }
        int unjudged = verdicts.get(Verdict.SKIPPED) + verdicts.get(Verdict.INCONCLUSIVE);
        boolean any = verdicts.values().stream().mapToInt(Integer::intValue).sum() > unjudged;
        if (!any || judged < binding) {
            return Conclusion.NOT_JUDGED;
        }
        if (binding > 0) {
            return Conclusion.CONFORMANT;
        }
        return demand == Demand.BINDING ? Conclusion.NOT_JUDGED : Conclusion.NOTHING_BINDING;
    }
}
