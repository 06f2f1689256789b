package io.wstck.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The times of the kit's commands, as a user starts them: a whole run, its first line, and short commands. */
final class KitTable {
    private static final String TITLE = "Commands of the kit";
    /** The second line that {@code times} prints: user and system time of the children. */
    private static final Pattern CHILD_TIMES = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s");

    /** Seconds. */
    private record Timing(double wall, double firstLine, double processor) {}

    private final Options options;
    private final Report report;
    private final Path home;
    private final Path errors;
    private final Path reports;

    /** @param reports the folder for the reports of the runs */
    KitTable(Options options, Report report, Path home, Path errors, Path reports) {
        this.options = options;
        this.report = report;
        this.home = home;
        this.errors = errors;
        this.reports = reports;
    }

    void print() throws IOException, InterruptedException {
        if (!options.includes(TITLE) || options.runs() == 0) {
            return;
        }
        try {
            List<List<String>> commands = List.of(
                    KitLauncher.command(home, "run", "--report", reports.toString()),
                    KitLauncher.command(home, "run", "--only", "close.default-code", "--report", reports.toString()),
                    KitLauncher.command(home, "list"),
                    KitLauncher.command(home, "explain", "close.default-code"));
            report.heading(TITLE);
            report.columns("command", "s", "s to the first line", "processor s");
            for (List<String> command : commands) {
                print(command);
            }
        } catch (Contestant.AbsentException e) {
            report.leaveOut(TITLE + ": " + e.getMessage());
        }
    }

    private void print(List<String> command) throws IOException, InterruptedException {
        List<Timing> timings = new ArrayList<>();
        for (int run = 0; run < options.runs(); run++) {
            report.progress(TITLE + ": " + command.get(1));
            timings.add(time(command));
        }
        List<String> words = command.stream()
                .skip(1)
                .takeWhile(word -> !word.equals("--report"))
                .toList();
        report.row(List.of(
                "`./wstck " + String.join(" ", words) + "`",
                Figures.medianAndSpread(timings.stream().map(Timing::wall).toList()),
                Figures.medianAndSpread(timings.stream().map(Timing::firstLine).toList()),
                Figures.medianAndSpread(timings.stream().map(Timing::processor).toList())));
    }

    /** Runs a command in a shell, which then tells the processor time of its children. */
    private Timing time(List<String> command) throws IOException, InterruptedException {
        List<String> shell = new ArrayList<>(List.of("bash", "-c", "\"$@\"; times", "bash"));
        shell.addAll(command);
        long begun = System.nanoTime();
        Process process = new ProcessBuilder(shell)
                .directory(home.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
        OptionalDouble firstLine = OptionalDouble.empty();
        String last = "";
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (firstLine.isEmpty()) {
                    firstLine = OptionalDouble.of((System.nanoTime() - begun) / 1e9);
                }
                last = line;
            }
        }
        process.waitFor();
        return new Timing((System.nanoTime() - begun) / 1e9, firstLine.orElse(Double.NaN), processorSeconds(last));
    }

    private static double processorSeconds(String times) {
        MatchResult match = CHILD_TIMES
                .matcher(times)
                .results()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("expected the times of bash, got " + times));
        return 60 * (Double.parseDouble(match.group(1)) + Double.parseDouble(match.group(3)))
                + Double.parseDouble(match.group(2))
                + Double.parseDouble(match.group(4));
    }
}
