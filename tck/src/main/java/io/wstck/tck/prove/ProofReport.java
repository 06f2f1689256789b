package io.wstck.tck.prove;

import java.time.Duration;
import java.util.List;

/**
 * How a proof ended.
 *
 * @param findings one a fault, in the order in which the faults were given
 * @param nullFindings one a null client
 */
public record ProofReport(List<Finding> findings, List<NullFinding> nullFindings, Duration duration) {

    public ProofReport {
        findings = List.copyOf(findings);
        nullFindings = List.copyOf(nullFindings);
    }

    /** What a proof says as a whole, the worst first. */
    public enum Conclusion {
        /** A fault survived, or a null client passed a case. */
        FAULTS_SURVIVE,
        /** A fault is told as more causes than a report may tell of one. */
        SCATTERED,
        /** A control failed, so nothing is proven. */
        NOT_PROVEN,
        /** Every fault was caught, and no null client passed anything. */
        PROVEN
    }

    /** The faults that were caught, and told as too many causes. */
    public List<Finding.Caught> scattered() {
        return findings.stream()
                .filter(Finding.Caught.class::isInstance)
                .map(Finding.Caught.class::cast)
                .filter(Finding.Caught::isScattered)
                .toList();
    }

    public Conclusion conclusion() {
        if (findings.stream().anyMatch(Finding.Survivor.class::isInstance)
                || nullFindings.stream().anyMatch(finding -> !finding.passed().isEmpty())) {
            return Conclusion.FAULTS_SURVIVE;
        }
        if (!scattered().isEmpty()) {
            return Conclusion.SCATTERED;
        }
        return findings.stream().anyMatch(Finding.Unproven.class::isInstance)
                ? Conclusion.NOT_PROVEN
                : Conclusion.PROVEN;
    }
}
