package io.wstck.tck.judge;

import java.util.List;
import java.util.Optional;

/**
 * What helps to understand a finding, beside what was expected and what came.
 *
 * @param parts what held and what did not, with the level of each, a sentence each; empty unless the levels differ
 * @param hint that the finding looks like the fault of an adapter, as one sentence
 */
public record Notes(List<String> parts, Optional<String> hint) {
    public static final Notes NONE = new Notes(List.of(), Optional.empty());

    public Notes {
        parts = List.copyOf(parts);
    }
}
