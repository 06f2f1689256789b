package io.wstck.tck.run;

import io.wstck.tck.judge.Trouble;
import java.util.Comparator;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Collects what the kit had trouble with in one case. Any thread: a witness that was given up may still be running. */
final class Troubles {
    private final long epoch;
    private final Queue<Trouble> troubles = new ConcurrentLinkedQueue<>();

    /**
     * @param epoch the {@link System#nanoTime} that times count from
     */
    Troubles(long epoch) {
        this.epoch = epoch;
    }

    /** Adds one that has just come up. */
    void add(String what) {
        add(new Trouble(what, System.nanoTime() - epoch));
    }

    void add(Trouble trouble) {
        troubles.add(trouble);
    }

    Optional<Trouble> earliest() {
        return troubles.stream().min(Comparator.comparingLong(Trouble::nanos));
    }
}
