package io.wstck.tck.prove;

import java.util.List;

/**
 * A defect of a client that the kit must notice.
 *
 * @param id stable, for example {@code send.text-as-binary}
 * @param breaks ids of the clauses that it breaks: for each of them a case must fail
 * @param statement what the faulty client does, as a sentence
 * @param mechanisms what makes it, the one nearest to the script first
 */
public record Fault(String id, List<String> breaks, String statement, List<Mechanism> mechanisms) {

    public Fault {
        breaks = List.copyOf(breaks);
        mechanisms = List.copyOf(mechanisms);
        if (breaks.isEmpty() || mechanisms.isEmpty()) {
            throw new IllegalArgumentException(
                    "fault " + id + ": expected a clause that it breaks and a mechanism, got none");
        }
    }
}
