package io.wstck.tck.cli;

import io.wstck.tck.autobahn.spec.SpecException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Finds the spec file of a mode: the file that the command line names, or the one in the working directory. If that is
 * missing, writes a default one. Prints the same lines as the original.
 *
 * @param named the file that the command line names
 * @param name the name of the file in the working directory
 * @param content the content of a default file
 */
record WstestSpec(CliEnvironment environment, Optional<Path> named, String name, String content) {
    /**
     * A loaded spec.
     *
     * @param file the path as the user wrote it
     */
    record LoadedSpec<T>(Path file, T spec) {}

    /** Reads a spec file. */
    @FunctionalInterface
    interface SpecReader<T> {
        T read(Path file) throws SpecException;
    }

    /**
     * Finds and reads the file.
     *
     * @throws CommandFailure if the file cannot be read or written
     */
    <T> LoadedSpec<T> load(SpecReader<T> reader) throws CommandFailure {
        Path file = named.orElse(Path.of(name));
        PrintStream out = environment.out();
        if (named.isPresent()) {
            out.println("Using explicit spec file '" + file + "'");
        } else if (writeDefault(file)) {
            out.println("Auto-generating spec file '" + file + "'");
        } else {
            out.println("Using implicit spec file '" + file + "'");
        }
        Path path = environment.resolve(file);
        try {
            T spec = reader.read(path);
            out.println("Loading spec from " + path.toAbsolutePath().normalize());
            return new LoadedSpec<>(file, spec);
        } catch (SpecException wrong) {
            throw CommandFailure.usage("--spec: " + wrong.getMessage());
        }
    }

    /** Writes the default file unless there is one. Returns whether it wrote. */
    private boolean writeDefault(Path file) throws CommandFailure {
        try {
            Files.writeString(environment.resolve(file), content, StandardOpenOption.CREATE_NEW);
            return true;
        } catch (FileAlreadyExistsException there) {
            return false;
        } catch (IOException unwritable) {
            throw CommandFailure.usage("expected " + file + ", or a writable working directory, found neither: "
                    + unwritable.getMessage());
        }
    }
}
