package io.wstck.tck.compare;

import io.wstck.tck.judge.Judgement;
import io.wstck.tck.report.MarkdownText;
import io.wstck.tck.report.Printable;
import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.report.RunStarted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A comparison in lines: the causes that changed, then the cases. Stateless. */
public final class ComparisonLines {
    /** More of what says little is cut. */
    private static final int MOST_TOLD = 50;

    private ComparisonLines() {}

    /** For a terminal, escaped. */
    public static List<String> text(Comparison comparison) {
        List<String> lines = new ArrayList<>(head(comparison, Printable::line));
        lines.addAll(CauseLines.text(CauseChanges.of(comparison.before(), comparison.after())));
        comparison.groups().forEach((kind, changes) -> {
            if (changes.isEmpty()) {
                return;
            }
            lines.add("");
            lines.add(kind.phrase() + ": " + changes.size());
            told(kind, changes).forEach(change -> {
                lines.add("  " + Printable.line(change.id()) + "  " + change.verdicts());
                if (!finding(change).isEmpty()) {
                    lines.add("      " + Printable.line(finding(change)));
                }
            });
            cut(kind, changes).forEach(line -> lines.add("  " + line));
        });
        lines.add("");
        lines.add(foot(comparison));
        return lines;
    }

    /** As Markdown, a table for each kind of change. */
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
                told(group.getKey(), changes)
                        .forEach(change -> lines.add("| " + MarkdownText.inline(change.id()) + " | " + change.verdicts()
                                + " | " + MarkdownText.inline(finding(change)) + " |"));
                cut(group.getKey(), changes).forEach(line -> lines.add("\n" + line));
            }
        }
        lines.add("");
        lines.add("**" + foot(comparison) + "**");
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

    private static Stream<Comparison.Change> told(Comparison.Kind kind, List<Comparison.Change> changes) {
        return changes.stream().limit(limit(kind));
    }

    private static List<String> cut(Comparison.Kind kind, List<Comparison.Change> changes) {
        long more = changes.size() - limit(kind);
        return more <= 0 ? List.of() : List.of("… and " + more + " more");
    }

    private static long limit(Comparison.Kind kind) {
        return kind == Comparison.Kind.NEWLY_FAILING ? Long.MAX_VALUE : MOST_TOLD;
    }

    private static String finding(Comparison.Change change) {
        Judgement judgement = change.told().judgement();
        if (change.is().isEmpty()) {
            return "";
        }
        return Stream.of(
                        judgement.reason(),
                        judgement.expected().isEmpty() ? "" : "expected " + judgement.expected(),
                        judgement.actual().isEmpty() ? "" : "got " + judgement.actual())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static String foot(Comparison comparison) {
        int failing = comparison.groups().get(Comparison.Kind.NEWLY_FAILING).size();
        String unchanged = comparison.unchanged() + " unchanged";
        if (!comparison.regression()) {
            return "no regression, " + unchanged;
        }
        return "regression: " + failing + (failing == 1 ? " case" : " cases") + " newly failing, " + unchanged;
    }
}
