package io.wstck.tck.fuzz;

import io.wstck.tck.implementation.script.ScriptRulesFile;
import java.io.IOException;

/** A file of rules for a script. Allowed outcomes are rules or an {@link IllegalArgumentException}. */
final class RulesFileTarget implements FuzzTarget {
    /** Longer than any message should be. */
    private static final int MAX_SENTENCE = 1000;

    private final ScratchFile file = new ScratchFile(".yaml");

    @Override
    public void play(byte[] input) throws IOException {
        try {
            var _ = ScriptRulesFile.read(file.holding(input), "rules.yaml");
        } catch (IllegalArgumentException e) {
            MessageChecks.checkLength(e.getMessage(), MAX_SENTENCE);
        }
    }
}
