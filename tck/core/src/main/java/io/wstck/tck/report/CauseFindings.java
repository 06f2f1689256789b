package io.wstck.tck.report;

import io.wstck.tck.catalogue.NaturalOrder;
import io.wstck.tck.judge.Cause;
import io.wstck.tck.judge.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * A cause with its findings.
 *
 * @param findings at least one; one per round of each case
 */
public record CauseFindings(Cause cause, List<CaseFinished> findings) {
    private static final List<Verdict> WORST_FIRST = List.of(Verdict.FAILED, Verdict.WARNED, Verdict.KNOWN);

    public CauseFindings {
        findings = List.copyOf(findings);
    }

    /**
     * Groups findings by cause. Causes of failures come first, then causes of warnings, then known ones. Within each
     * group the causes with the most cases come first.
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
                        .thenComparing(one -> one.cause().id(), NaturalOrder.INSTANCE))
                .toList();
    }

    /** The worst verdict of the findings. */
    public Verdict worst() {
        return verdicts().keySet().iterator().next();
    }

    /**
     * The most typical finding. It has the worst verdict; then its case tests the clause of the cause; then its
     * signature is the most common. The first id in {@link NaturalOrder} decides between equals, so that every run
     * chooses the same.
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
                        .thenComparing(CaseFinished::id, NaturalOrder.INSTANCE))
                .orElseThrow();
    }

    /** The number of cases with a finding of this cause. */
    public int cases() {
        return ids().size();
    }

    /** The number of cases with the worst verdict, and with other verdicts: {@code 41 cases (and 4 warned)}. */
    String counted() {
        Map<Verdict, Long> verdicts = verdicts();
        long worst = verdicts.get(worst());
        String others = verdicts.entrySet().stream()
                .filter(entry -> entry.getKey() != worst())
                .map(entry -> " and " + entry.getValue() + " " + entry.getKey().phrase())
                .collect(Collectors.joining(","));
        return worst + (worst == 1 ? " case" : " cases") + (others.isEmpty() ? "" : " (" + others.strip() + ")");
    }

    /** The ids of these cases, in {@link NaturalOrder}. */
    public List<String> ids() {
        return findings.stream()
                .map(CaseFinished::id)
                .distinct()
                .sorted(NaturalOrder.INSTANCE)
                .toList();
    }

    /** The number of cases with each verdict in any round, worst first. */
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
