package io.wstck.tck.cli;

import io.wstck.server.text.Excerpt;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.report.CaseFinished;
import io.wstck.tck.report.ContractText;
import io.wstck.tck.report.EscapedText;
import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.report.RunFinished;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes a ledger as lines of at most 100 columns. Text from clients is escaped. Stateless. */
final class LedgerText {
    private static final int COLUMNS = 100;

    private static final int LAST_COLUMN = 67;
    private static final int DETAIL_COLUMN = 18;

    private LedgerText() {}

    static List<String> lines(Ledger ledger) {
        List<String> lines = new ArrayList<>(head(ledger.last()));
        lines.addAll(contracts(ledger.last()));
        String section = "";
        for (Ledger.ClauseEntry entry : ledger.entries()) {
            if (!entry.clause().section().equals(section)) {
                section = entry.clause().section();
                lines.add("");
                lines.add(row(section, "level", "cases", "faults", "last run"));
            }
            lines.addAll(lines(entry, ledger.last()));
        }
        lines.add("");
        lines.addAll(totals(ledger));
        return lines;
    }

    private static List<String> head(Ledger.LastRunEvents last) {
        return wrapped(
                switch (last) {
                    case Ledger.LastRunEvents.Recorded(Path file, RecordedRun run) ->
                        "last run: " + run.started().implementation().name() + " "
                                + run.started().implementation().version() + ", "
                                + run.started().startedAt() + ", "
                                + run.finished().map(LedgerText::conclusion).orElse("truncated before its end")
                                + " (" + file + ")";
                    case Ledger.LastRunEvents.None(Path file) -> "last run: none recorded at " + file;
                    case Ledger.LastRunEvents.Unreadable(Path _, String why) -> "last run: unreadable: " + why;
                },
                0);
    }

    /** The profile of the last run and its conclusion on each contract. For a truncated run only the profile. */
    private static List<String> contracts(Ledger.LastRunEvents last) {
        return last instanceof Ledger.LastRunEvents.Recorded(Path _, RecordedRun run)
                ? run.finished()
                        .map(RunFinished::contracts)
                        .map(ContractText::lines)
                        .orElse(List.of("profile " + run.started().profile().word()))
                : List.of();
    }

    private static String conclusion(RunFinished run) {
        return run.conclusion().phrase();
    }

    private static List<String> lines(Ledger.ClauseEntry entry, Ledger.LastRunEvents last) {
        List<String> lines = new ArrayList<>();
        List<String> verdicts = wrapped(verdicts(entry, last), LAST_COLUMN);
        lines.add(row(
                entry.clause().id(),
                entry.clause().level().word(),
                Integer.toString(entry.cases().size()),
                Integer.toString(entry.faults().size()),
                verdicts.getFirst()));
        verdicts.stream().skip(1).forEach(more -> lines.add(" ".repeat(LAST_COLUMN) + more));
        entry.clause().profile().ifPresent(profile -> lines.addAll(detail("profile", profile.word() + " only")));
        entry.clause().untestable().ifPresent(why -> lines.addAll(detail("untestable", why)));
        if (entry.uncovered()) {
            lines.addAll(detail("NO CASE", "a binding clause without a reason for having no case"));
        }
        if (entry.unproven()) {
            lines.addAll(detail("no fault", "there is none, and no reason why"));
        } else if (entry.faults().isEmpty()) {
            entry.clause().unprovable().ifPresent(why -> lines.addAll(detail("no fault", why)));
        }
        findings(entry)
                .forEach((finding, cases) -> lines.addAll(
                        detail(word(finding.verdict()), finding.text() + " (" + String.join(", ", cases) + ")")));
        return lines;
    }

    private static String verdicts(Ledger.ClauseEntry entry, Ledger.LastRunEvents last) {
        if (entry.cases().isEmpty()) {
            return "";
        }
        return switch (last) {
            case Ledger.LastRunEvents.None _ -> "no run";
            case Ledger.LastRunEvents.Unreadable _ -> "unreadable";
            case Ledger.LastRunEvents.Recorded _ -> counts(entry);
        };
    }

    private static String counts(Ledger.ClauseEntry entry) {
        Map<Verdict, Long> counts = entry.results().stream()
                .collect(Collectors.groupingBy(
                        CaseFinished::verdict, () -> new EnumMap<>(Verdict.class), Collectors.counting()));
        Stream<String> played = counts.entrySet().stream().map(count -> count.getValue() + " " + word(count.getKey()));
        Stream<String> unplayed = entry.unplayed() == 0 ? Stream.of() : Stream.of(entry.unplayed() + " not played");
        return Stream.concat(played, unplayed).collect(Collectors.joining(", "));
    }

    private record LedgerFinding(Verdict verdict, String text) {}

    /** The findings of the cases. Each maps to the ids of its cases. */
    private static Map<LedgerFinding, List<String>> findings(Ledger.ClauseEntry entry) {
        Map<LedgerFinding, List<String>> findings = new LinkedHashMap<>();
        for (CaseFinished result : entry.results()) {
            if (result.verdict() != Verdict.PASSED) {
                LedgerFinding finding =
                        new LedgerFinding(result.verdict(), result.judgement().sentence());
                List<String> cases = findings.computeIfAbsent(finding, _ -> new ArrayList<>());
                if (!cases.contains(result.id())) {
                    cases.add(result.id());
                }
            }
        }
        return findings;
    }

    private static List<String> totals(Ledger ledger) {
        long binding = ledger.entries().stream()
                .filter(entry -> entry.clause().level().binding())
                .count();
        long untestable = ledger.entries().stream()
                .filter(entry ->
                        entry.cases().isEmpty() && entry.clause().untestable().isPresent())
                .count();
        long unproven =
                ledger.entries().stream().filter(Ledger.ClauseEntry::unproven).count();
        return wrapped(
                ledger.entries().size() + " clauses, " + binding + " of them binding; binding without a case: "
                        + ledger.uncovered().size() + "; untestable: " + untestable
                        + "; binding, with cases that no fault proves: " + unproven,
                0);
    }

    private static String word(Verdict verdict) {
        return verdict.phrase();
    }

    private static String row(String clause, String level, String cases, String faults, String last) {
        return String.format(Locale.ROOT, "%-42s  %-6s  %5s  %6s  %s", clause, level, cases, faults, last)
                .stripTrailing();
    }

    private static List<String> detail(String label, String text) {
        List<String> parts = wrapped(text, DETAIL_COLUMN);
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "    %-14s%s", label, parts.getFirst()));
        parts.stream().skip(1).forEach(part -> lines.add(" ".repeat(DETAIL_COLUMN) + part));
        return lines;
    }

    /** Wraps a text at spaces to the width after a column. A longer word is cut. */
    private static List<String> wrapped(String text, int column) {
        int width = COLUMNS - column;
        List<String> lines = new ArrayList<>();
        String rest = EscapedText.line(text);
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > 0 ? space : width;
            String line = Excerpt.of(rest, end);
            lines.add(line);
            rest = rest.substring(line.length()).stripLeading();
        }
        lines.add(rest);
        return lines;
    }
}
