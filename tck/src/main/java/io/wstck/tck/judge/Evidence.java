package io.wstck.tck.judge;

import java.util.List;
import java.util.Optional;

/**
 * All that is known of one case when it has been played.
 *
 * @param checks of all witnesses, in order of time within each
 * @param observations what a <em>may</em> clause wanted to know
 * @param outcomes which of the accepted outcomes was seen
 * @param trouble why the kit could not find out, the earliest; only what failed before it may speak against the implementation
 * @param accepted whether the clause lists the outcomes that it accepts
 * @param hint that what failed looks like the fault of an adapter
 */
public record Evidence(
        List<Check> checks,
        List<String> observations,
        List<String> outcomes,
        Optional<Trouble> trouble,
        Accepted accepted,
        Optional<String> hint) {

    /** Which outcomes the clause of the case accepts. */
    public enum Accepted {
        /** Those that it lists: a case that is not met has shown another one. */
        LISTED,
        /** It lists none. */
        UNLISTED
    }

    /** Evidence about a clause that lists no outcomes. */
    public Evidence(List<Check> checks, List<String> observations, List<String> outcomes, Optional<Trouble> trouble) {
        this(checks, observations, outcomes, trouble, Accepted.UNLISTED, Optional.empty());
    }

    public Evidence {
        checks = List.copyOf(checks);
        observations = List.copyOf(observations);
        outcomes = List.copyOf(outcomes);
    }

    /** The times that the case has measured, in order. */
    public List<Measured> measured() {
        return checks.stream().flatMap(check -> check.measured().stream()).toList();
    }
}
