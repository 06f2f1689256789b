package io.wstck.tck.prove;

import java.time.Duration;
import java.util.List;

/**
 * The result of a proof.
 *
 * @param findings one per fault, in the order of the faults
 * @param nullFindings one per null client
 */
public record ProofReport(List<FaultFinding> findings, List<NullClientFinding> nullFindings, Duration duration) {

    public ProofReport {
        findings = List.copyOf(findings);
        nullFindings = List.copyOf(nullFindings);
    }

    /** The possible conclusions of a proof, the worst first. */
    public enum Conclusion {
        /** A fault survived, or a null client passed a case. */
        FAULTS_SURVIVE,
        /** A fault has more causes than a report should give for one fault. */
        TOO_MANY_CAUSES,
        /** A case failed without a fault, so there is no proof. */
        NOT_PROVEN,
        /** Every fault was caught, and no null client passed a case. */
        PROVEN
    }

    /** The caught faults with too many causes. */
    public List<FaultFinding.Caught> faultsWithTooManyCauses() {
        return findings.stream()
                .filter(FaultFinding.Caught.class::isInstance)
                .map(FaultFinding.Caught.class::cast)
                .filter(FaultFinding.Caught::hasTooManyCauses)
                .toList();
    }

    public Conclusion conclusion() {
        if (findings.stream().anyMatch(FaultFinding.Survivor.class::isInstance)
                || nullFindings.stream().anyMatch(finding -> !finding.passed().isEmpty())) {
            return Conclusion.FAULTS_SURVIVE;
        }
        if (!faultsWithTooManyCauses().isEmpty()) {
            return Conclusion.TOO_MANY_CAUSES;
        }
        return findings.stream().anyMatch(FaultFinding.Unproven.class::isInstance)
                ? Conclusion.NOT_PROVEN
                : Conclusion.PROVEN;
    }
}
