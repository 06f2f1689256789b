package io.wstck.tck.prove;

import java.util.List;

/**
 * A defect of a client that the kit must notice.
 *
 * @param id stable, for example {@code send.text-as-binary}
 * @param breaks the ids of the broken clauses: for each of them a case must fail
 * @param statement the behaviour of the faulty client, as a sentence
 * @param mechanisms the changes that make the fault; the one nearest to the script is the first
 * @param exclusivity whether cases of other clauses may notice it
 */
public record Fault(
        String id, List<String> breaks, String statement, List<Mechanism> mechanisms, Exclusivity exclusivity) {

    /** Whether cases of other clauses may notice a fault. */
    public enum Exclusivity {
        /** Cases of any clause may notice it. */
        ANY_CLAUSE,
        /** Only cases of its one clause notice it. Without them the kit would miss the fault. */
        OWN_CLAUSE_ONLY
    }

    public Fault {
        breaks = List.copyOf(breaks);
        mechanisms = List.copyOf(mechanisms);
        if (breaks.isEmpty() || mechanisms.isEmpty()) {
            throw new IllegalArgumentException(
                    "fault " + id + ": expected a clause that it breaks and a mechanism, got none");
        }
        if (exclusivity == Exclusivity.OWN_CLAUSE_ONLY && breaks.size() > 1) {
            throw new IllegalArgumentException("fault " + id
                    + ": expected one broken clause, since no other notices it, got " + String.join(", ", breaks));
        }
    }

    /** A fault that cases of other clauses may also notice. */
    public Fault(String id, List<String> breaks, String statement, List<Mechanism> mechanisms) {
        this(id, breaks, statement, mechanisms, Exclusivity.ANY_CLAUSE);
    }

    /** The same fault, declared as noticed only by the cases of its one clause. */
    public Fault exclusive() {
        return new Fault(id, breaks, statement, mechanisms, Exclusivity.OWN_CLAUSE_ONLY);
    }
}
