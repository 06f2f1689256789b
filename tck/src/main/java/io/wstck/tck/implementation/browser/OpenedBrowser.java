package io.wstck.tck.implementation.browser;

import io.wstck.tck.implementation.agent.AgentProgram;
import io.wstck.tck.implementation.agent.LastLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A browser that the kit has started; closing it ends it, and deletes its profile. Any thread. */
final class OpenedBrowser implements AutoCloseable {
    /** A helper of the browser that is not its child goes a moment after it, and may still write to the profile. */
    private static final Duration LAST_WRITES = Duration.ofSeconds(10);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** So that the path of that socket, 45 characters more, is one that the system takes: 107 at most (sockaddr_un). */
    private static final int LONGEST_FOLDER = 60;

    private final AgentProgram program;
    private final LastLines output;
    private final Path profile;

    private OpenedBrowser(AgentProgram program, LastLines output, Path profile) {
        this.program = program;
        this.output = output;
        this.profile = profile;
    }

    /**
     * Starts it.
     *
     * @param environment is added to the kit's own
     * @param profile deleted when the browser has ended; not when it cannot be started
     */
    static OpenedBrowser start(List<String> command, Map<String, String> environment, Path profile) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        if (profile.toString().length() <= LONGEST_FOLDER) {
            // It leaves a folder with a socket behind there.
            builder.environment().put("TMPDIR", profile.toString());
        }
        AgentProgram program = AgentProgram.start(builder);
        return new OpenedBrowser(program, LastLines.of(program.process().getInputStream(), "browser-output"), profile);
    }

    /** Runs as soon as it has ended. */
    void whenEnded(Runnable then) {
        var _ = program.process().onExit().thenRun(then);
    }

    /** The last lines that it has printed. */
    List<String> said() {
        return output.get();
    }

    /** That it has ended, and how, if it has. */
    Optional<String> end() {
        if (program.process().isAlive()) {
            return Optional.empty();
        }
        String ending = program.ending(output);
        List<String> lines = said();
        return Optional.of("it ended (" + ending + ")" + (lines.isEmpty() ? "" : ": " + String.join(" | ", lines)));
    }

    @Override
    public void close() {
        program.end();
        long end = System.nanoTime() + LAST_WRITES.toNanos();
        while (!delete(profile) && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Says whether nothing is left. */
    static boolean delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // Somebody else is deleting in it.
            return !Files.exists(folder);
        }
        return !Files.exists(folder);
    }
}
