package io.wstck.server.wire.deflate;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Violation;
import java.util.List;

/** What became of a compressed message. */
public sealed interface Inflated {
    /**
     * It inflates.
     *
     * @param violations what is wrong with it all the same
     */
    record Whole(Bytes content, Reach reach, List<Violation> violations) implements Inflated {
        public Whole {
            violations = List.copyOf(violations);
        }
    }

    /** It does not inflate. */
    record Broken(List<Violation> violations) implements Inflated {
        public Broken {
            violations = List.copyOf(violations);
        }
    }

    /** It inflates to more than the limit, in bytes. */
    record TooLong(long limit) implements Inflated {}

    /** How far back a message refers. */
    enum Reach {
        /** It inflates by itself. */
        ALONE,
        /** It needs messages before it. */
        EARLIER_MESSAGES
    }
}
