package io.wstck.tck.run;

import io.wstck.tck.catalogue.Contract;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.judge.Listing;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.RunSummary.Conclusion;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/** Adds results up to a summary; what it keeps grows with the cases, not with their repetitions. One thread at a time. */
final class Totals {
    private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    private final Map<Contract, ContractTotals> contracts = new EnumMap<>(Contract.class);
    private final Map<String, Verdict> first = new HashMap<>();
    private final TreeSet<String> unstable = new TreeSet<>();
    private final TreeSet<String> outdated = new TreeSet<>();

    Totals(Profile profile) {
        for (Verdict verdict : Verdict.values()) {
            verdicts.put(verdict, 0);
        }
        for (Contract contract : Contract.values()) {
            contracts.put(contract, new ContractTotals(contract, profile));
        }
    }

    void add(RunSummary.Result result) {
        Verdict verdict = result.judgement().verdict();
        verdicts.merge(verdict, 1, Integer::sum);
        contracts.get(result.contract()).add(result);
        Verdict before = first.putIfAbsent(result.id(), verdict);
        boolean changed = before != null && before != verdict;
        if (changed || result.steadiness() == RunSummary.Steadiness.UNSTABLE) {
            unstable.add(result.id());
        }
        if (result.judgement().listing() == Listing.OUTDATED) {
            outdated.add(result.id());
        }
    }

    RunSummary summary(RunSummary.Ending ending, Duration duration) {
        Conclusion conclusion = ending == RunSummary.Ending.INTERRUPTED ? Conclusion.INTERRUPTED : conclusion();
        return new RunSummary(
                verdicts,
                binding(ContractTotals::judged),
                binding(ContractTotals::applicable),
                contracts.values().stream()
                        .map(contract -> contract.verdict(ending))
                        .toList(),
                List.copyOf(unstable),
                List.copyOf(outdated),
                conclusion,
                duration);
    }

    /** The sum over the contracts that bind. */
    private int binding(ToIntFunction<ContractTotals> count) {
        return contracts.values().stream()
                .filter(ContractTotals::binds)
                .mapToInt(count)
                .sum();
    }

    private Conclusion conclusion() {
        if (verdicts.get(Verdict.FAILED) > 0) {
            return Conclusion.NOT_CONFORMANT;
        }
        int unjudged = verdicts.get(Verdict.SKIPPED) + verdicts.get(Verdict.INCONCLUSIVE);
        int all = verdicts.values().stream().mapToInt(Integer::intValue).sum();
        if (all == unjudged || binding(ContractTotals::judged) < binding(ContractTotals::applicable)) {
            return Conclusion.NOT_JUDGED;
        }
        if (!outdated.isEmpty()) {
            return Conclusion.LIST_OUTDATED;
        }
        if (verdicts.get(Verdict.KNOWN) > 0) {
            return Conclusion.KNOWN_DEVIATIONS;
        }
        if (binding(ContractTotals::applicable) > 0) {
            return Conclusion.CONFORMANT;
        }
        return binding(ContractTotals::asked) > 0 ? Conclusion.NOT_JUDGED : Conclusion.NOTHING_BINDING;
    }
}
