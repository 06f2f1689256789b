package io.wstck.tck.prove;

import java.time.Duration;
import java.util.List;

/** What the proof says of one fault. */
public sealed interface Finding {

    Fault fault();

    /** How long its cases were played. */
    Duration duration();

    /**
     * Noticed: for each clause that it breaks a case failed, or warned where the case is a <em>should</em>.
     *
     * @param cases ids of the cases that noticed it, in the order of the catalogue; not all of a clause are asked
     * @param causes ids of the causes that these cases tell of
     */
    record Caught(Fault fault, List<String> cases, List<String> causes, Duration duration) implements Finding {
        /** A report that tells of one fault as more causes hides it. */
        public static final int MOST_CAUSES = 3;

        public Caught {
            cases = List.copyOf(cases);
            causes = List.copyOf(causes);
        }

        /** Whether a report would tell of the fault as of too many. */
        public boolean isScattered() {
            return causes.size() > MOST_CAUSES;
        }
    }

    /**
     * Not noticed, or not by every clause that it breaks.
     *
     * @param clauses clauses that it breaks and none of whose cases noticed it
     * @param cases ids of the cases of other clauses that did
     */
    record Survivor(Fault fault, List<String> clauses, List<String> cases, Duration duration) implements Finding {
        public Survivor {
            clauses = List.copyOf(clauses);
            cases = List.copyOf(cases);
        }
    }

    /**
     * Not noticed, and cases that should notice it cannot be played on this machine.
     *
     * @param cases ids of these cases
     */
    record NotPlayable(Fault fault, List<String> cases, Duration duration) implements Finding {
        public NotPlayable {
            cases = List.copyOf(cases);
        }
    }

    /**
     * Nothing can be said: no case noticed it, and cases that should do not pass without it, or could not be judged with it.
     *
     * @param cases ids of these cases
     */
    record Unproven(Fault fault, List<String> cases, Duration duration) implements Finding {
        public Unproven {
            cases = List.copyOf(cases);
        }
    }
}
