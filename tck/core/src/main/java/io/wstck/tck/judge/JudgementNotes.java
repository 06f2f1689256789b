package io.wstck.tck.judge;

import java.util.List;
import java.util.Optional;

/**
 * The explanations that reports add to a finding: its parts of different levels, and a hint about the adapter.
 *
 * @param parts sentences about the met and unmet parts with their levels; empty unless the levels differ
 * @param hint a sentence if the finding looks like a fault of the adapter
 */
public record JudgementNotes(List<String> parts, Optional<String> hint) {
    public static final JudgementNotes NONE = new JudgementNotes(List.of(), Optional.empty());

    public JudgementNotes {
        parts = List.copyOf(parts);
    }
}
