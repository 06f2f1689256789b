package io.wstck.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine that the figures were measured on. */
final class Machine {
    private Machine() {}

    static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    static String describe() {
        return cores() + " cores of " + processor() + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + ", Java " + Runtime.version();
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            Optional<String> model =
                    lines.filter(line -> line.startsWith("model name")).findFirst();
            return model.map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            // Not every system has this file.
            return System.getProperty("os.arch");
        }
    }

    /** Returns whether processes can be bound to a core. */
    static boolean canPin() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return cores() > 1
                && Stream.of(path.split(java.io.File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "taskset")));
    }
}
