package io.wstck.tck.compare;

import io.wstck.tck.report.EscapedText;
import io.wstck.tck.report.MarkdownText;
import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.report.RunStarted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Formats a comparison as lines: first the changed causes, then the cases. Stateless. */
public final class ComparisonLines {
    /** Limit for each kind of change, except new failures. */
    private static final int MAX_LISTED = 50;

    private ComparisonLines() {}

    /** Escaped lines for a terminal. */
    public static List<String> text(Comparison comparison) {
        List<String> lines = new ArrayList<>(head(comparison, EscapedText::line));
        lines.addAll(CauseLines.text(CauseChanges.of(comparison.before(), comparison.after())));
        comparison.groups().forEach((kind, changes) -> {
            if (changes.isEmpty()) {
                return;
            }
            lines.add("");
            lines.add(kind.phrase() + ": " + changes.size());
            shown(kind, changes).forEach(change -> {
                lines.add("  " + EscapedText.line(change.id()) + "  " + change.verdicts());
                if (!finding(change).isEmpty()) {
                    lines.add("      " + EscapedText.line(finding(change)));
                }
            });
            moreLine(kind, changes).forEach(line -> lines.add("  " + line));
        });
        lines.add("");
        lines.add(footer(comparison));
        return lines;
    }

    /** Markdown, with a table for each kind of change. */
    public static List<String> markdown(Comparison comparison) {
        List<String> lines = new ArrayList<>();
        head(comparison, MarkdownText::inline).forEach(line -> lines.add("- " + line));
        lines.addAll(CauseLines.markdown(CauseChanges.of(comparison.before(), comparison.after())));
        for (Map.Entry<Comparison.Kind, List<Comparison.Change>> group :
                comparison.groups().entrySet()) {
            List<Comparison.Change> changes = group.getValue();
            if (!changes.isEmpty()) {
                lines.add("");
                lines.add("### " + group.getKey().phrase() + ": " + changes.size());
                lines.add("");
                lines.add("| case | verdict | finding |");
                lines.add("|---|---|---|");
                shown(group.getKey(), changes)
                        .forEach(change -> lines.add("| " + MarkdownText.inline(change.id()) + " | " + change.verdicts()
                                + " | " + MarkdownText.inline(finding(change)) + " |"));
                moreLine(group.getKey(), changes).forEach(line -> lines.add("\n" + line));
            }
        }
        lines.add("");
        lines.add("**" + footer(comparison) + "**");
        return lines;
    }

    private static List<String> head(Comparison comparison, UnaryOperator<String> escape) {
        List<String> lines = new ArrayList<>();
        lines.add("before: " + escape.apply(run(comparison.before())));
        lines.add("after: " + escape.apply(run(comparison.after())));
        if (!comparison.sameSpec()) {
            lines.add("the clauses are not the same: "
                    + escape.apply(comparison.before().started().spec() + " before, "
                            + comparison.after().started().spec() + " after"));
        }
        return lines;
    }

    private static String run(RecordedRun run) {
        RunStarted started = run.started();
        return started.implementation() + ", profile " + started.profile().word() + ", " + started.platform()
                + ", wstck " + started.kit() + ", " + started.startedAt();
    }

    private static Stream<Comparison.Change> shown(Comparison.Kind kind, List<Comparison.Change> changes) {
        return changes.stream().limit(limit(kind));
    }

    private static List<String> moreLine(Comparison.Kind kind, List<Comparison.Change> changes) {
        long more = changes.size() - limit(kind);
        return more <= 0 ? List.of() : List.of("… and " + more + " more");
    }

    private static long limit(Comparison.Kind kind) {
        return kind == Comparison.Kind.NEWLY_FAILING ? Long.MAX_VALUE : MAX_LISTED;
    }

    private static String finding(Comparison.Change change) {
        if (change.later().isEmpty()) {
            return "";
        }
        return change.shown().judgement().sentence();
    }

    private static String footer(Comparison comparison) {
        int failing = comparison.groups().get(Comparison.Kind.NEWLY_FAILING).size();
        String unchanged = comparison.unchanged() + " unchanged";
        long warned = comparison.groups().get(Comparison.Kind.CHANGED).stream()
                .filter(Comparison.Change::isNewWarning)
                .count();
        if (!comparison.regression()) {
            return "no regression, " + (warned == 0 ? "" : warned + " newly warned, ") + unchanged;
        }
        return "regression: " + failing + (failing == 1 ? " case" : " cases") + " newly failing, " + unchanged;
    }
}
