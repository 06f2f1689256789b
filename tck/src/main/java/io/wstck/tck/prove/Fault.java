package io.wstck.tck.prove;

import java.util.List;

/**
 * A defect of a client that the kit must notice.
 *
 * @param id stable, for example {@code send.text-as-binary}
 * @param breaks ids of the clauses that it breaks: for each of them a case must fail
 * @param statement what the faulty client does, as a sentence
 * @param mechanisms what makes it, the one nearest to the script first
 * @param reach whose cases notice it
 */
public record Fault(String id, List<String> breaks, String statement, List<Mechanism> mechanisms, Reach reach) {

    /** Whose cases notice a fault. */
    public enum Reach {
        /** Those of the clauses that it breaks, and of whichever others. */
        ANY,
        /** Those of the one clause that it breaks, and of no other: without them nothing would notice it. */
        ITS_CLAUSE_ALONE
    }

    public Fault {
        breaks = List.copyOf(breaks);
        mechanisms = List.copyOf(mechanisms);
        if (breaks.isEmpty() || mechanisms.isEmpty()) {
            throw new IllegalArgumentException(
                    "fault " + id + ": expected a clause that it breaks and a mechanism, got none");
        }
        if (reach == Reach.ITS_CLAUSE_ALONE && breaks.size() > 1) {
            throw new IllegalArgumentException("fault " + id
                    + ": expected one broken clause, since no other notices it, got " + String.join(", ", breaks));
        }
    }

    /** A fault of which nobody says whose cases notice it. */
    public Fault(String id, List<String> breaks, String statement, List<Mechanism> mechanisms) {
        this(id, breaks, statement, mechanisms, Reach.ANY);
    }

    /** The same fault, known to be noticed by the cases of its one clause and by no others. */
    public Fault alone() {
        return new Fault(id, breaks, statement, mechanisms, Reach.ITS_CLAUSE_ALONE);
    }
}
