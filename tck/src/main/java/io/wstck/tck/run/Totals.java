package io.wstck.tck.run;

import io.wstck.tck.judge.Listing;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.RunSummary.Conclusion;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Adds results up to a summary; what it keeps grows with the cases, not with their repetitions. One thread at a time. */
final class Totals {
    private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    private final Map<String, Verdict> first = new HashMap<>();
    private final TreeSet<String> unstable = new TreeSet<>();
    private final TreeSet<String> outdated = new TreeSet<>();
    private int judged;
    private int binding;
    private Demand demand = Demand.NOTHING_BINDING;

    /** What the cases ask for, skipped ones too. */
    private enum Demand {
        NOTHING_BINDING,
        BINDING
    }

    Totals() {
        for (Verdict verdict : Verdict.values()) {
            verdicts.put(verdict, 0);
        }
    }

    void add(RunSummary.Result result) {
        Verdict verdict = result.verdict();
        verdicts.merge(verdict, 1, Integer::sum);
        Verdict before = first.putIfAbsent(result.id(), verdict);
        boolean changed = before != null && before != verdict;
        if (changed || result.steadiness() == RunSummary.Steadiness.UNSTABLE) {
            unstable.add(result.id());
        }
        if (result.listing() == Listing.OUTDATED) {
            outdated.add(result.id());
        }
        if (result.level().binding()) {
            demand = Demand.BINDING;
            binding += verdict == Verdict.SKIPPED ? 0 : 1;
            judged += verdict == Verdict.SKIPPED || verdict == Verdict.INCONCLUSIVE ? 0 : 1;
        }
    }

    RunSummary summary(RunSummary.Ending ending, Duration duration) {
        Conclusion conclusion = ending == RunSummary.Ending.INTERRUPTED ? Conclusion.INTERRUPTED : conclusion();
        return new RunSummary(
                verdicts, judged, binding, List.copyOf(unstable), List.copyOf(outdated), conclusion, duration);
    }

    private Conclusion conclusion() {
        if (verdicts.get(Verdict.FAILED) > 0) {
            return Conclusion.NOT_CONFORMANT;
        }
        int unjudged = verdicts.get(Verdict.SKIPPED) + verdicts.get(Verdict.INCONCLUSIVE);
        int all = verdicts.values().stream().mapToInt(Integer::intValue).sum();
        if (all == unjudged || judged < binding) {
            return Conclusion.NOT_JUDGED;
        }
        if (!outdated.isEmpty()) {
            return Conclusion.LIST_OUTDATED;
        }
        if (verdicts.get(Verdict.KNOWN) > 0) {
            return Conclusion.KNOWN_DEVIATIONS;
        }
        if (binding > 0) {
            return Conclusion.CONFORMANT;
        }
        return demand == Demand.BINDING ? Conclusion.NOT_JUDGED : Conclusion.NOTHING_BINDING;
    }
}
