package io.wstck.tck.prove;

import io.wstck.tck.run.CaseResult;
import java.time.Duration;
import java.util.List;

/** Receives the progress of an exclusivity proof: the baseline, then each fault in order. Called by one thread. */
public interface ExclusivityListener {

    /**
     * All cases were played with the client without a fault.
     *
     * @param cases the number of cases
     * @param failures the results of the cases that do not pass and therefore prove nothing
     */
    void baselinePlayed(int cases, List<CaseResult> failures, Duration duration);

    void judged(ExclusivityFinding finding);
}
