package io.wstck.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process that answers on its standard output. It is ended with this object. For one thread. */
final class ChildProcess implements AutoCloseable {
    private static final int ANSWER_SECONDS = 120;
    private static final int END_SECONDS = 5;

    private final Process process;
    private final BufferedReader answers;
    private final PrintStream commands;

    private ChildProcess(Process process) {
        this.process = process;
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** Starts a program; its errors go to a file. */
    static ChildProcess start(List<String> command, Path errors) throws IOException {
        return new ChildProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start());
    }

    /** Starts a main class of this class path in a JVM of its own. */
    static ChildProcess java(CorePinning pinning, Class<?> main, List<String> arguments, Path errors)
            throws IOException {
        return java(pinning, System.getProperty("java.class.path"), main, arguments, errors);
    }

    /** Starts a main class of a class path in a JVM of its own. */
    static ChildProcess java(CorePinning pinning, String classPath, Class<?> main, List<String> arguments, Path errors)
            throws IOException {
        List<String> command = new ArrayList<>(pinning.prefix());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "-cp",
                classPath,
                main.getName()));
        command.addAll(arguments);
        return start(command, errors);
    }

    /**
     * Returns the next line that the process prints.
     *
     * @throws IOException if it ends before; a process that prints nothing for two minutes is ended
     */
    String readLine() throws IOException {
        CompletableFuture<Void> answered = new CompletableFuture<Void>().orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS);
        var _ = answered.exceptionally(_ -> {
            process.destroyForcibly();
            return null;
        });
        String line = answers.readLine();
        if (line == null) {
            throw new IOException(
                    answered.complete(null)
                            ? "its process ended early; its errors are in the folder of the benchmark"
                            : "its process did not answer within " + ANSWER_SECONDS + " s");
        }
        answered.complete(null);
        return line;
    }

    void writeLine(String line) {
        commands.println(line);
    }

    @Override
    public void close() {
        commands.close();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
