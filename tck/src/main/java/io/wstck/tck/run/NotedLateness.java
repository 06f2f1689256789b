package io.wstck.tck.run;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Notes what it is asked, with the answers, and gives the same ones again. For one thread. */
final class NotedLateness implements Lateness {
    private final Lateness known;
    private final long epoch;
    private final Map<Interval, Duration> noted = new LinkedHashMap<>();

    private record Interval(long from, long to) {}

    /**
     * @param epoch the {@link System#nanoTime} that noted times count from
     */
    NotedLateness(Lateness known, long epoch) {
        this.known = known;
        this.epoch = epoch;
    }

    /** The answers that were noted before; an interval that nobody asked for was not late. */
    static Lateness again(List<CaseRecord.Late> noted, long epoch) {
        return (from, to) -> noted.stream()
                .filter(late -> late.from() == from - epoch && late.to() == to - epoch)
                .findFirst()
                .map(late -> Duration.ofNanos(late.worst()))
                .orElse(Duration.ZERO);
    }

    @Override
    public Duration worst(long from, long to) {
        return noted.computeIfAbsent(new Interval(from, to), _ -> known.worst(from, to));
    }

    List<CaseRecord.Late> noted() {
        return noted.entrySet().stream()
                .map(late -> new CaseRecord.Late(
                        late.getKey().from() - epoch,
                        late.getKey().to() - epoch,
                        late.getValue().toNanos()))
                .toList();
    }
}
