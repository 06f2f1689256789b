package io.wstck.tck.judge;

import io.wstck.server.text.Excerpt;
import io.wstck.tck.catalogue.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which parts of a case that has checks of two levels were met, and which were not: {@code required part met (rfc): at the server, step 5,
 * expect-failed: FIN without a close frame}. Stateless.
 */
final class Parts {
    private static final int MOST_MISSED = 5;
    private static final int LONGEST = 300;

    private Parts() {}

    /** The parts of a case of this level that misses a <em>should</em> and nothing else. */
    static List<String> of(Level level, List<Check> checks) {
        List<String> parts = new ArrayList<>();
        lastMet(checks)
                .forEach(check -> parts.add(part("required part met (" + level.word() + "): ", check, met(check))));
        checks.stream()
                .filter(check -> check.strength() == Strength.SHOULD && check.outcome() == Check.Outcome.FAILED)
                .limit(MOST_MISSED)
                .forEach(check -> parts.add(
                        part("recommended part not met (" + Level.SHOULD.word() + "): ", check, unmet(check))));
        return parts;
    }

    /** Of each witness the last one: it comes behind those that lead to it. */
    private static Collection<Check> lastMet(List<Check> checks) {
        Map<Witness, Check> last = new LinkedHashMap<>();
        checks.stream()
                .filter(check -> check.strength() == Strength.CASE && check.met() && !prepares(check))
                .forEach(check -> last.put(check.witness(), check));
        return Arrays.stream(Witness.values())
                .filter(last::containsKey)
                .map(last::get)
                .toList();
    }

    private static boolean prepares(Check check) {
        return SharedCauses.isPrecondition(check)
                || (check.witness() == Witness.SERVER && !check.name().contains(", expect-"));
    }

    private static String part(String beginning, Check check, String seen) {
        return Excerpt.withEllipsis(beginning + Judge.where(check.witness()) + seen, LONGEST);
    }

    private static String met(Check check) {
        Wording wording = Wording.of(check);
        if (Wording.isNameless(check)) {
            return wording.expected();
        }
        return check.name().equals("closed") ? "receive said closed" : wording.what() + ": " + wording.actual();
    }

    private static String unmet(Check check) {
        Wording wording = Wording.of(check);
        String name = Wording.isNameless(check) ? "" : wording.what() + ": ";
        return name + "expected " + wording.expected() + ", got " + wording.actual();
    }
}
