package io.wstck.tck.report;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a run has come.
 *
 * @param expected how many cases it will have, more than none
 * @param elapsed since it began
 */
record Progress(int done, int expected, Duration elapsed) {
    private static final int CELLS = 20;

    /** Before that, and before so many of the cases are done, what a case takes on average says nothing. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private static final double SETTLED_SHARE = 0.05;

    /** {@code [█████░░░░░░░░░░░░░░░]}. */
    String bar() {
        int full = Math.min(CELLS, (int) ((long) CELLS * done / expected));
        return "[" + "█".repeat(full) + "░".repeat(CELLS - full) + "]";
    }

    /** What is left if it goes on like this: {@code about 2 min 5 s left}; unknown at first. */
    Optional<String> left() {
        if (done < expected * SETTLED_SHARE || done >= expected || elapsed.compareTo(SETTLED) < 0) {
            return Optional.empty();
        }
        double seconds = elapsed.toMillis() / 1000.0 / done * (expected - done);
        Duration left = Duration.ofSeconds(Math.max(1, Math.round(seconds)));
        String minutes = left.toMinutes() > 0 ? left.toMinutes() + " min " : "";
        return Optional.of("about " + minutes + left.toSecondsPart() + " s left");
    }
}
