package io.wstck.tck.cli;

import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;

/**
 * The value of an option that names an output file: a file, or {@code -} for standard output.
 *
 * @param path as it was given
 */
record OutputFile(Path path) {
    private static final String STANDARD_OUTPUT = "-";

    boolean isStandardOutput() {
        return path.toString().equals(STANDARD_OUTPUT);
    }

    /** The file, relative to the working directory. Only if it is not standard output. */
    Path file(CliEnvironment environment) {
        return environment.resolve(path);
    }

    @Override
    public String toString() {
        return path.toString();
    }

    /** Reads the name of a file. */
    static final class Converter implements ITypeConverter<OutputFile> {
        @Override
        public OutputFile convert(String word) {
            return new OutputFile(Path.of(word));
        }
    }
}
