package io.wstck.tck.judge;

import io.wstck.server.journal.JournalEntry;
import io.wstck.server.journal.JournalEntry.ScenarioStage;
import io.wstck.server.journal.JournalEntry.Stamp;
import io.wstck.server.journal.JournalEntry.StepOutcome;
import io.wstck.server.journal.JournalEntry.StepTiming;
import io.wstck.server.journal.StepKind;
import io.wstck.server.text.FormatWord;
import io.wstck.server.wire.Rule;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the words for kinds of checks in tables of tests. */
final class CheckKinds {
    private static final Pattern STEP = Pattern.compile("step ([0-9]+), (.*)");
    private static final Pattern VIOLATION = Pattern.compile("violation (.*)");

    private CheckKinds() {}

    /** Returns a named check, a step of a server, or a violation. */
    static CheckKind of(String word) {
        return of(word, "");
    }

    /**
     * Returns the same.
     *
     * @param actual the actual text, if the kind is a step
     */
    static CheckKind of(String word, String actual) {
        Matcher step = STEP.matcher(word);
        if (step.matches()) {
            StepKind kind = FormatWord.of(StepKind.class, "a step", step.group(2));
            return new CheckKind.Step(step(Integer.parseInt(step.group(1)) - 1, kind, actual));
        }
        Matcher violation = VIOLATION.matcher(word);
        return violation.matches()
                ? new CheckKind.Violation(FormatWord.of(Rule.class, "a rule", violation.group(1)))
                : CheckKind.of(word);
    }

    private static JournalEntry.StepDone step(int index, StepKind kind, String actual) {
        return new JournalEntry.StepDone(
                new Stamp(1, 0, Optional.empty()),
                ScenarioStage.FRAMES,
                index,
                kind,
                StepOutcome.FAILED,
                StepTiming.IN_TIME,
                "another",
                actual);
    }
}
