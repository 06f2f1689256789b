package io.wstck.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Prints tables as Markdown, and at the end a list of all that was left out. Progress goes to standard error. */
final class Report {
    private final PrintStream out;
    private final List<String> leftOut = new ArrayList<>();

    Report(PrintStream out) {
        this.out = out;
    }

    void heading(String text) {
        out.println("\n### " + text + "\n");
    }

    void line(String text) {
        out.println(text);
    }

    void row(List<String> cells) {
        out.println("| " + String.join(" | ", cells) + " |");
    }

    /** Prints the head of a table; all columns but the first are numbers. */
    void columns(String first, String... others) {
        List<String> cells = new ArrayList<>(List.of(first));
        cells.addAll(List.of(others));
        row(cells);
        out.println("|---" + "|---:".repeat(others.length) + "|");
    }

    /** Records what is not measured, and why. */
    void leaveOut(String what) {
        leftOut.add(what);
        progress("left out: " + what);
    }

    void progress(String text) {
        System.err.println("compare: " + text);
    }

    void end() {
        if (leftOut.isEmpty()) {
            return;
        }
        out.println("\nLeft out:\n");
        leftOut.stream().distinct().forEach(line -> out.println("- " + line));
    }
}
