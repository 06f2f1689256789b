package io.wstck.tck.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the kit as a process with the class path of the tests. */
public final class KitProcess {
    private KitProcess() {}

    /** A process builder for the kit with these arguments. */
    public static ProcessBuilder of(String... arguments) {
        return withOptions(List.of(), arguments);
    }

    /** A process builder for the kit with options of the JVM. */
    public static ProcessBuilder withOptions(List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /** A process builder for a run of the cases in a folder, with the reports in the same folder. */
    public static ProcessBuilder judging(Path folder, List<String> options, String... arguments) {
        List<String> words = new ArrayList<>(List.of(
                "run",
                "--cases",
                folder.toString(),
                "--report",
                folder.resolve("report").toString()));
        words.addAll(List.of(arguments));
        return withOptions(options, words.toArray(String[]::new));
    }
}
