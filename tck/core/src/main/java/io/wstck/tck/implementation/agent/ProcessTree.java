package io.wstck.tck.implementation.agent;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The process of an agent, and all processes that it started. Ends them together. Once a parent has ended, the system
 * does not tell its orphans. On Linux they are found by a variable in their environment. Any thread. An interrupt
 * shortens no wait, since the caller may delete what the processes still use.
 */
public final class ProcessTree {
    private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(1);

    /** A killed process disappears at once on an idle machine, and within some seconds on a very busy one. */
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(5);

    /** Time to read the last output of a process that has ended. */
    private static final Duration OUTPUT_TIMEOUT = Duration.ofSeconds(2);

    /** Name of the environment variable that marks all processes of the tree. */
    private static final String MARKER = "WSTCK_PROGRAM";

    private static final Path PROC = Path.of("/proc");

    private final Process process;

    /** The variable and its value, as they stand in an environment. */
    private final String marker;

    /**
     * Held while the processes are ended. A second thread may no longer find them all, so it waits for the first one.
     */
    private final ReentrantLock ending = new ReentrantLock();

    private ProcessTree(Process process, String marker) {
        this.process = process;
        this.marker = marker;
    }

    /** Starts the process, marked by the environment variable. */
    public static ProcessTree start(ProcessBuilder builder) throws IOException {
        String id = UUID.randomUUID().toString();
        builder.environment().put(MARKER, id);
        return new ProcessTree(builder.start(), MARKER + "=" + id);
    }

    /** The root process, for its streams. */
    public Process process() {
        return process;
    }

    /**
     * How the process ended, as a phrase. Waits for a moment, until it has ended and its last output was read.
     *
     * @param output the reader of its output
     */
    public String ending(OutputExcerpt output) {
        if (!awaitExit(EXIT_TIMEOUT)) {
            return "it closed its output, but goes on running";
        }
        output.awaitEnd();
        return "exit status " + process.exitValue();
    }

    /** Runs an action 2 s after the process has ended. */
    void whenEnded(Runnable action) {
        // Not in the common pool, whose only thread may be blocked on a small machine.
        Executor later = CompletableFuture.delayedExecutor(
                OUTPUT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread);
        var _ = process.onExit().thenRunAsync(action, later);
    }

    /** Waits up to 1 s for the process to end by itself, then kills what is left. */
    public void release() {
        end(() -> {});
    }

    /**
     * Asks the process to end, waits up to 1 s, then kills what is left. It also kills the processes that existed when
     * it was asked.
     */
    public void end() {
        end(process::destroy);
    }

    private void end(Runnable request) {
        ending.lock();
        try {
            Set<ProcessHandle> processes = processes();
            request.run();
            awaitExit(EXIT_TIMEOUT);
            kill(processes);
        } finally {
            ending.unlock();
        }
    }

    /** Kills all processes at once. */
    public void kill() {
        ending.lock();
        try {
            kill(Set.of());
        } finally {
            ending.unlock();
        }
    }

    private boolean awaitExit(Duration patience) {
        // Not waitFor, which an interrupt ends.
        return process.onExit()
                .thenApply(_ -> true)
                .completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** The process, its descendants and its orphans. Descendants are only known while the process lives. */
    private Set<ProcessHandle> processes() {
        ProcessHandle own = process.toHandle();
        return Stream.of(own.descendants(), orphans(), Stream.of(own))
                .flatMap(handles -> handles)
                .collect(Collectors.toSet());
    }

    private Stream<ProcessHandle> orphans() {
        return Files.isDirectory(PROC) ? ProcessHandle.allProcesses().filter(this::isMarked) : Stream.empty();
    }

    private boolean isMarked(ProcessHandle other) {
        Path environment = PROC.resolve(Long.toString(other.pid())).resolve("environ");
        // Not a channel's stream: that closes when this thread is interrupted, as at the end of a run.
        try (InputStream in = new FileInputStream(environment.toFile())) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).contains(marker);
        } catch (IOException e) {
            // The process has ended meanwhile, or belongs to another user.
            return false;
        }
    }

    private void kill(Set<ProcessHandle> known) {
        Set<ProcessHandle> processes = new HashSet<>(known);
        processes.addAll(processes());
        processes.forEach(ProcessHandle::destroyForcibly);
        // If a process is still there after SIGKILL, nothing more can be done.
        UninterruptibleWait.until(() -> processes.stream().noneMatch(ProcessTree::runs), KILL_TIMEOUT);
    }

    /**
     * Whether a process can still do something. The first process of a container often reads the exit statuses of
     * orphans late or never. Until then they exist, as zombies with one thread.
     */
    private static boolean runs(ProcessHandle one) {
        if (!one.isAlive()) {
            return false;
        }
        Path folder = PROC.resolve(Long.toString(one.pid()));
        try (Stream<Path> threads = Files.list(folder.resolve("task"))) {
            String status = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
            return status.charAt(status.lastIndexOf(')') + 2) != 'Z' || threads.count() > 1;
        } catch (IOException e) {
            // It has ended meanwhile, or this system has no such file.
            return one.isAlive();
        }
    }
}
