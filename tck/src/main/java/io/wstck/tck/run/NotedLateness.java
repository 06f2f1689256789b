package io.wstck.tck.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Notes what it is asked, with the answers, so that they can be given again. For one thread. */
final class NotedLateness implements Lateness {
    private final Lateness known;
    private final long epoch;
    private final List<CaseRecord.Late> noted = new ArrayList<>();

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
        Duration worst = known.worst(from, to);
        noted.add(new CaseRecord.Late(from - epoch, to - epoch, worst.toNanos()));
        return worst;
    }

    List<CaseRecord.Late> noted() {
        return List.copyOf(noted);
    }
}
