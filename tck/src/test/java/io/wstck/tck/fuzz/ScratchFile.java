package io.wstck.tck.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a target writes each input to, for readers that read files. It is deleted when the JVM ends. */
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
