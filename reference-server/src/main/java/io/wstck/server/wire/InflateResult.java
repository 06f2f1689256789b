package io.wstck.server.wire;

import java.util.List;

/** The result of inflating a compressed message. */
public sealed interface InflateResult {
    /**
     * The message inflates.
     *
     * @param violations the rules that the message breaks although it inflates
     */
    record InflatedContent(Bytes content, ContextDependency dependency, List<Violation> violations)
            implements InflateResult {
        public InflatedContent {
            violations = List.copyOf(violations);
        }
    }

    /** The message does not inflate. */
    record InvalidDeflate(List<Violation> violations) implements InflateResult {
        public InvalidDeflate {
            violations = List.copyOf(violations);
        }
    }

    /** The message inflates to more than {@code limit} bytes. */
    record TooLong(long limit) implements InflateResult {}

    /** Tells whether a compressed message needs earlier messages to be inflated. */
    enum ContextDependency {
        /** The message inflates without others. */
        INDEPENDENT,
        /** The message refers to content of earlier messages. */
        EARLIER_MESSAGES
    }
}
