package io.wstck.tck.judge;

import io.wstck.server.journal.JournalEntry;
import io.wstck.server.text.Excerpt;
import io.wstck.tck.catalogue.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the sentences of a report about the met and unmet parts of a case with checks of two levels. An example is
 * {@code required part met (rfc): at the server, step 5, expect-failed: FIN without a close frame}. Stateless.
 */
final class CaseParts {
    private static final int MAX_MISSED = 5;
    private static final int MAX_LENGTH = 300;

    private CaseParts() {}

    /** Lists the parts of a case of this level that misses only a <em>should</em>. */
    static List<String> of(Level level, List<Check> checks) {
        List<String> parts = new ArrayList<>();
        lastMet(checks)
                .forEach(check -> parts.add(part("required part met (" + level.word() + "): ", check, met(check))));
        checks.stream()
                .filter(check -> check.strength() == Strength.SHOULD && check.outcome() == Check.Outcome.FAILED)
                .limit(MAX_MISSED)
                .forEach(check -> parts.add(
                        part("recommended part not met (" + Level.SHOULD.word() + "): ", check, unmet(check))));
        return parts;
    }

    /** Returns the last met check of each witness. The earlier checks lead to it. */
    private static Collection<Check> lastMet(List<Check> checks) {
        Map<Witness, Check> last = new LinkedHashMap<>();
        checks.stream()
                .filter(check -> check.strength() == Strength.CASE && check.met() && !isPreparation(check))
                .forEach(check -> last.put(check.witness(), check));
        return Arrays.stream(Witness.values())
                .filter(last::containsKey)
                .map(last::get)
                .toList();
    }

    private static boolean isPreparation(Check check) {
        return SharedCauses.isPrecondition(check)
                || (check.witness() == Witness.SERVER && !isExpectation(check.kind()));
    }

    private static boolean isExpectation(CheckKind kind) {
        return kind instanceof CheckKind.Step(JournalEntry.StepDone done)
                && done.step().isExpectation();
    }

    private static String part(String beginning, Check check, String text) {
        return Excerpt.withEllipsis(beginning + Judge.where(check.witness()) + text, MAX_LENGTH);
    }

    private static String met(Check check) {
        CheckWording wording = CheckWording.of(check);
        if (CheckWording.hasGenericName(check)) {
            return wording.expected();
        }
        return check.kind() == NamedCheck.CLOSED ? "receive said closed" : wording.what() + ": " + wording.actual();
    }

    private static String unmet(Check check) {
        CheckWording wording = CheckWording.of(check);
        String name = CheckWording.hasGenericName(check) ? "" : wording.what() + ": ";
        return name + "expected " + wording.expected() + ", got " + wording.actual();
    }
}
