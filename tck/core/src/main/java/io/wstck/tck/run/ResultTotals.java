package io.wstck.tck.run;

import io.wstck.tck.catalogue.Contract;
import io.wstck.tck.catalogue.NaturalOrder;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.judge.KnownStatus;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.RunSummary.Conclusion;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/** Counts results for a summary. Its size depends on the number of cases, not of repetitions. Not thread-safe. */
final class ResultTotals {
    private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    private final Map<Contract, ContractTotals> contracts = new EnumMap<>(Contract.class);
    private final Map<String, Verdict> firstVerdicts = new HashMap<>();
    private final TreeSet<String> unstable = new TreeSet<>(NaturalOrder.INSTANCE);
    private final TreeSet<String> outdated = new TreeSet<>(NaturalOrder.INSTANCE);

    ResultTotals(Profile profile) {
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
        Verdict earlierVerdict = firstVerdicts.putIfAbsent(result.id(), verdict);
        boolean changed = earlierVerdict != null && earlierVerdict != verdict;
        if (changed || result.stability() == RunSummary.Stability.UNSTABLE) {
            unstable.add(result.id());
        }
        if (result.judgement().listing() == KnownStatus.OUTDATED) {
            outdated.add(result.id());
        }
    }

    RunSummary summary(RunSummary.Completion ending, Duration duration) {
        Conclusion conclusion = ending == RunSummary.Completion.INTERRUPTED ? Conclusion.INTERRUPTED : conclusion();
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

    /** Returns the sum over the binding contracts. */
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
        return binding(ContractTotals::total) > 0 ? Conclusion.NOT_JUDGED : Conclusion.NOTHING_BINDING;
    }
}
