package io.wstck.tck.report;

import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.catalogue.ClauseCatalogue;
import io.wstck.tck.catalogue.NaturalOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One case with its results in all runs.
 *
 * @param first any result, for fields that are the same in all
 * @param results a list per run: empty if the run has no result of the case, several if it has rounds
 */
record ReportedCase(CaseFinished first, List<List<CaseFinished>> results) {
    private static final Pattern PLACE = Pattern.compile("(.*):([0-9]{1,9})");

    /** The cases of all runs, in the order of the specification, then in the order of their files. */
    static List<ReportedCase> of(List<RecordedRun> runs) {
        Map<String, ReportedCase> cases = new LinkedHashMap<>();
        for (int run = 0; run < runs.size(); run++) {
            for (CaseFinished result : runs.get(run).cases()) {
                cases.computeIfAbsent(result.id(), _ -> unplayed(result, runs.size()))
                        .results()
                        .get(run)
                        .add(result);
            }
        }
        return cases.values().stream().sorted(order()).toList();
    }

    private static ReportedCase unplayed(CaseFinished first, int runs) {
        List<List<CaseFinished>> results = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            results.add(new ArrayList<>());
        }
        return new ReportedCase(first, results);
    }

    /** Clauses that this kit does not know come last. */
    private static Comparator<ReportedCase> order() {
        Map<String, Integer> sections = new HashMap<>();
        Map<String, Integer> clauses = new HashMap<>();
        for (Clause clause : ClauseCatalogue.load().clauses()) {
            sections.putIfAbsent(clause.section(), sections.size());
            clauses.putIfAbsent(clause.id(), clauses.size());
        }
        return Comparator.comparingInt((ReportedCase one) ->
                        sections.getOrDefault(one.first().requirement().section(), Integer.MAX_VALUE))
                .thenComparing(one -> one.first().requirement().section(), NaturalOrder.INSTANCE)
                .thenComparingInt(
                        one -> clauses.getOrDefault(one.first().requirement().clause(), Integer.MAX_VALUE))
                .thenComparing(one -> one.first().requirement().clause(), NaturalOrder.INSTANCE)
                .thenComparing(one -> file(one.first().source()), NaturalOrder.INSTANCE)
                .thenComparingInt(one -> line(one.first().source()))
                .thenComparing(one -> one.first().id(), NaturalOrder.INSTANCE);
    }

    private static String file(String source) {
        Matcher place = PLACE.matcher(source);
        return place.matches() ? place.group(1) : source;
    }

    private static int line(String source) {
        Matcher place = PLACE.matcher(source);
        return place.matches() ? Integer.parseInt(place.group(2)) : 0;
    }
}
