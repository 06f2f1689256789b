package io.wstck.tck.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The seed corpus in the sources: one folder for each target, one file for each input. */
record SeedCorpus(Path root) {
    /** The corpus of this project. Tests run in the folder of their module. */
    static SeedCorpus ofProject() {
        return new SeedCorpus(Path.of("src", "test", "resources", "fuzz"));
    }

    Path folder(NamedTarget target) {
        return root.resolve(target.name());
    }

    /** Returns the names of all folders, sorted. */
    List<String> folders() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** Returns the files of a target, sorted. */
    List<Path> files(NamedTarget target) throws IOException {
        try (Stream<Path> entries = Files.list(folder(target))) {
            return entries.sorted().toList();
        }
    }
}
