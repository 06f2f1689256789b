package io.wstck.tck.autobahn.drive;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Runs a driver that is a program of the user's. It gets the server's URL in the environment and as its last argument; what it
 * prints is kept in files.
 */
public final class ProgramDriver {
    /** The variable of the environment that names the server: {@code ws://127.0.0.1:9001}. */
    public static final String URL_VARIABLE = "WSTCK_AUTOBAHN_URL";

    private static final int TAIL_LINES = 20;
    private static final int TAIL_BYTES = 16 << 10;
    private static final Duration KILL_WAIT = Duration.ofSeconds(5);

    private final String command;
    private final Path folder;

    /**
     * A driver.
     *
     * @param command for the shell
     * @param folder where {@code driver.out.txt} and {@code driver.err.txt} go
     */
    public ProgramDriver(String command, Path folder) {
        this.command = command;
        this.folder = folder;
    }

    /** How the program ended. */
    public sealed interface Ended {
        /** By itself. */
        record Exited(int status) implements Ended {}

        /** It did not, and was killed with everything that it had started. */
        record TimedOut(Duration limit) implements Ended {}
    }

    /**
     * Runs the program to its end.
     *
     * @throws IOException when it cannot be started
     */
    public Ended run(URI server, Duration limit) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(line(server.toString()))
                .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                .redirectOutput(output().toFile())
                .redirectError(errors().toFile());
        builder.environment().put(URL_VARIABLE, server.toString());
        Process process = builder.start();
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Ended.Exited(process.exitValue());
            }
            return new Ended.TimedOut(limit);
        } finally {
            kill(process);
        }
    }

    private List<String> line(String url) {
        return isWindows()
                ? List.of("cmd.exe", "/c", command + " " + url)
                : List.of("/bin/sh", "-c", command + " \"$@\"", "driver", url);
    }

    private static File nothing() {
        return new File(isWindows() ? "NUL" : "/dev/null");
    }

    private static boolean isWindows() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    }

    /** A shell that is killed leaves its children behind: they go first. */
    private static void kill(Process process) throws InterruptedException {
        if (process.isAlive()) {
            List<ProcessHandle> children = process.descendants().toList();
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            process.waitFor(KILL_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** What the program has printed. */
    public Path output() {
        return folder.resolve("driver.out.txt");
    }

    /** What the program has printed as errors. */
    public Path errors() {
        return folder.resolve("driver.err.txt");
    }

    /** The last lines of {@link #errors}. */
    public List<String> lastErrors() throws IOException {
        byte[] all = Files.readAllBytes(errors());
        int from = Math.max(0, all.length - TAIL_BYTES);
        List<String> lines = new String(all, from, all.length - from, StandardCharsets.UTF_8)
                .lines()
                .toList();
        return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
    }
}
