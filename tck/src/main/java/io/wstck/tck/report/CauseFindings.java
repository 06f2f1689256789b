package io.wstck.tck.report;

import io.wstck.tck.judge.Cause;
import io.wstck.tck.judge.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * A cause, and the findings that tell of it.
 *
 * @param findings at least one; of several rounds, each round's own
 */
public record CauseFindings(Cause cause, List<CaseFinished> findings) {
    private static final List<Verdict> WORST_FIRST = List.of(Verdict.FAILED, Verdict.WARNED, Verdict.KNOWN);

    public CauseFindings {
        findings = List.copyOf(findings);
    }

    /**
     * The causes of all findings among these results, each finding in exactly one. Causes of failures come first, then those of warnings, then
     * what is listed as known; within each of these those with the most cases.
     */
    public static List<CauseFindings> of(List<CaseFinished> results) {
        SequencedMap<String, List<CaseFinished>> byCause = new LinkedHashMap<>();
        results.stream()
                .filter(CaseFinished::isFinding)
                .forEach(result -> byCause.computeIfAbsent(result.cause().id(), _ -> new ArrayList<>())
                        .add(result));
        return byCause.values().stream()
                .map(findings -> new CauseFindings(findings.getFirst().cause(), findings))
                .sorted(Comparator.comparingInt((CauseFindings one) -> WORST_FIRST.indexOf(one.worst()))
                        .thenComparing(CauseFindings::cases, Comparator.reverseOrder())
                        .thenComparing(one -> one.cause().id()))
                .toList();
    }

    /** The verdict that speaks most against the implementation. */
    public Verdict worst() {
        return verdicts().keySet().iterator().next();
    }

    /**
     * The finding that speaks best for the others: it has the worst verdict, its case tests the clause that owns the cause, and its
     * signature is the most common one. Of several such the one whose case has the least id, so that it is the same in each run.
     */
    public CaseFinished example() {
        Map<String, Long> common = findings.stream()
                .collect(Collectors.groupingBy(finding -> finding.judgement().signature(), Collectors.counting()));
        return findings.stream()
                .min(Comparator.comparingInt((CaseFinished finding) -> WORST_FIRST.indexOf(finding.verdict()))
                        .thenComparing(
                                finding -> !finding.requirement().clause().equals(cause.clause()))
                        .thenComparing(
                                finding -> common.get(finding.judgement().signature()), Comparator.reverseOrder())
                        .thenComparing(CaseFinished::id))
                .orElseThrow();
    }

    /** How many cases it shows in. */
    public int cases() {
        return ids().size();
    }

    /** How many cases have the worst verdict, and beside them how many another one: {@code 41 cases (and 4 warned)}. */
    String counted() {
        Map<Verdict, Long> verdicts = verdicts();
        long worst = verdicts.get(worst());
        String others = verdicts.entrySet().stream()
                .filter(entry -> entry.getKey() != worst())
                .map(entry ->
                        " and " + entry.getValue() + " " + entry.getKey().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
        return worst + (worst == 1 ? " case" : " cases") + (others.isEmpty() ? "" : " (" + others.strip() + ")");
    }

    /** Ids of these cases, in order. */
    public List<String> ids() {
        return findings.stream().map(CaseFinished::id).distinct().sorted().toList();
    }

    /** How many of these cases had each verdict in some round, worst first. */
    public Map<Verdict, Long> verdicts() {
        Map<Verdict, Long> counts = new LinkedHashMap<>();
        WORST_FIRST.forEach(verdict -> {
            long count = findings.stream()
                    .filter(finding -> finding.verdict() == verdict)
                    .map(CaseFinished::id)
                    .distinct()
                    .count();
            if (count > 0) {
                counts.put(verdict, count);
            }
        });
        return counts;
    }
}
