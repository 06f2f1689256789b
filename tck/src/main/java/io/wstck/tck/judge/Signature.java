package io.wstck.tck.judge;

import io.wstck.server.text.Excerpt;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a failed check looks like on every run: who saw it, which check, what was expected and what came, without what is another each
 * time. {@code docs/known.md} has the rules. Stateless.
 */
public final class Signature {
    /** Longer ones are cut: a payload that was not expected may be long. */
    static final int MOST = 300;

    private static final String ANY = "#";

    /** What differs from run to run, in the order in which it is taken out. */
    private static final List<Variable> VARIABLES = List.of(
            new Variable("\\s+", " "),
            // Lists of older kits have neither the time of a wait nor what the client had sent before the end.
            // The latter depends on whether the server read before it wrote.
            new Variable("^nothing within \\d+ m?s$", "nothing in time"),
            new Variable("^(not sent in full: the connection had ended), after .*$", "$1"),
            // The path of a session, and a port behind a host.
            new Variable("/s/[A-Za-z0-9_-]{8,}", "/s/" + ANY),
            new Variable("(?<=[A-Za-z0-9\\]]):\\d{4,5}\\b", ":" + ANY),
            // Times of day and spans of time.
            new Variable("\\b\\d{1,2}:\\d{2}:\\d{2}(?:\\.\\d+)?", ANY),
            new Variable("\\b\\d+(?:\\.\\d+)?(?= ?(?:ns|µs|us|ms|s|milliseconds|seconds)\\b)", ANY),
            // Addresses and identities of objects; random bytes as base64, as hex digits, and as a dump.
            new Variable("\\b(table|function|userdata|thread): [0-9a-f]+\\b", "$1: " + ANY),
            new Variable("\\b0x[0-9a-fA-F]+", ANY),
            new Variable("@[0-9a-f]{4,}\\b", "@" + ANY),
            new Variable("(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{22}==|(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{27}=", ANY),
            new Variable("(?<![0-9a-zA-Z])(?=[0-9a-f]*[0-9])[0-9a-f]{8,}(?![0-9a-zA-Z])", ANY),
            new Variable("\\b[0-9a-f]{2}(?: [0-9a-f]{2}){3,}\\b", ANY),
            // Numbers of five digits and more: ports and processes among them. Close codes and HTTP statuses stay.
            new Variable("(?<![0-9#])\\d{5,}(?![0-9])", ANY),
            new Variable("\\b\\d+\\.\\d{2,}\\b", ANY));

    private record Variable(Pattern pattern, String replacement) {
        Variable(String pattern, String replacement) {
            this(Pattern.compile(pattern), replacement);
        }
    }

    private Signature() {}

    /**
     * The check that the signature of a case tells of. Which of two witnesses was first to see that something is wrong changes from run to
     * run; hence not the earliest check is taken, but the first one of the first witness in the order: violations that the server noted, the script, the wire, the steps of the server.
     *
     * @param strength of the checks that count; one of these has failed
     */
    static Optional<Check> subject(Strength strength, List<Check> checks) {
        return checks.stream()
                .filter(check -> check.outcome() == Check.Outcome.FAILED && check.strength() == strength)
                .min(Comparator.comparingInt(Signature::rank).thenComparingLong(Check::nanos));
    }

    private static int rank(Check check) {
        return switch (check.witness()) {
            case SERVER -> check.name().startsWith(JournalReading.VIOLATION) ? 0 : 3;
            case SCRIPT -> 1;
            case WIRE -> 2;
        };
    }

    /** The signature of a check, one line: {@code script returns: expected true, got nil}. */
    static String of(Check check) {
        String who = check.witness().name().toLowerCase(Locale.ROOT);
        return of(who, check.name(), check.expected(), check.actual());
    }

    /** The signature of what no witness has checked. */
    static String of(String who, String what, String expected, String actual) {
        String whole = who + " " + steady(what) + ": expected " + steady(expected) + ", got " + steady(actual);
        return Excerpt.withEllipsis(whole, MOST);
    }

    /** The text without what is another on each run. */
    static String steady(String text) {
        String steady = text;
        for (Variable variable : VARIABLES) {
            steady = variable.pattern().matcher(steady).replaceAll(variable.replacement());
        }
        return steady.strip();
    }
}
