package io.wstck.tck.prove;

import io.wstck.tck.run.CaseResult;
import java.util.List;

/** The result of proving one fault. */
public sealed interface FaultFinding {

    Fault fault();

    /**
     * The fault was caught: for each broken clause a case failed, or warned if it is a <em>should</em>.
     *
     * @param cases ids of the cases that noticed it, in the order of the catalogue; not all cases of a clause are
     * played
     * @param causes one result for each cause that these cases report
     */
    record Caught(Fault fault, List<String> cases, List<CaseResult> causes) implements FaultFinding {
        /** The largest number of causes that a report should give for one fault. */
        public static final int MAX_CAUSES = 3;

        public Caught {
            cases = List.copyOf(cases);
            causes = List.copyOf(causes);
        }

        /** Whether a report would give too many causes for this one fault. */
        public boolean hasTooManyCauses() {
            return causes.size() > MAX_CAUSES;
        }
    }

    /**
     * The fault survived: for at least one broken clause no case noticed it.
     *
     * @param clauses the broken clauses whose cases did not notice it
     * @param cases ids of the cases of the other broken clauses that noticed it
     */
    record Survivor(Fault fault, List<String> clauses, List<String> cases) implements FaultFinding {
        public Survivor {
            clauses = List.copyOf(clauses);
            cases = List.copyOf(cases);
        }
    }

    /**
     * The fault was not caught, and this machine cannot play some of the cases that should notice it.
     *
     * @param cases ids of these cases
     */
    record NotPlayable(Fault fault, List<String> cases) implements FaultFinding {
        public NotPlayable {
            cases = List.copyOf(cases);
        }
    }

    /**
     * The fault was not caught, and there is no reliable result. A case that should notice it does not pass without the
     * fault, or was inconclusive with it.
     *
     * @param failing results without the fault of the cases that do not pass there
     * @param inconclusive results with the fault of the cases that were inconclusive
     */
    record Unproven(Fault fault, List<CaseResult> failing, List<CaseResult> inconclusive) implements FaultFinding {
        public Unproven {
            failing = List.copyOf(failing);
            inconclusive = List.copyOf(inconclusive);
        }
    }
}
