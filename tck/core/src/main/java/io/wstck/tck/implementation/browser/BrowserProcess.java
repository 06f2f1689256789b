package io.wstck.tck.implementation.browser;

import io.wstck.tck.implementation.agent.OutputExcerpt;
import io.wstck.tck.implementation.agent.ProcessTree;
import io.wstck.tck.implementation.agent.UninterruptibleWait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A browser process that the kit started. Closing it ends the process and deletes its profile. Any thread. */
final class BrowserProcess implements AutoCloseable {
    /** A helper process that is not a child of the browser may outlive it for a moment, and write to the profile. */
    private static final Duration DELETE_TIMEOUT = Duration.ofSeconds(10);

    /**
     * Keeps the path of the browser's socket, 45 characters longer, below the limit of 107 characters (sockaddr_un).
     */
    private static final int LONGEST_FOLDER = 60;

    private final ProcessTree program;
    private final OutputExcerpt output;
    private final Path profile;

    private BrowserProcess(ProcessTree program, OutputExcerpt output, Path profile) {
        this.program = program;
        this.output = output;
        this.profile = profile;
    }

    /**
     * Starts the browser.
     *
     * @param environment added to the kit's own
     * @param profile deleted after the browser has ended; kept if it cannot be started
     */
    static BrowserProcess start(List<String> command, Map<String, String> environment, Path profile)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        if (profile.toString().length() <= LONGEST_FOLDER) {
            // The browser leaves a folder with a socket in TMPDIR.
            builder.environment().put("TMPDIR", profile.toString());
        }
        ProcessTree program = ProcessTree.start(builder);
        return new BrowserProcess(
                program, OutputExcerpt.of(program.process().getInputStream(), "browser-output"), profile);
    }

    /** Runs the action as soon as the browser has ended. */
    void whenEnded(Runnable then) {
        var _ = program.process().onExit().thenRun(then);
    }

    /** The first and the last lines of the browser's output. */
    List<String> outputLines() {
        return output.get();
    }

    /** How the browser ended; empty if it runs. */
    Optional<String> end() {
        if (program.process().isAlive()) {
            return Optional.empty();
        }
        String ending = program.ending(output);
        List<String> lines = outputLines();
        return Optional.of("it ended (" + ending + ")" + (lines.isEmpty() ? "" : ": " + String.join(" | ", lines)));
    }

    @Override
    public void close() {
        // A second thread waits here for the first one.
        program.end();
        UninterruptibleWait.until(() -> delete(profile), DELETE_TIMEOUT);
    }

    /** Deletes the folder; returns whether nothing is left of it. */
    static boolean delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // Another process deletes in the folder at the same time.
            return !Files.exists(folder);
        }
        return !Files.exists(folder);
    }
}
