package io.wstck.tck.compare;

import io.wstck.server.text.Excerpt;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.report.CauseFindings;
import io.wstck.tck.report.EscapedText;
import io.wstck.tck.report.MarkdownText;
import io.wstck.tck.report.RunStarted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Formats a matrix as lines. Clauses without findings in any run share one line per section. Stateless. */
public final class MatrixLines {
    private static final int LABEL = 44;
    private static final String LEGEND = "✓ passed   ✗ failed   k known   ! warned   ? inconclusive   - skipped   · not"
            + " played; \"2✗ 3✓\": 2 failed, 3 passed";

    private MatrixLines() {}

    private enum Kind {
        SECTION,
        CLAUSE
    }

    private record Line(Kind kind, String label, List<String> cells) {}

    /** Escaped lines for a terminal. */
    public static List<String> text(Matrix matrix) {
        List<String> lines = new ArrayList<>();
        List<String> names = names(matrix);
        for (int column = 0; column < names.size(); column++) {
            lines.add("[" + (column + 1) + "] " + EscapedText.line(names.get(column)));
        }
        lines.add("");
        List<Line> rows = lines(matrix);
        int width = rows.stream()
                .flatMap(row -> row.cells().stream())
                .mapToInt(String::length)
                .max()
                .orElse(3);
        List<String> heads = IntStream.rangeClosed(1, names.size())
                .mapToObj(column -> "[" + column + "]")
                .toList();
        lines.add(row("", heads, width));
        for (Line row : rows) {
            String label = (row.kind() == Kind.CLAUSE ? "  " : "") + EscapedText.line(row.label());
            lines.add(row(label, row.cells(), width));
        }
        lines.add("");
        lines.add(LEGEND);
        return lines;
    }

    private static String row(String label, List<String> cells, int width) {
        String cut = label.length() > LABEL ? Excerpt.withEllipsis(label, LABEL - 1) : label;
        return (cut
                        + " ".repeat(LABEL - cut.length())
                        + cells.stream()
                                .map(cell -> "  " + " ".repeat(Math.max(0, width - cell.length())) + cell)
                                .collect(Collectors.joining()))
                .stripTrailing();
    }

    /** A Markdown table. */
    public static List<String> markdown(Matrix matrix) {
        List<String> lines = new ArrayList<>();
        List<String> heads = names(matrix).stream().map(MarkdownText::inline).toList();
        lines.add("| | " + String.join(" | ", heads) + " |");
        lines.add("|---|" + "--:|".repeat(heads.size()));
        for (Line row : lines(matrix)) {
            String label = MarkdownText.inline(row.label());
            lines.add("| " + (row.kind() == Kind.SECTION ? "**" + label + "**" : label) + " | "
                    + String.join(" | ", row.cells()) + " |");
        }
        lines.add("");
        lines.add(LEGEND + ".");
        return lines;
    }

    private static List<Line> lines(Matrix matrix) {
        SequencedMap<String, List<Matrix.Row>> sections = new LinkedHashMap<>();
        matrix.rows()
                .forEach(row -> sections.computeIfAbsent(row.section(), _ -> new ArrayList<>())
                        .add(row));
        List<Line> lines = new ArrayList<>();
        sections.forEach((section, rows) -> {
            lines.add(new Line(
                    Kind.SECTION, section, cells(matrix.sum(row -> row.section().equals(section)))));
            long withoutFindings =
                    rows.stream().filter(Matrix.Row::isWithoutFindings).count();
            if (withoutFindings == rows.size()) {
                return;
            }
            rows.stream()
                    .filter(row -> !row.isWithoutFindings())
                    .forEach(row -> lines.add(new Line(Kind.CLAUSE, row.clause(), cells(row.cells()))));
            if (withoutFindings > 0) {
                lines.add(new Line(
                        Kind.CLAUSE,
                        "(" + withoutFindings + (withoutFindings == 1 ? " other clause)" : " other clauses)"),
                        cells(matrix.sum(row -> row.section().equals(section) && row.isWithoutFindings()))));
            }
        });
        lines.add(new Line(Kind.SECTION, "all", cells(matrix.sum(_ -> true))));
        lines.add(causes(matrix));
        return lines;
    }

    /** The number of causes in each run. */
    private static Line causes(Matrix matrix) {
        return new Line(
                Kind.SECTION,
                "causes",
                matrix.runs().stream()
                        .map(run ->
                                Integer.toString(CauseFindings.of(run.cases()).size()))
                        .toList());
    }

    private static List<String> cells(List<Matrix.Cell> cells) {
        return cells.stream().map(MatrixLines::cell).toList();
    }

    /** The counts of a cell with their marks, worst first: {@code 2✗1!9✓}. OBSERVED counts as passed. */
    private static String cell(Matrix.Cell cell) {
        if (cell.cases() == 0) {
            return "·";
        }
        StringBuilder text = new StringBuilder();
        for (Verdict verdict :
                List.of(Verdict.FAILED, Verdict.INCONCLUSIVE, Verdict.KNOWN, Verdict.WARNED, Verdict.SKIPPED)) {
            if (cell.count(verdict) > 0) {
                text.append(cell.count(verdict)).append(mark(verdict)).append(' ');
            }
        }
        int well = cell.count(Verdict.PASSED) + cell.count(Verdict.OBSERVED);
        if (well > 0) {
            text.append(well).append(mark(Verdict.PASSED));
        }
        return text.toString().strip();
    }

    private static String mark(Verdict verdict) {
        return switch (verdict) {
            case PASSED, OBSERVED -> "✓";
            case FAILED -> "✗";
            case KNOWN -> "k";
            case WARNED -> "!";
            case SKIPPED -> "-";
            case INCONCLUSIVE -> "?";
        };
    }

    /** Name and version of each run's implementation. If two are equal, the platform is added, and then the file. */
    static List<String> names(Matrix matrix) {
        List<String> names = matrix.runs().stream()
                .map(run -> name(run.started().implementation()))
                .toList();
        List<String> places = IntStream.range(0, names.size())
                .mapToObj(column ->
                        named(names, column, matrix.runs().get(column).started().platform()))
                .toList();
        return IntStream.range(0, places.size())
                .mapToObj(column ->
                        named(places, column, matrix.runs().get(column).file()))
                .toList();
    }

    private static String name(RunStarted.ImplementationInfo judged) {
        return judged.name() + " " + judged.version();
    }

    private static String named(List<String> names, int column, String more) {
        Map<String, Long> counts = names.stream().collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        String name = names.get(column);
        return counts.get(name) == 1 ? name : name + ", " + more;
    }
}
