package io.wstck.tck.known;

import io.wstck.tck.cases.Selection;
import io.wstck.tck.judge.Signature;
import java.util.List;
import java.util.Optional;

/**
 * One entry of the list of known deviations: which cases deviate, how, and why that is accepted.
 *
 * @param patterns patterns of case ids, at least one
 * @param agents patterns of the names of agents in a run with several; empty for all agents
 * @param link http or https address with more information
 * @param signatures patterns of the signatures of failed checks, at least one; see {@link Signature}
 * @param passes whether the cases pass sometimes
 * @param finding whether the cases fail or are warned about
 * @param at file and line of the entry
 */
public record KnownDeviation(
        List<GlobPattern> patterns,
        List<GlobPattern> agents,
        String reason,
        Optional<String> link,
        List<GlobPattern> signatures,
        Passing passes,
        Finding finding,
        String at) {
    /** Start of a reason that is still to be written. */
    public static final String PLACEHOLDER = "TODO";

    /** How often a listed case passes. */
    public enum Passing {
        /** If one passes, the list is outdated. */
        NEVER("never passes"),
        /** The deviation is a race in the implementation. */
        SOMETIMES("passes sometimes");

        private final String phrase;

        Passing(String phrase) {
            this.phrase = phrase;
        }

        String phrase() {
            return phrase;
        }
    }

    /** The kind of finding that an entry lists. */
    public enum Finding {
        FAILURE,
        WARNING
    }

    public KnownDeviation {
        patterns = List.copyOf(patterns);
        agents = List.copyOf(agents);
        signatures = List.copyOf(signatures);
    }

    /**
     * A pattern: {@code *} matches any text, {@code ?} one character.
     *
     * @param at file and line
     */
    public record GlobPattern(String text, String at) {
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

    boolean appliesTo(String agent) {
        return agents.isEmpty() || agents.stream().anyMatch(pattern -> pattern.matches(agent));
    }

    /**
     * Whether both list the same kind of finding for an agent that both name, and only one says that its cases pass
     * sometimes.
     */
    boolean contradicts(KnownDeviation other) {
        return finding == other.finding && passes != other.passes && sharesAgent(other);
    }

    private boolean sharesAgent(KnownDeviation other) {
        return agents.isEmpty()
                || other.agents.isEmpty()
                || agents.stream().anyMatch(one -> other.appliesTo(one.text()))
                || other.agents.stream().anyMatch(one -> appliesTo(one.text()));
    }

    boolean describes(String signature) {
        return signatures.stream().anyMatch(pattern -> pattern.matches(signature));
    }

    /** The reason, followed by the link. */
    String reasonWithLink() {
        return reason + link.map(address -> " (" + address + ")").orElse("");
    }
}
