package io.wstck.tck.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A temporary file for each input of a target, for readers that need a file. It is deleted when the JVM ends. */
final class ScratchFile {
    private final Path path;

    ScratchFile(String suffix) {
        try {
            path = Files.createTempFile("wstck-fuzz", suffix);
            path.toFile().deleteOnExit();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot make a scratch file", e);
        }
    }

    Path holding(byte[] content) throws IOException {
        return Files.write(path, content);
    }
}
