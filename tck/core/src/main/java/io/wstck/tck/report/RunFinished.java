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
 * The footer of an events file. A file without it is truncated.
 *
 * @param verdicts number of cases per verdict; every verdict has an entry
 * @param judged number of binding results with a verdict about the implementation
 * @param binding number of results of cases that bind in the profile, without skipped ones
 * @param contracts the verdict on each contract, in order
 * @param unstable ids of cases whose repetitions or attempts had different verdicts
 * @param outdated ids of cases that are listed as known deviations but did not fail
 * @param early why the kit ended the run before all cases had run; empty if it did not
 * @param remarks on the whole run, one line each
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

    /** Creates the footer from the summary of a run. */
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

    /** A copy with these verdicts on contracts, for footers of old files. */
    RunFinished with(List<ContractVerdict> computed) {
        return new RunFinished(
                verdicts, judged, binding, computed, unstable, outdated, conclusion, duration, early, remarks);
    }

    /** The number of finished cases. */
    public int cases() {
        return verdicts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
