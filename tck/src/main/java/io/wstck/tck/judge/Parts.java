package io.wstck.tck.judge;

import io.wstck.server.text.Excerpt;
import io.wstck.tck.catalogue.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What held and what did not in a case that has checks of two levels: {@code held (rfc): at the server, step 5, expect-failed: FIN without a
 * close frame}. Stateless.
 */
final class Parts {
    /** Checks whose name says nothing: what was expected says what they are about. */
    private static final Set<String> NAMELESS = Set.of("ok", "equal");

    private static final int MOST_MISSED = 5;
    private static final int LONGEST = 300;

    private Parts() {}

    /** The parts of a case of this level that misses a <em>should</em> and nothing else. */
    static List<String> of(Level level, List<Check> checks) {
        List<String> parts = new ArrayList<>();
        lastHeld(checks).forEach(check -> parts.add(part("held (" + level.word() + "): ", check, held(check))));
        checks.stream()
                .filter(check -> check.strength() == Strength.SHOULD && check.outcome() == Check.Outcome.FAILED)
                .limit(MOST_MISSED)
                .forEach(check -> parts.add(part("not held (" + Level.SHOULD.word() + "): ", check, missed(check))));
        return parts;
    }

    /** Of each witness the last one: it comes behind those that lead to it. */
    private static Collection<Check> lastHeld(List<Check> checks) {
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

    private static String held(Check check) {
        if (NAMELESS.contains(check.name())) {
            return check.expected();
        }
        return check.name().equals("closed") ? "receive said closed" : check.name() + ": " + check.actual();
    }

    private static String missed(Check check) {
        String name = NAMELESS.contains(check.name()) ? "" : check.name() + ": ";
        return name + "expected " + check.expected() + ", got " + check.actual();
    }
}
