package io.wstck.tck.implementation;

import io.wstck.server.text.FormatWord;
import java.util.Optional;

/**
 * One rule of the policy that decides which connects a script may make.
 *
 * @param resource exact URL; empty: any resource, or none
 */
public record PolicyRule(Effect effect, String action, Optional<String> resource) {

    /** The decision about a connect that matches the rule. */
    public enum Effect implements FormatWord {
        ALLOW("allow"),
        DENY("deny");

        private final String word;

        Effect(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }
}
