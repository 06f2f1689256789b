package io.wstck.tck.autobahn;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The required end of a connection. */
public sealed interface CloseRule {
    /** The rule in words. */
    String describe();

    /** The kit closes and the peer answers. A code in the answer is one of these. */
    record CleanClose(Set<Integer> codes) implements CloseRule {
        public CleanClose {
            codes = Set.copyOf(codes);
        }

        @Override
        public String describe() {
            return "the {kit} closes and the {peer} answers with a close frame: " + list(codes) + ", or no code";
        }
    }

    /**
     * The peer fails the connection: it sends the first close frame, with one of these codes. {@code ORIGINAL} also
     * accepts an end of TCP.
     */
    record ConnectionFailure(Set<Integer> codes) implements CloseRule {
        public ConnectionFailure {
            codes = Set.copyOf(codes);
        }

        @Override
        public String describe() {
            return "the {peer} fails the connection: " + list(codes) + ", or an end of TCP (not in strict mode)";
        }
    }

    /**
     * The kit's own close frame is illegal: the peer answers with one of these codes. {@code ORIGINAL} also
     * accepts an end of TCP.
     */
    record FailureOnClose(Set<Integer> codes) implements CloseRule {
        public FailureOnClose {
            codes = Set.copyOf(codes);
        }

        @Override
        public String describe() {
            return "the {peer} fails the connection at the {kit}'s close frame: " + list(codes)
                    + ", or an end of TCP (not in strict mode)";
        }
    }

    /** The kit closes. Any end of the connection by the peer is recorded. */
    record AnyConnectionEnd() implements CloseRule {
        @Override
        public String describe() {
            return "the {kit} closes; the {peer} ends the connection in one way or another";
        }
    }

    private static String list(Set<Integer> codes) {
        return new TreeSet<>(codes).stream().map(String::valueOf).collect(Collectors.joining(" or "));
    }
}
