package io.wstck.tck.run;

import io.wstck.tck.implementation.SafeText;
import io.wstck.tck.implementation.bounded.StartedCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * Closes what a case was played with. What cannot be closed is a note for its transcript: the evidence is there by then, and
 * must not be lost. The client's resources are closed on a separate thread, since their close may never return. For one thread.
 */
final class Closings {
    /** What everything that is closed after the first gets at least: the time for all of it may be over by then. */
    private static final Duration LEAST = Duration.ofSeconds(2);

    private final WitnessThreads threads;
    private final List<String> notes = new ArrayList<>();
    private Optional<Long> begun = Optional.empty();
    private boolean gaveUp;

    Closings(WitnessThreads threads) {
        this.threads = threads;
    }

    /** What is closed at the end of a block. */
    interface Closing extends AutoCloseable {
        @Override
        void close();
    }

    /** How long the client may take, and who hears that it took longer. */
    record Patience(Duration limit, Overdue overdue) {}

    /** Hears of a closing that has not returned. */
    @FunctionalInterface
    interface Overdue {
        /**
         * It has not returned.
         *
         * @param begun when the closing of all that the case was played with began, a {@link System#nanoTime}
         */
        void hear(String name, long begun, StartedCall<?> call);
    }

    /** Closes a resource of the kit. */
    Closing of(String name, AutoCloseable resource) {
        return () -> {
            try {
                resource.close();
            } catch (Exception e) {
                note(name, e);
            }
        };
    }

    /** Closes a resource that belongs to the client or calls into it. */
    ClientClosing ofClient(String name, AutoCloseable resource, Patience patience) {
        return new ClientClosing(name, resource, patience);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /** Notes that a call of the client did not return, even when it was stopped. */
    void noteGivenUp() {
        gaveUp = true;
    }

    boolean gaveUp() {
        return gaveUp;
    }

    /** Adds a line for the transcript. */
    void note(String line) {
        notes.add(line);
    }

    private void note(String name, Throwable e) {
        notes.add(name + " could not be closed: " + SafeText.of(e));
        for (Throwable suppressed : e.getSuppressed()) {
            notes.add("  " + SafeText.of(suppressed));
        }
    }

    /** A closing that may be begun before it is waited for. For the thread of the closings. */
    final class ClientClosing implements Closing {
        private final String name;
        private final AutoCloseable resource;
        private final Patience patience;
        private Optional<StartedCall<?>> call = Optional.empty();

        private ClientClosing(String name, AutoCloseable resource, Patience patience) {
            this.name = name;
            this.resource = resource;
            this.patience = patience;
        }

        /** Begins to close, unless that has begun; does not wait. */
        StartedCall<?> begin() {
            if (call.isEmpty()) {
                call = Optional.of(threads.start(() -> {
                    resource.close();
                    return null;
                }));
            }
            return call.get();
        }

        @Override
        public void close() {
            StartedCall<?> closing = begin();
            long first = begun.orElseGet(System::nanoTime);
            begun = Optional.of(first);
            Duration left = patience.limit().minusNanos(System.nanoTime() - first);
            try {
                if (closing.awaitEnd(left.compareTo(LEAST) < 0 ? LEAST : left)) {
                    closing.result();
                } else {
                    patience.overdue().hear(name, first, closing);
                }
            } catch (ExecutionException e) {
                note(name, e.getCause());
            } catch (InterruptedException e) {
                // The run is over; the close goes on, and nobody waits for it.
                Thread.currentThread().interrupt();
                notes.add(name + " was left: the run was interrupted");
            }
        }
    }
}
