package io.wstck.tck.known;

import io.wstck.tck.cases.Selection;
import io.wstck.tck.judge.Signature;
import java.util.List;
import java.util.Optional;

/**
 * One entry of the list: which cases deviate, how, and why that is known.
 *
 * @param patterns of the ids of cases, each with the place where it stands; at least one
 * @param link where more is said, an http or https address
 * @param signatures of failed checks, see {@link Signature}; {@code *} stands for any text; at least one
 * @param passes whether they pass now and then all the same
 * @param finding what is listed: that they fail, or that they are warned about
 * @param at file and line of the entry
 */
public record KnownDeviation(
        List<Word> patterns,
        String reason,
        Optional<String> link,
        List<Word> signatures,
        Passing passes,
        Finding finding,
        String at) {
    /** How a reason begins that nobody has written yet. */
    public static final String PLACEHOLDER = "TODO";

    /** How often a listed case passes. */
    public enum Passing {
        /** One that does is listed wrongly. */
        NEVER("never passes"),
        /** It is a race in the implementation: whether it is lost is a matter of time. */
        SOMETIMES("passes sometimes");

        private final String phrase;

        Passing(String phrase) {
            this.phrase = phrase;
        }

        String phrase() {
            return phrase;
        }
    }

    /** What an entry lists. */
    public enum Finding {
        FAILURE,
        WARNING
    }

    public KnownDeviation {
        patterns = List.copyOf(patterns);
        signatures = List.copyOf(signatures);
    }

    /**
     * A pattern: {@code *} stands for any text, {@code ?} for one character.
     *
     * @param at file and line
     */
    public record Word(String text, String at) {
        boolean matches(String candidate) {
            return text.equals(candidate)
                    || Selection.glob(text).matcher(candidate).matches();
        }
    }

    /** Whether the reason is still to be written. */
    public boolean unexplained() {
        return reason.startsWith(PLACEHOLDER);
    }

    boolean lists(String caseId) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(caseId));
    }

    /** Whether both list the same finding, of which one says that it is seen each time, and the other that it is not. */
    boolean contradicts(KnownDeviation other) {
        return finding == other.finding && passes != other.passes;
    }

    boolean describes(String signature) {
        return signatures.stream().anyMatch(pattern -> pattern.matches(signature));
    }

    /** The reason, and the link behind it. */
    String told() {
        return reason + link.map(address -> " (" + address + ")").orElse("");
    }
}
