package io.wstck.tck.judge;

import io.wstck.server.journal.JournalEntry;
import io.wstck.server.text.FormatWord;
import io.wstck.server.wire.Rule;
import java.util.Optional;

/**
 * The kind of a {@link Check}, such as a function of {@code t} or {@code w}, a step of the server, or a violation. Code
 * that distinguishes checks switches over their kinds, never over their words.
 */
public sealed interface CheckKind permits CheckKind.Step, CheckKind.Violation, CheckKind.Other, NamedCheck {
    /** Returns the word in evidence, signatures and reasons. */
    String word();

    /** A step of the server's scenario. */
    record Step(JournalEntry.StepDone done) implements CheckKind {
        @Override
        public String word() {
            return "step " + (done.index() + 1) + ", " + done.step().word();
        }
    }

    /** A violation of a protocol rule by the client, noted by the server. */
    record Violation(Rule rule) implements CheckKind {
        @Override
        public String word() {
            return "violation " + rule.word();
        }
    }

    /** A check that this edition of the kit does not know. Agents that run scripts may have their own checks. */
    record Other(String word) implements CheckKind {}

    /** Returns the kind for a word in a script or in evidence. */
    static CheckKind of(String word) {
        Optional<NamedCheck> known = FormatWord.find(NamedCheck.class, word);
        return known.isPresent() ? known.get() : new Other(word);
    }
}
