package io.wstck.server.scenario;

import java.time.Duration;

/**
 * Decides when a chopped write pauses before a piece. TCP joins pieces that are written without a pause. The pauses of
 * a connection are bounded: in number, because a message can have millions of pieces, and in time, because a busy
 * machine wakes late. One thread.
 */
final class PiecePauses {
    /** The length of a pause: enough for a client on the same machine to read a piece. */
    static final Duration PAUSE = Duration.ofMillis(2);

    /**
     * The number of pieces that each have a pause. Then every tenth has one, up to ten times as many pieces, and so on.
     */
    private static final int PIECES_PER_STRIDE = 1_000;

    /** The total time of a connection's pauses. A script has 10 s. */
    private static final Duration MAX_TOTAL = Duration.ofSeconds(2);

    private Duration spent = Duration.ZERO;
    private long pieces;
    private long stride = 1;

    /** Counts the next piece and returns whether to pause before it. */
    boolean pauseBeforeNext() {
        if (pieces == PIECES_PER_STRIDE * stride) {
            stride *= 10;
        }
        return pieces++ % stride == 0 && spent.compareTo(MAX_TOTAL) < 0;
    }

    /** Adds the duration of a pause. */
    void addPause(Duration time) {
        spent = spent.plus(time);
    }
}
