package io.wstck.tck.mutation;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Prints each outcome and, at the end, the table. For one thread. */
final class MutationReport {
    private static final String TOTAL = "all";

    private final PrintStream out;
    private final int expected;
    private final Map<Mutant, MutantOutcome> outcomes = new LinkedHashMap<>();

    /**
     * @param expected the number of outcomes
     */
    MutationReport(PrintStream out, int expected) {
        this.out = out;
        this.expected = expected;
    }

    /** Prints the line of an outcome. */
    void add(Mutant mutant, MutantOutcome outcome) {
        outcomes.put(mutant, outcome);
        out.printf(
                Locale.ROOT,
                "[%d/%d] %-9s %s%s  (%d cases, %.1f s)%n",
                outcomes.size(),
                expected,
                outcome.kind().word(),
                mutant.name(),
                outcome.detail().isEmpty() ? "" : "  " + outcome.detail(),
                outcome.cases(),
                outcome.millis() / 1000.0);
        out.flush();
    }

    /** Prints a table by package and the mutants that were not caught. */
    void end() {
        Map<String, Map<MutantOutcome.Kind, Integer>> byPackage = new TreeMap<>();
        Map<MutantOutcome.Kind, Integer> total = new EnumMap<>(MutantOutcome.Kind.class);
        outcomes.forEach((mutant, outcome) -> {
            byPackage
                    .computeIfAbsent(mutant.packageName(), _ -> new EnumMap<>(MutantOutcome.Kind.class))
                    .merge(outcome.kind(), 1, Integer::sum);
            total.merge(outcome.kind(), 1, Integer::sum);
        });
        List<String> head = new ArrayList<>(List.of("package", "mutants"));
        for (MutantOutcome.Kind kind : MutantOutcome.Kind.values()) {
            head.add(kind.word());
        }
        out.println();
        out.printf("%-40s %8s %8s %9s %10s %10s%n", head.toArray());
        byPackage.forEach(this::row);
        row(TOTAL, total);
        for (MutantOutcome.Kind kind :
                List.of(MutantOutcome.Kind.SURVIVED, MutantOutcome.Kind.UNREACHED, MutantOutcome.Kind.UNDECIDED)) {
            list(kind);
        }
    }

    private void row(String name, Map<MutantOutcome.Kind, Integer> counts) {
        List<Object> cells = new ArrayList<>();
        cells.add(name);
        cells.add(counts.values().stream().mapToInt(Integer::intValue).sum());
        for (MutantOutcome.Kind kind : MutantOutcome.Kind.values()) {
            cells.add(counts.getOrDefault(kind, 0));
        }
        out.printf("%-40s %8d %8d %9d %10d %10d%n", cells.toArray());
    }

    private void list(MutantOutcome.Kind kind) {
        List<String> lines = outcomes.entrySet().stream()
                .filter(entry -> entry.getValue().kind() == kind)
                .map(entry -> (entry.getKey().name() + "  " + entry.getValue().detail()).strip())
                .sorted()
                .toList();
        if (!lines.isEmpty()) {
            out.println();
            out.println(kind.word() + ":");
            lines.forEach(line -> out.println("  " + line));
        }
    }

    /** Whether there is an outcome of this kind. */
    boolean has(MutantOutcome.Kind kind) {
        return outcomes.values().stream().anyMatch(outcome -> outcome.kind() == kind);
    }
}
