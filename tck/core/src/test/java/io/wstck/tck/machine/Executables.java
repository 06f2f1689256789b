package io.wstck.tck.machine;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Programs for tests to start. Another process writes them. If this JVM wrote the file, a process that another test
 * starts at that moment would inherit the open file for an instant. The system does not execute a file that is open for
 * writing ("text file busy").
 */
public final class Executables {
    private Executables() {}

    /** A shell script of these lines. */
    public static void script(Path file, String lines) throws IOException {
        Process writer = start("cat > \"$1\" && chmod 755 \"$1\"", file);
        try (OutputStream text = writer.getOutputStream()) {
            text.write(("#!/bin/sh\n" + lines + "\n").getBytes(StandardCharsets.UTF_8));
        }
        await(writer);
    }

    /** The same program at another place. */
    public static void copy(Path program, Path file) throws IOException {
        await(start("cp -p \"$2\" \"$1\"", file, program));
    }

    private static Process start(String command, Path... files) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command, "sh");
        for (Path file : files) {
            builder.command().add(file.toString());
        }
        return builder.redirectErrorStream(true).start();
    }

    private static void await(Process process) throws IOException {
        try {
            if (process.waitFor() != 0) {
                throw new IOException(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }
}
