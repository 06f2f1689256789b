package io.wstck.tck.reach;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Prints the lines and branches that no case reached, from a JaCoCo report in XML. The second step of
 * {@code benchmarks/reach}.
 */
public final class ReachMain {
    private ReachMain() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1 || !Files.isReadable(Path.of(arguments[0]))) {
            System.err.println("reach: expected the path of a report of JaCoCo in XML, got " + List.of(arguments));
            System.exit(2);
        }
        List<ReachedFile> files = ReachedFile.read(Path.of(arguments[0]));
        if (files.isEmpty()) {
            System.err.println("reach: expected source files in the report, found none");
            System.exit(2);
        }
        table(files);
        list(files);
    }

    private static void table(List<ReachedFile> files) {
        System.out.printf(
                "%-40s %8s %8s %10s  %8s %8s %10s%n", "package", "lines", "missed", "", "branches", "missed", "");
        files.stream()
                .map(ReachedFile::packageName)
                .distinct()
                .forEach(name -> row(
                        name,
                        files.stream()
                                .filter(file -> file.packageName().equals(name))
                                .toList()));
        row("all", files);
    }

    private static void row(String name, List<ReachedFile> files) {
        int lines = files.stream().mapToInt(file -> file.lines().size()).sum();
        int missed = files.stream()
                .mapToInt(file -> file.lines().stream()
                        .mapToInt(line -> line.missed() ? 1 : 0)
                        .sum())
                .sum();
        int branches = files.stream()
                .flatMap(file -> file.lines().stream())
                .mapToInt(ReachedFile.Line::branches)
                .sum();
        int missedBranches = files.stream()
                .flatMap(file -> file.lines().stream())
                .mapToInt(ReachedFile.Line::missedBranches)
                .sum();
        System.out.printf(
                Locale.ROOT,
                "%-40s %8d %8d %8.1f %%  %8d %8d %8.1f %%%n",
                name,
                lines,
                missed,
                percent(missed, lines),
                branches,
                missedBranches,
                percent(missedBranches, branches));
    }

    private static double percent(int part, int whole) {
        return whole == 0 ? 0 : 100.0 * part / whole;
    }

    private static void list(List<ReachedFile> files) {
        String packageName = "";
        for (ReachedFile file : files) {
            List<String> missed = file.describe();
            if (missed.isEmpty()) {
                continue;
            }
            if (!file.packageName().equals(packageName)) {
                packageName = file.packageName();
                System.out.println();
                System.out.println(packageName);
            }
            System.out.println("  " + file.name());
            missed.forEach(line -> System.out.println("    " + line));
        }
    }
}
