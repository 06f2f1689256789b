package io.wstck.tck.judge;

import io.wstck.server.text.Excerpt;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes the signature of a failed check, one line that is the same in every run: witness, check, expected and actual.
 * Parts that differ between runs are removed. {@code docs/known.md} has the rules. Stateless.
 */
public final class Signature {
    /** Longer signatures are cut, since an unexpected payload may be long. */
    static final int MAX_LENGTH = 300;

    private static final String PLACEHOLDER = "#";

    /** The parts that differ between runs, in the order of their removal. */
    private static final List<Variable> VARIABLES = List.of(
            new Variable("\\s+", " "),
            // Lists of older kits contain neither the time of a wait nor the data that the client sent before the end.
            // That data depends on whether the server read before it wrote.
            new Variable("^nothing within \\d+ m?s$", "nothing in time"),
            new Variable("^(not sent in full: the connection had ended), after .*$", "$1"),
            // The path of a session, and a port after a host.
            new Variable("/s/[A-Za-z0-9_-]{8,}", "/s/" + PLACEHOLDER),
            new Variable("(?<=[A-Za-z0-9\\]]):\\d{4,5}\\b", ":" + PLACEHOLDER),
            // Times of day and durations.
            new Variable("\\b\\d{1,2}:\\d{2}:\\d{2}(?:\\.\\d+)?", PLACEHOLDER),
            new Variable("\\b\\d+(?:\\.\\d+)?(?= ?(?:ns|µs|us|ms|s|milliseconds|seconds)\\b)", PLACEHOLDER),
            // Addresses and identities of objects. Random bytes as base64, as hex digits, and as a dump.
            new Variable("\\b(table|function|userdata|thread): [0-9a-f]+\\b", "$1: " + PLACEHOLDER),
            new Variable("\\b0x[0-9a-fA-F]+", PLACEHOLDER),
            new Variable("@[0-9a-f]{4,}\\b", "@" + PLACEHOLDER),
            new Variable("(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{22}==|(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{27}=", PLACEHOLDER),
            new Variable("(?<![0-9a-zA-Z])(?=[0-9a-f]*[0-9])[0-9a-f]{8,}(?![0-9a-zA-Z])", PLACEHOLDER),
            new Variable("\\b[0-9a-f]{2}(?: [0-9a-f]{2}){3,}\\b", PLACEHOLDER),
            // Numbers of five digits or more, such as ports and process ids. Close codes and HTTP statuses stay.
            new Variable("(?<![0-9#])\\d{5,}(?![0-9])", PLACEHOLDER),
            new Variable("\\b\\d+\\.\\d{2,}\\b", PLACEHOLDER));

    private record Variable(Pattern pattern, String replacement) {
        Variable(String pattern, String replacement) {
            this(Pattern.compile(pattern), replacement);
        }
    }

    private Signature() {}

    /**
     * Returns the check for the signature of a case. Which witness sees a failure first changes between runs, so the
     * earliest check is not always taken. It is the first failed check of the first witness in this order: violations
     * that the server noted, the script, the wire, steps of the server.
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
            case SERVER -> check.kind() instanceof CheckKind.Violation ? 0 : 3;
            case SCRIPT -> 1;
            case WIRE -> 2;
        };
    }

    /** Returns the signature of a check, one line: {@code script returns: expected true, got nil}. */
    static String of(Check check) {
        String witness = check.witness().word();
        return of(witness, check.name(), check.expected(), check.actual());
    }

    /** Returns the signature of a failure that is not a check. */
    static String of(String witness, String checkName, String expected, String actual) {
        String whole = witness + " " + normalize(checkName) + ": expected " + normalize(expected) + ", got "
                + normalize(actual);
        return Excerpt.withEllipsis(whole, MAX_LENGTH);
    }

    /** Removes the parts of a text that differ between runs. */
    public static String normalize(String text) {
        String normalized = text;
        for (Variable variable : VARIABLES) {
            normalized = variable.pattern().matcher(normalized).replaceAll(variable.replacement());
        }
        return normalized.strip();
    }
}
