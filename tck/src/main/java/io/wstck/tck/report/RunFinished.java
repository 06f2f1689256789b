package io.wstck.tck.report;

import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.ContractVerdict;
import io.wstck.tck.run.RunSummary;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The footer of an events file. A file without one was truncated.
 *
 * @param verdicts how many cases have each verdict; every verdict has an entry
 * @param judged how many results of cases that bind in the profile are a verdict about the implementation
 * @param binding how many results of cases that bind in the profile there were, skipped ones left out
 * @param contracts the verdict on each contract, in their order
 * @param unstable ids of cases whose verdict was not the same in every repetition, or in each attempt that had one
 * @param outdated ids of cases that are listed as known deviations, and did not fail
 * @param early why the kit ended the run before all cases were played, if it did
 * @param remarks on the run as a whole, a line each
 */
public record RunFinished(
        Map<Verdict, Integer> verdicts,
        int judged,
        int binding,
        List<ContractVerdict> contracts,
        List<String> unstable,
        List<String> outdated,
        RunSummary.Conclusion conclusion,
        Duration duration,
        Optional<RunSummary.EarlyEnd> early,
        List<String> remarks)
        implements RunEvent {

    public RunFinished {
        Map<Verdict, Integer> all = new EnumMap<>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            all.put(verdict, verdicts.getOrDefault(verdict, 0));
        }
        verdicts = Collections.unmodifiableMap(all);
        contracts = List.copyOf(contracts);
        unstable = List.copyOf(unstable);
        outdated = List.copyOf(outdated);
        remarks = List.copyOf(remarks);
    }

    /** The footer of a run that ended like this. */
    public static RunFinished of(RunSummary summary) {
        return new RunFinished(
                summary.verdicts(),
                summary.judged(),
                summary.binding(),
                summary.contracts(),
                summary.unstable(),
                summary.outdated(),
                summary.conclusion(),
                summary.duration(),
                summary.early(),
                summary.remarks());
    }

    /** The same with these verdicts on contracts, for footers that have none of their own. */
    RunFinished with(List<ContractVerdict> computed) {
        return new RunFinished(
                verdicts, judged, binding, computed, unstable, outdated, conclusion, duration, early, remarks);
    }

    /** How many cases the run says it finished. */
    public int cases() {
        return verdicts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
