package io.wstck.tck.report;

import java.time.Duration;
import java.util.Optional;

/**
 * How many cases of a run are finished, shown as a bar and as the estimated remaining time.
 *
 * @param expected number of cases, greater than 0
 * @param elapsed since the run started
 */
record Progress(int done, int expected, Duration elapsed) {
    private static final int CELLS = 20;

    /** Earlier than that, or with fewer cases done, the average time per case is not reliable. */
    private static final Duration MIN_ELAPSED = Duration.ofSeconds(2);

    private static final double MIN_SHARE = 0.05;

    /** For example {@code [█████░░░░░░░░░░░░░░░]}. */
    String bar() {
        int full = Math.min(CELLS, (int) ((long) CELLS * done / expected));
        return "[" + "█".repeat(full) + "░".repeat(CELLS - full) + "]";
    }

    /** The estimated remaining time, as {@code about 2 min 5 s left}; empty at first. */
    Optional<String> left() {
        if (done < expected * MIN_SHARE || done >= expected || elapsed.compareTo(MIN_ELAPSED) < 0) {
            return Optional.empty();
        }
        double seconds = elapsed.toMillis() / 1000.0 / done * (expected - done);
        Duration left = Duration.ofSeconds(Math.max(1, Math.round(seconds)));
        String minutes = left.toMinutes() > 0 ? left.toMinutes() + " min " : "";
        return Optional.of("about " + minutes + left.toSecondsPart() + " s left");
    }
}
