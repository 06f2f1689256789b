package io.wstck.tck.run;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records the answers of another stall log, so that a later judgement of the same case gets the same answers. It asks
 * once for each interval. Not thread-safe.
 */
final class RecordingStallLog implements StallLog {
    private final StallLog log;
    private final long epoch;
    private final Map<Interval, Duration> recorded = new LinkedHashMap<>();

    private record Interval(long from, long to) {}

    /**
     * @param epoch the {@link System#nanoTime} that recorded times count from
     */
    RecordingStallLog(StallLog log, long epoch) {
        this.log = log;
        this.epoch = epoch;
    }

    /** Replays recorded answers. An interval without a recorded answer counts as free of stalls. */
    static StallLog replay(List<CaseRecord.WorstStall> recorded, long epoch) {
        return (from, to) -> recorded.stream()
                .filter(entry -> entry.from() == from - epoch && entry.to() == to - epoch)
                .findFirst()
                .map(entry -> Duration.ofNanos(entry.worst()))
                .orElse(Duration.ZERO);
    }

    @Override
    public Duration worstStall(long from, long to) {
        return recorded.computeIfAbsent(new Interval(from, to), _ -> log.worstStall(from, to));
    }

    List<CaseRecord.WorstStall> recorded() {
        return recorded.entrySet().stream()
                .map(entry -> new CaseRecord.WorstStall(
                        entry.getKey().from() - epoch,
                        entry.getKey().to() - epoch,
                        entry.getValue().toNanos()))
                .toList();
    }
}
