package io.wstck.tck.implementation.agent;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The process of an agent, and the processes that it has started: ends them all. Any thread. */
public final class AgentProgram {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** What was killed is gone at once on an idle machine, and in some seconds on a very busy one. */
    private static final Duration KILLED = Duration.ofSeconds(5);

    private final Process process;

    /** Watches over a process that has been started. */
    public AgentProgram(Process process) {
        this.process = process;
    }

    /** The process itself, for its streams. */
    public Process process() {
        return process;
    }

    /**
     * How it ended, waiting for a moment if it has not, and for its last words if it has.
     *
     * @param output where these are read
     */
    public String ending(LastLines output) {
        if (!ended(PATIENCE)) {
            return "it closed its output, but goes on running";
        }
        output.awaitEnd();
        return "exit status " + process.exitValue();
    }

    /** Waits for a moment until it has ended by itself, and ends it then. */
    public void release() {
        List<ProcessHandle> family = family();
        ended(PATIENCE);
        kill(family);
    }

    /** Asks it to end, waits for a moment until it has, and ends it then, with all that it had started when it was asked. */
    public void end() {
        List<ProcessHandle> family = family();
        process.destroy();
        ended(PATIENCE);
        kill(family);
    }

    /** Ends it at once. */
    public void kill() {
        kill(family());
    }

    private boolean ended(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    /** What it has started is known only as long as it lives. */
    private List<ProcessHandle> family() {
        ProcessHandle own = process.toHandle();
        return java.util.stream.Stream.concat(own.descendants(), java.util.stream.Stream.of(own))
                .toList();
    }

    private static void kill(List<ProcessHandle> family) {
        family.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture<?>[] exits =
                family.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(exits).get(KILLED.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The system has not let go of one yet; nothing more can be asked of it.
            return;
        }
    }
}
