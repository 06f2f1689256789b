package io.wstck.tck.judge;

import java.util.List;
import java.util.Optional;

/**
 * The input of the {@link Judge} for one attempt at a case: the checks of all witnesses, what the script observed, and
 * an error of the kit.
 *
 * @param checks of all witnesses, in order of time for each
 * @param observations texts for a <em>may</em> clause
 * @param outcomes the accepted outcomes that were seen
 * @param kitError the earliest error of the kit; only earlier failures count against the implementation
 * @param accepted whether the clause lists the outcomes that it accepts
 * @param hint a sentence if the failure looks like a fault of the adapter
 */
public record Evidence(
        List<Check> checks,
        List<String> observations,
        List<String> outcomes,
        Optional<KitError> kitError,
        AcceptedOutcomes accepted,
        Optional<String> hint) {

    /** Tells whether the clause of the case lists the outcomes that it accepts. */
    public enum AcceptedOutcomes {
        /** It does. An unmet case has then shown an outcome that is not listed. */
        LISTED,
        /** It does not. */
        UNLISTED
    }

    public Evidence {
        checks = List.copyOf(checks);
        observations = List.copyOf(observations);
        outcomes = List.copyOf(outcomes);
    }

    /** Returns the times that the case measured, in order. */
    public List<MeasuredTime> measured() {
        return checks.stream().flatMap(check -> check.measured().stream()).toList();
    }
}
