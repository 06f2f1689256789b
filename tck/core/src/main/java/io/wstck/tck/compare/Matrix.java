package io.wstck.tck.compare;

import io.wstck.tck.catalogue.NaturalOrder;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.report.CaseFinished;
import io.wstck.tck.report.RecordedRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table of clauses by runs.
 *
 * @param runs the columns
 * @param rows the clauses of all played cases, in {@link NaturalOrder} of their sections and ids
 */
public record Matrix(List<RecordedRun> runs, List<Row> rows) {
    public Matrix {
        runs = List.copyOf(runs);
        rows = List.copyOf(rows);
    }

    /**
     * The number of cases per verdict, for one clause or section in one run.
     *
     * @param counts only verdicts with a count above 0
     */
    public record Cell(Map<Verdict, Integer> counts) {
        static Cell of(Stream<Verdict> verdicts) {
            Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
            verdicts.forEach(verdict -> counts.merge(verdict, 1, Integer::sum));
            return new Cell(counts);
        }

        public int count(Verdict verdict) {
            return counts.getOrDefault(verdict, 0);
        }

        public int cases() {
            return counts.values().stream().mapToInt(Integer::intValue).sum();
        }

        /** Whether every case passed, was observed or was skipped. Also true without cases. */
        public boolean isWithoutFindings() {
            return count(Verdict.PASSED) + count(Verdict.OBSERVED) + count(Verdict.SKIPPED) == cases();
        }

        /** The sum of two cells. */
        Cell plus(Cell other) {
            Map<Verdict, Integer> sum = new EnumMap<>(Verdict.class);
            sum.putAll(counts);
            other.counts.forEach((verdict, count) -> sum.merge(verdict, count, Integer::sum));
            return new Cell(sum);
        }
    }

    /** A clause, and the verdicts of its cases in each run. */
    public record Row(String section, String clause, List<Cell> cells) {
        public boolean isWithoutFindings() {
            return cells.stream().allMatch(Cell::isWithoutFindings);
        }
    }

    public static Matrix of(List<RecordedRun> runs) {
        List<SequencedMap<String, CaseFinished>> standings =
                runs.stream().map(WorstResults::of).toList();
        SequencedMap<String, CaseFinished> clauses = new LinkedHashMap<>();
        standings.stream()
                .flatMap(standing -> standing.values().stream())
                .sorted(Comparator.comparing(
                                (CaseFinished result) -> result.requirement().section(), NaturalOrder.INSTANCE)
                        .thenComparing(result -> result.requirement().clause(), NaturalOrder.INSTANCE))
                .forEach(result -> clauses.putIfAbsent(result.requirement().clause(), result));
        List<Row> rows = new ArrayList<>();
        clauses.forEach((clause, first) -> rows.add(new Row(
                first.requirement().section(),
                clause,
                standings.stream().map(standing -> cell(standing, clause)).toList())));
        return new Matrix(runs, rows);
    }

    private static Cell cell(SequencedMap<String, CaseFinished> standing, String clause) {
        return Cell.of(standing.values().stream()
                .filter(result -> result.requirement().clause().equals(clause))
                .map(CaseFinished::verdict));
    }

    /** The sum per run over the matching rows. */
    List<Cell> sum(Predicate<Row> filter) {
        return IntStream.range(0, runs.size())
                .mapToObj(column -> rows.stream()
                        .filter(filter)
                        .map(row -> row.cells().get(column))
                        .reduce(new Cell(Map.of()), Cell::plus))
                .toList();
    }
}
