package io.wstck.tck.run;

import io.wstck.tck.judge.KitError;
import java.util.Comparator;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Collects the kit's own errors during one case; failed checks after the earliest one do not count. Thread-safe,
 * because an abandoned witness may still be running.
 */
final class KitErrors {
    private final long epoch;
    private final Queue<KitError> errors = new ConcurrentLinkedQueue<>();

    /**
     * @param epoch the {@link System#nanoTime} that times count from
     */
    KitErrors(long epoch) {
        this.epoch = epoch;
    }

    /** Adds an error that has just occurred. */
    void add(String what) {
        add(new KitError(what, System.nanoTime() - epoch));
    }

    void add(KitError error) {
        errors.add(error);
    }

    Optional<KitError> earliest() {
        return errors.stream().min(Comparator.comparingLong(KitError::nanos));
    }
}
