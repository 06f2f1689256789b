package io.wstck.tck.autobahn.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The time in which cases were played.
 *
 * @param start the start of the first case
 * @param end the end of the last one
 */
public record PlayPeriod(Instant start, Instant end) {
    /** Returns the period of these cases, of which there is at least one. */
    public static PlayPeriod of(List<CaseSummary> played) {
        return new PlayPeriod(
                played.stream()
                        .map(CaseSummary::started)
                        .min(Instant::compareTo)
                        .orElseThrow(),
                played.stream()
                        .map(summary -> summary.started().plus(summary.result().duration()))
                        .max(Instant::compareTo)
                        .orElseThrow());
    }

    /** Returns the time from the start to the end. */
    public Duration duration() {
        return Duration.between(start, end);
    }
}
