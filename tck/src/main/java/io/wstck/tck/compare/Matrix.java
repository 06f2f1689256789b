package io.wstck.tck.compare;

import io.wstck.tck.catalogue.Level;
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
 * Clauses by runs.
 *
 * @param runs the columns
 * @param rows the clauses that a run has played, in the order in which the sections and clauses are first met by id
 */
public record Matrix(List<RecordedRun> runs, List<Row> rows) {
    public Matrix {
        runs = List.copyOf(runs);
        rows = List.copyOf(rows);
    }

    /**
     * How many cases have each verdict.
     *
     * @param counts only what is more than none
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

        /** Whether there is nothing to look at: every case passed, was observed or skipped, if any was played. */
        public boolean plain() {
            return count(Verdict.PASSED) + count(Verdict.OBSERVED) + count(Verdict.SKIPPED) == cases();
        }

        /** The sum of both. */
        Cell plus(Cell other) {
            Map<Verdict, Integer> sum = new EnumMap<>(Verdict.class);
            sum.putAll(counts);
            other.counts.forEach((verdict, count) -> sum.merge(verdict, count, Integer::sum));
            return new Cell(sum);
        }
    }

    /** A clause, and what became of its cases in each run. */
    public record Row(String section, String clause, Level level, List<Cell> cells) {
        public boolean plain() {
            return cells.stream().allMatch(Cell::plain);
        }
    }

    public static Matrix of(List<RecordedRun> runs) {
        List<SequencedMap<String, CaseFinished>> standings =
                runs.stream().map(Standing::of).toList();
        SequencedMap<String, CaseFinished> clauses = new LinkedHashMap<>();
        standings.stream()
                .flatMap(standing -> standing.values().stream())
                .sorted(Comparator.comparing(
                                (CaseFinished result) -> result.requirement().section())
                        .thenComparing(result -> result.requirement().clause())
                        .thenComparing(CaseFinished::level))
                .forEach(result -> clauses.putIfAbsent(result.requirement().clause(), result));
        List<Row> rows = new ArrayList<>();
        clauses.forEach((clause, first) -> rows.add(new Row(
                first.requirement().section(),
                clause,
                first.level(),
                standings.stream().map(standing -> cell(standing, clause)).toList())));
        return new Matrix(runs, rows);
    }

    private static Cell cell(SequencedMap<String, CaseFinished> standing, String clause) {
        return Cell.of(standing.values().stream()
                .filter(result -> result.requirement().clause().equals(clause))
                .map(CaseFinished::verdict));
    }

    /** For each run the sum over the rows that are asked for. */
    List<Cell> sum(Predicate<Row> asked) {
        return IntStream.range(0, runs.size())
                .mapToObj(column -> rows.stream()
                        .filter(asked)
                        .map(row -> row.cells().get(column))
                        .reduce(new Cell(Map.of()), Cell::plus))
                .toList();
    }
}
