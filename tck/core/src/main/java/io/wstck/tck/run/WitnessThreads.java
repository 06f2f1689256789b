package io.wstck.tck.run;

import io.wstck.lua.LuaSession;
import io.wstck.tck.implementation.bounded.CallThreads;
import io.wstck.tck.implementation.bounded.StartedCall;
import io.wstck.tck.implementation.bounded.WatchedThread;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * Runs scripts and wire checks, each on a platform thread, and stops them at their time limit. Thread-safe. The player
 * of the cases closes it.
 */
final class WitnessThreads implements AutoCloseable {
    /** Time for a stopped script to end. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final CallThreads threads = new CallThreads("witness-");

    /** The way in which a script or a wire check ended. */
    sealed interface WitnessEnd {
        /** The script or the wire check ran to its end. It may have raised an error, which its body has recorded. */
        record Finished() implements WitnessEnd {}

        /**
         * The script or the wire check reached its time limit at this line.
         *
         * @param call the call itself, if it did not even end when it was stopped
         */
        record Overtime(String where, Optional<StartedCall<?>> call) implements WitnessEnd {}

        /** The kit's own code failed, or the client raised an error of the JVM. */
        record ThrownError(Throwable cause) implements WitnessEnd {}
    }

    /** Starts a call on a new thread. */
    <T> StartedCall<T> start(Callable<T> body) {
        return threads.start(body);
    }

    /**
     * Runs {@code body} and waits for it, at most {@code limit} plus a grace period. A body that does not end when it
     * is stopped stays behind on its daemon thread.
     *
     * @param file the chunk whose current line is returned, if it has one
     * @param release begins to close a resource that a stopped body may be blocked in; does not wait
     */
    WitnessEnd run(LuaSession session, String file, Duration limit, Runnable body, Runnable release)
            throws InterruptedException {
        StartedCall<?> witness = threads.start(Executors.callable(body));
        try {
            if (witness.awaitEnd(limit)) {
                witness.result();
                return new WitnessEnd.Finished();
            }
            String where = where(session, file);
            witness.thread().ifPresent(WatchedThread::sample);
            session.stop("the time limit of " + limit.toMillis() + " ms is over");
            boolean ended = witness.awaitEnd(GRACE);
            if (!ended) {
                release.run();
                ended = witness.awaitEnd(GRACE);
            }
            if (ended) {
                witness.result();
                return new WitnessEnd.Overtime(where, Optional.empty());
            }
            return new WitnessEnd.Overtime(where + " (and did not end when it was stopped)", Optional.of(witness));
        } catch (ExecutionException e) {
            return new WitnessEnd.ThrownError(e.getCause());
        } catch (InterruptedException e) {
            session.stop("the run was interrupted");
            throw e;
        }
    }

    private static String where(LuaSession session, String file) {
        String own = session.where(file::equals);
        return own.isEmpty() ? session.where() : own;
    }

    /** Lets the threads end. Does not wait for them. */
    @Override
    public void close() {
        threads.close();
    }
}
