package io.wstck.tck.run;

import io.wstck.lua.LuaSession;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs witnesses, each on a platform thread that it has for itself meanwhile, and ends them when their time is over. Any thread. Closed by
 * whoever plays the cases.
 */
final class WitnessThreads implements AutoCloseable {
    /** How long a script that was stopped may take to notice. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** Room for Lua's own limit of nested calls, which names the line; the JVM's comes without one. */
    private static final long STACK_BYTES = 16L << 20;

    /** How a witness ended. */
    sealed interface Ending {
        /** It ran to its end, well or with an error of its own making, which its body has recorded. */
        record Finished() implements Ending {}

        /** Its time was over while it was at this line. */
        record Overtime(String where) implements Ending {}

        /** The kit's own code failed. */
        record Trouble(Throwable cause) implements Ending {}
    }

    /** A thread with that much stack costs more to make than most scripts to run: one that has ended its witness takes the next. */
    private final ExecutorService threads = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            1,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform()
                    .name("witness-", 1)
                    .daemon()
                    .stackSize(STACK_BYTES)
                    .factory());

    /**
     * Runs {@code body} and waits for it, at most {@code limit} and a grace. A body that does not even end when it is stopped is left behind
     * on its daemon thread.
     *
     * @param file the chunk whose lines the ending tells of, unless it has none under way
     * @param release closes what a body may be blocked in that does not end when it is stopped
     */
    Ending run(LuaSession session, String file, Duration limit, Runnable body, Runnable release)
            throws InterruptedException {
        Future<?> witness = threads.submit(body);
        try {
            if (ended(witness, limit)) {
                return new Ending.Finished();
            }
            String where = where(session, file);
            session.stop("the time limit of " + limit.toMillis() + " ms is over");
            boolean ended = ended(witness, GRACE);
            if (!ended) {
                release.run();
                ended = ended(witness, GRACE);
            }
            return new Ending.Overtime(ended ? where : where + " (and did not end when it was stopped)");
        } catch (ExecutionException e) {
            return new Ending.Trouble(e.getCause());
        } catch (InterruptedException e) {
            session.stop("the run was interrupted");
            throw e;
        }
    }

    private static boolean ended(Future<?> witness, Duration limit) throws InterruptedException, ExecutionException {
        try {
            witness.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private static String where(LuaSession session, String file) {
        String own = session.where(file::equals);
        return own.isEmpty() ? session.where() : own;
    }

    /** Lets the threads end; does not wait for them. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
