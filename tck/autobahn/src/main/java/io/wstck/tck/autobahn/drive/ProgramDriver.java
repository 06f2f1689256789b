package io.wstck.tck.autobahn.drive;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Runs a driver that is a program of the user. The program gets the server's URL in the environment and as its last
 * argument. Its output is kept in files.
 */
public final class ProgramDriver {
    /** The environment variable with the server's URL: {@code ws://127.0.0.1:9001}. */
    public static final String URL_VARIABLE = "WSTCK_AUTOBAHN_URL";

    private static final int TAIL_LINES = 20;
    private static final int TAIL_BYTES = 16 << 10;
    private static final Duration KILL_WAIT = Duration.ofSeconds(5);

    private final String command;
    private final Path folder;

    /**
     * A driver that has not started yet.
     *
     * @param command the command for the shell
     * @param folder the folder of {@code driver.out.txt} and {@code driver.err.txt}
     */
    public ProgramDriver(String command, Path folder) {
        this.command = command;
        this.folder = folder;
    }

    /** The end of the program. */
    public sealed interface ProgramExit {
        /** The program exited by itself. */
        record Exited(int status) implements ProgramExit {}

        /** The program did not exit within {@code limit}, and was killed with all its child processes. */
        record TimedOut(Duration limit) implements ProgramExit {}
    }

    /**
     * Runs the program to its end.
     *
     * @param beforeKill is called before a program that has not ended is killed
     * @throws IOException if the program cannot be started
     */
    public ProgramExit run(URI server, Duration limit, Runnable beforeKill) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(line(server.toString()))
                .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                .redirectOutput(output().toFile())
                .redirectError(errors().toFile());
        builder.environment().put(URL_VARIABLE, server.toString());
        Process process = builder.start();
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return new ProgramExit.Exited(process.exitValue());
            }
            return new ProgramExit.TimedOut(limit);
        } finally {
            if (process.isAlive()) {
                beforeKill.run();
                kill(process);
            }
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

    /** Kills the shell and its children, which would survive a shell that is killed alone. */
    private static void kill(Process process) throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        process.waitFor(KILL_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The file with the program's output. */
    public Path output() {
        return folder.resolve("driver.out.txt");
    }

    /** The file with the program's error output. */
    public Path errors() {
        return folder.resolve("driver.err.txt");
    }

    /** The last lines of {@link #errors}. */
    public List<String> lastErrors() throws IOException {
        List<String> lines = tail(errors()).lines().toList();
        return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
    }

    /** The end of a file that may be larger than the memory. */
    private static String tail(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(Math.max(0, channel.size() - TAIL_BYTES));
            byte[] tail = Channels.newInputStream(channel).readNBytes(TAIL_BYTES);
            return new String(tail, StandardCharsets.UTF_8);
        }
    }
}
