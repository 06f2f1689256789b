package io.wstck.tck.run;

import io.wstck.lua.LuaSession;
import java.time.Duration;
import java.util.Optional;

/** Runs one witness on a platform thread of its own, and ends it when its time is over. */
final class LimitedThread {
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

    private LimitedThread() {}

    /**
     * Runs {@code body} and waits for it, at most {@code limit} and a grace. A body that does not even end when it is stopped is left behind
     * on its daemon thread.
     *
     * @param file the chunk whose lines the ending tells of, unless it has none under way
     * @param release closes what a body may be blocked in that does not end when it is stopped
     */
    static Ending run(String name, LuaSession session, String file, Duration limit, Runnable body, Runnable release)
            throws InterruptedException {
        Throwable[] failure = new Throwable[1];
        Thread thread = Thread.ofPlatform()
                .name(name)
                .daemon()
                .stackSize(STACK_BYTES)
                .uncaughtExceptionHandler((_, e) -> failure[0] = e)
                .start(body);
        try {
            if (!thread.join(limit)) {
                String where = where(session, file);
                session.stop("the time limit of " + limit.toMillis() + " ms is over");
                boolean ended = thread.join(GRACE);
                if (!ended) {
                    release.run();
                    ended = thread.join(GRACE);
                }
                return new Ending.Overtime(ended ? where : where + " (and did not end when it was stopped)");
            }
        } catch (InterruptedException e) {
            session.stop("the run was interrupted");
            throw e;
        }
        return Optional.ofNullable(failure[0]).<Ending>map(Ending.Trouble::new).orElseGet(Ending.Finished::new);
    }

    private static String where(LuaSession session, String file) {
        String own = session.where(file::equals);
        return own.isEmpty() ? session.where() : own;
    }
}
