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
 * Runs witnesses, each on a platform thread that it has for itself meanwhile, and ends them when their time is over. Any thread. Closed by
 * whoever plays the cases.
 */
final class WitnessThreads implements AutoCloseable {
    /** How long a script that was stopped may take to notice. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final CallThreads threads = new CallThreads("witness-");

    /** How a witness ended. */
    sealed interface Ending {
        /** It ran to its end, well or with an error of its own making, which its body has recorded. */
        record Finished() implements Ending {}

        /**
         * Its time was over while it was at this line.
         *
         * @param left the witness itself, if it did not even end when it was stopped
         */
        record Overtime(String where, Optional<StartedCall<?>> left) implements Ending {}

        /** The kit's own code failed, or the client's raised an error of the JVM. */
        record Trouble(Throwable cause) implements Ending {}
    }

    /** Starts a call on a thread of these. */
    <T> StartedCall<T> start(Callable<T> body) {
        return threads.start(body);
    }

    /**
     * Runs {@code body} and waits for it, at most {@code limit} and a grace. A body that does not even end when it is stopped is left behind
     * on its daemon thread.
     *
     * @param file the chunk whose lines the ending tells of, unless it has none under way
     * @param release begins to close what a body may be blocked in that does not end when it is stopped; does not wait
     */
    Ending run(LuaSession session, String file, Duration limit, Runnable body, Runnable release)
            throws InterruptedException {
        StartedCall<?> witness = threads.start(Executors.callable(body));
        try {
            if (witness.awaitEnd(limit)) {
                witness.result();
                return new Ending.Finished();
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
                return new Ending.Overtime(where, Optional.empty());
            }
            return new Ending.Overtime(where + " (and did not end when it was stopped)", Optional.of(witness));
        } catch (ExecutionException e) {
            return new Ending.Trouble(e.getCause());
        } catch (InterruptedException e) {
            session.stop("the run was interrupted");
            throw e;
        }
    }

    private static String where(LuaSession session, String file) {
        String own = session.where(file::equals);
        return own.isEmpty() ? session.where() : own;
    }

    /** Lets the threads end; does not wait for them. */
    @Override
    public void close() {
        threads.close();
    }
}
