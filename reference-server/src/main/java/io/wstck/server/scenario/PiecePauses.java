package io.wstck.server.scenario;

import java.time.Duration;

/**
 * When a chopped write pauses before a piece. TCP joins pieces that are written back to back, so only a pause divides them. The
 * pauses of one connection are bounded, because a message can have millions of pieces. For one thread.
 */
final class PiecePauses {
    /** Long enough for a client on the same machine to read what has arrived. */
    static final Duration PAUSE = Duration.ofMillis(2);

    /** A pause before each of that many pieces, then before every tenth until there are ten times as many, and so on. */
    private static final int EACH = 1_000;

    private long pieces;
    private long stride = 1;

    /** Counts the next piece, and tells whether to pause before it. */
    boolean beforeNext() {
        if (pieces == EACH * stride) {
            stride *= 10;
        }
        return pieces++ % stride == 0;
    }
}
