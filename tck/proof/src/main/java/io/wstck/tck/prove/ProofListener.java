package io.wstck.tck.prove;

import io.wstck.tck.run.CaseResult;
import java.time.Duration;
import java.util.List;

/**
 * Receives the progress of a proof: the baseline, then each fault, then each null client. Called by one thread at a
 * time.
 */
public interface ProofListener {

    /**
     * The cases were played with the client without a fault.
     *
     * @param cases the number of cases
     * @param failures the results of the cases that do not pass and therefore prove nothing
     */
    void baselinePlayed(int cases, List<CaseResult> failures, Duration duration);

    void judged(FaultFinding finding);

    void judged(NullClientFinding finding);
}
