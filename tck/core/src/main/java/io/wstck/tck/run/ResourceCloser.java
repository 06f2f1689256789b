package io.wstck.tck.run;

import io.wstck.tck.implementation.SafeText;
import io.wstck.tck.implementation.bounded.StartedCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * Closes the resources of a case. A failed close becomes a note in the transcript, because the evidence must not be
 * lost. The client's resources are closed on a separate thread, since their close may never return. Not thread-safe.
 */
final class ResourceCloser {
    /** The minimum time for each close after the first, since the shared time limit may be used up by then. */
    private static final Duration MIN_TIMEOUT = Duration.ofSeconds(2);

    private final WitnessThreads threads;
    private final List<String> notes = new ArrayList<>();
    private Optional<Long> startNanos = Optional.empty();
    private boolean abandonedCall;

    ResourceCloser(WitnessThreads threads) {
        this.threads = threads;
    }

    /** A resource that is closed at the end of a block. */
    interface PendingClose extends AutoCloseable {
        @Override
        void close();
    }

    /** The time limit for the client's resources, and the listener for the case that it is exceeded. */
    record CloseTimeout(Duration limit, CloseTimeoutListener listener) {}

    /** Is told of a close that did not return in time. */
    @FunctionalInterface
    interface CloseTimeoutListener {
        /**
         * Called when a close did not return in time.
         *
         * @param startNanos the {@link System#nanoTime} at which the first resource of the case began to close
         */
        void timedOut(String name, long startNanos, StartedCall<?> call);
    }

    /** Wraps a resource of the kit. */
    PendingClose wrap(String name, AutoCloseable resource) {
        return () -> {
            try {
                resource.close();
            } catch (Exception e) {
                note(name, e);
            }
        };
    }

    /** Wraps a resource that belongs to the client or calls into it. */
    ClientClose wrapClient(String name, AutoCloseable resource, CloseTimeout timeout) {
        return new ClientClose(name, resource, timeout);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /** Notes that a call of the client did not return, even when it was stopped. */
    void noteAbandonedCall() {
        abandonedCall = true;
    }

    boolean hasAbandonedCall() {
        return abandonedCall;
    }

    /** Adds a line to the transcript. */
    void note(String line) {
        notes.add(line);
    }

    private void note(String name, Throwable e) {
        notes.add(name + " could not be closed: " + SafeText.of(e));
        for (Throwable suppressed : e.getSuppressed()) {
            notes.add("  " + SafeText.of(suppressed));
        }
    }

    /** A close that can begin before the case waits for it. For the thread of the enclosing object. */
    final class ClientClose implements PendingClose {
        private final String name;
        private final AutoCloseable resource;
        private final CloseTimeout timeout;
        private Optional<StartedCall<?>> call = Optional.empty();

        private ClientClose(String name, AutoCloseable resource, CloseTimeout timeout) {
            this.name = name;
            this.resource = resource;
            this.timeout = timeout;
        }

        /** Begins to close if it has not begun yet. Does not wait. */
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
            long firstNanos = startNanos.orElseGet(System::nanoTime);
            startNanos = Optional.of(firstNanos);
            Duration remaining = timeout.limit().minusNanos(System.nanoTime() - firstNanos);
            try {
                if (closing.awaitEnd(remaining.compareTo(MIN_TIMEOUT) < 0 ? MIN_TIMEOUT : remaining)) {
                    closing.result();
                } else {
                    timeout.listener().timedOut(name, firstNanos, closing);
                }
            } catch (ExecutionException e) {
                note(name, e.getCause());
            } catch (InterruptedException e) {
                // The run was interrupted. The close continues, and the case does not wait for it.
                Thread.currentThread().interrupt();
                notes.add(name + " was left: the run was interrupted");
            }
        }
    }
}
