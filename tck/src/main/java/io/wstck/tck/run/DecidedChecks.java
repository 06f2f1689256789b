package io.wstck.tck.run;

import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.Witness;
import java.util.Set;

/**
 * Names of the checks that the kit adds to those of a script. How late the machine was is looked at before one of them fails, so that it is
 * not asked again.
 */
final class DecidedChecks {
    /** The script ends within its limit. */
    static final String TIME_LIMIT = "time limit";

    /** The client can be made. */
    static final String MADE = "client made";

    /** The client lets go of a case. */
    static final String LET_GO = "client let go";

    private static final Set<String> ALL = Set.of(TIME_LIMIT, MADE, LET_GO);

    private DecidedChecks() {}

    static boolean isTimeLimit(Check check) {
        return check.witness() == Witness.SCRIPT && check.name().equals(TIME_LIMIT);
    }

    static boolean has(Check check) {
        return check.witness() == Witness.SCRIPT && ALL.contains(check.name());
    }
}
