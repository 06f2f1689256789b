package io.wstck.tck.cli;

import io.wstck.tck.implementation.script.ScriptEnd;
import io.wstck.tck.implementation.script.ScriptHost;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs Lua on a thread of its own and enforces its time limit. An interrupt of the command ends it. */
final class LuaRun {
    /** How long a stopped script may take to end, in seconds. Only reading the standard input takes longer. */
    private static final long STOP_SECONDS = 5;

    /** Deep enough that Lua's limit of nested calls comes before the JVM's: Lua's error names the line. */
    private static final long STACK_BYTES = 16L << 20;

    private final ScriptHost host;
    private final Optional<TimeLimit> timeLimit;

    LuaRun(ScriptHost host, Optional<TimeLimit> timeLimit) {
        this.host = host;
        this.timeLimit = timeLimit;
    }

    /**
     * Runs the body and returns how it ended.
     *
     * @throws InterruptedException if the command was interrupted; the connections are closed with 1001 then
     */
    ScriptEnd run(Callable<ScriptEnd> body) throws InterruptedException {
        FutureTask<ScriptEnd> task = new FutureTask<>(body);
        // A platform thread: the memory of a script is measured only there, and a busy loop holds up no other thread.
        Thread.ofPlatform().daemon().name("lua").stackSize(STACK_BYTES).start(task);
        try {
            return timeLimit.isPresent()
                    ? await(task, timeLimit.get().duration().toNanos())
                    : task.get();
        } catch (TimeoutException e) {
            return stop(
                    task,
                    "stopped: the time limit of " + timeLimit.orElseThrow().text() + " has passed");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the Lua host failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            // Closed first: stopping the script would close its connections with another code.
            host.closeConnections();
            host.stop("interrupted");
            throw e;
        }
    }

    private ScriptEnd stop(FutureTask<ScriptEnd> task, String reason) throws InterruptedException {
        host.stop(reason);
        host.closeConnections();
        try {
            return await(task, TimeUnit.SECONDS.toNanos(STOP_SECONDS));
        } catch (TimeoutException e) {
            return new ScriptEnd.Stopped(reason);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the Lua host failed: " + e.getCause(), e.getCause());
        }
    }

    private static ScriptEnd await(FutureTask<ScriptEnd> task, long nanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        return task.get(nanos, TimeUnit.NANOSECONDS);
    }
}
