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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The process of an agent, and the processes that it has started: ends them all. The system does not tell which program has started a
 * process whose parent has ended. On Linux such a process is found by a variable of its environment. Any thread.
 */
public final class AgentProgram {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** What was killed is gone at once on an idle machine, and in some seconds on a very busy one. */
    private static final Duration KILLED = Duration.ofSeconds(5);

    /** How long it may take to read what a program has said before it ended. */
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(2);

    /** The variable that all processes of a program have in their environment. */
    private static final String MARK = "WSTCK_PROGRAM";

    private static final Path PROCESSES = Path.of("/proc");

    private final Process process;

    /** As it is in an environment. */
    private final String mark;

    private AgentProgram(Process process, String mark) {
        this.process = process;
        this.mark = mark;
    }

    /** Starts a program, and watches over it. */
    public static AgentProgram start(ProcessBuilder builder) throws IOException {
        String id = UUID.randomUUID().toString();
        builder.environment().put(MARK, id);
        return new AgentProgram(builder.start(), MARK + "=" + id);
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

    /** Runs an action some time after it has ended. */
    void whenEnded(Runnable action) {
        Executor later = CompletableFuture.delayedExecutor(LAST_OUTPUT.toMillis(), TimeUnit.MILLISECONDS);
        var _ = process.onExit().thenRunAsync(action, later);
    }

    /** Waits for a moment until it has ended by itself, and ends it then. */
    public void release() {
        Set<ProcessHandle> family = family();
        ended(PATIENCE);
        kill(family);
    }

    /** Asks it to end, waits for a moment until it has, and ends it then, with all that it had started when it was asked. */
    public void end() {
        Set<ProcessHandle> family = family();
        process.destroy();
        ended(PATIENCE);
        kill(family);
    }

    /** Ends it at once. */
    public void kill() {
        kill(Set.of());
    }

    private boolean ended(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    /** Its descendants are known only as long as it lives. */
    private Set<ProcessHandle> family() {
        ProcessHandle own = process.toHandle();
        return Stream.of(own.descendants(), orphans(), Stream.of(own))
                .flatMap(handles -> handles)
                .collect(Collectors.toSet());
    }

    private Stream<ProcessHandle> orphans() {
        return Files.isDirectory(PROCESSES) ? ProcessHandle.allProcesses().filter(this::isMarked) : Stream.empty();
    }

    private boolean isMarked(ProcessHandle other) {
        Path environment = PROCESSES.resolve(Long.toString(other.pid())).resolve("environ");
        // Not a channel's stream, which closes when this thread is interrupted, as it is when the run is told to end.
        try (InputStream in = new FileInputStream(environment.toFile())) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).contains(mark);
        } catch (IOException e) {
            // It has ended meanwhile, or belongs to another user.
            return false;
        }
    }

    private void kill(Set<ProcessHandle> known) {
        Set<ProcessHandle> family = new HashSet<>(known);
        family.addAll(family());
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
