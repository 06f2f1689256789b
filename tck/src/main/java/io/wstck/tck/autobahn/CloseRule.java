package io.wstck.tck.autobahn;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How a connection has to end. */
public sealed interface CloseRule {
    /** For people. */
    String describe();

    /** The server closes, the client answers; a code, if it sends one, is one of these. */
    record Clean(Set<Integer> codes) implements CloseRule {
        public Clean {
            codes = Set.copyOf(codes);
        }

        @Override
        public String describe() {
            return "the server closes and the client answers with a close frame: " + list(codes) + ", or no code";
        }
    }

    /** The client fails the connection: a close frame first, with one of these codes; {@code ORIGINAL} takes an end of TCP, too. */
    record Fails(Set<Integer> codes) implements CloseRule {
        public Fails {
            codes = Set.copyOf(codes);
        }

        @Override
        public String describe() {
            return "the client fails the connection: " + list(codes) + ", or an end of TCP (not in strict mode)";
        }
    }

    /** The server's own close frame is illegal: one with one of these codes comes back; {@code ORIGINAL} takes an end of TCP, too. */
    record FailsClose(Set<Integer> codes) implements CloseRule {
        public FailsClose {
            codes = Set.copyOf(codes);
        }

        @Override
        public String describe() {
            return "the client fails the connection at the server's close frame: " + list(codes)
                    + ", or an end of TCP (not in strict mode)";
        }
    }

    /** The server closes; whatever the client does is told, if only the connection ends by it. */
    record Told() implements CloseRule {
        @Override
        public String describe() {
            return "the server closes; the client ends the connection in one way or another";
        }
    }

    private static String list(Set<Integer> codes) {
        return new TreeSet<>(codes).stream().map(String::valueOf).collect(Collectors.joining(" or "));
    }
}
