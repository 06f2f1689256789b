package io.wstck.tck.mutation;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.run.CaseResult;
import io.wstck.tck.run.RunPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Plays the cases that reach a mutant until one case shows it twice. Short cases with much coverage come first. For one
 * thread.
 */
final class MutantPlayer {
    /** The smallest limit of a script. It is short, because scripts hang with some mutants. */
    private static final Duration MIN_LIMIT = Duration.ofSeconds(3);

    private static final int LIMIT_FACTOR = 6;

    /** Waiting takes the same time on a busy machine, so this factor is smaller. */
    private static final int WAITING_LIMIT_FACTOR = 2;

    /** The number of cases of different clauses that are played first. */
    private static final int SAMPLE_SIZE = 16;

    /** The cheapest cases come first. */
    private static final List<TestCase.Weight> ORDER =
            List.of(TestCase.Weight.LIGHT, TestCase.Weight.WAITING, TestCase.Weight.HEAVY);

    private final Mutants mutants;
    private final CaseCoverage coverage;
    private final List<TestCase> cases;
    private final MutationCasePlayer played;
    private final MutationEffort effort;

    /**
     * @param cases all cases
     */
    MutantPlayer(
            Mutants mutants,
            CaseCoverage coverage,
            List<TestCase> cases,
            MutationCasePlayer played,
            MutationEffort effort) {
        this.effort = effort;
        this.mutants = mutants;
        this.coverage = coverage;
        this.cases = cases;
        this.played = played;
    }

    /** Changes the client, plays, and restores the client. */
    MutantOutcome play(Mutant mutant) throws InterruptedException {
        List<TestCase> reaching = coverage.showing(cases, mutant.place());
        if (reaching.isEmpty()) {
            return new MutantOutcome(MutantOutcome.Kind.UNREACHED, "", 0, 0);
        }
        long begun = System.nanoTime();
        played.reset();
        try {
            RedefinitionAgent.redefine(mutant.type(), mutants.bytes(mutant));
        } catch (LinkageError e) {
            return new MutantOutcome(
                    MutantOutcome.Kind.UNDECIDED, "no valid class: " + e.getMessage(), 0, millis(begun));
        }
        try {
            return outcome(reaching, begun);
        } catch (RuntimeException | Error e) {
            // The message tells which part of the kit failed, because the kit also uses the mutated classes.
            return end(MutantOutcome.Kind.UNDECIDED, e.toString(), begun);
        } finally {
            RedefinitionAgent.redefine(mutant.type(), mutants.original(mutant.type()));
        }
    }

    private MutantOutcome outcome(List<TestCase> reaching, long begun) throws InterruptedException {
        List<String> once = new ArrayList<>();
        for (List<TestCase> batch : batches(effort.of(reaching, coverage))) {
            Optional<CaseResult> shown = repeatedFinding(batch, once);
            if (shown.isPresent()) {
                CaseResult finding = shown.get();
                return end(MutantOutcome.Kind.CAUGHT, finding.testCase().id() + " " + finding.verdict(), begun);
            }
            if (played.playedSinceReset().mostlyInconclusive()) {
                String reason = played.playedSinceReset().inconclusive().getFirst();
                return end(MutantOutcome.Kind.UNDECIDED, "most cases were inconclusive: " + reason, begun);
            }
        }
        List<String> remarks = new ArrayList<>();
        if (!once.isEmpty()) {
            remarks.add("failed once, and not again: " + String.join(", ", once));
        }
        if (!played.playedSinceReset().inconclusive().isEmpty()) {
            remarks.add(played.playedSinceReset().inconclusive().size() + " inconclusive");
        }
        return end(MutantOutcome.Kind.SURVIVED, String.join("; ", remarks), begun);
    }

    /**
     * The first finding that occurs again when its case is played alone.
     *
     * @param once receives the ids of the cases whose finding does not occur again
     */
    private Optional<CaseResult> repeatedFinding(List<TestCase> batch, List<String> once) throws InterruptedException {
        List<TestCase> left = new ArrayList<>(batch);
        Optional<CaseResult> finding = played.untilFinding(left, RunPlan.DEFAULT_JOBS);
        while (finding.isPresent()) {
            TestCase showing = finding.get().testCase();
            if (played.untilFinding(List.of(showing), 1).isPresent()) {
                return finding;
            }
            once.add(showing.id());
            left.removeIf(testCase -> testCase.id().equals(showing.id()) || played.showsNothing(testCase));
            finding = left.isEmpty() ? Optional.empty() : played.untilFinding(left, RunPlan.DEFAULT_JOBS);
        }
        return Optional.empty();
    }

    private MutantOutcome end(MutantOutcome.Kind kind, String detail, long begun) {
        return new MutantOutcome(kind, detail, played.playedSinceReset().count(), millis(begun));
    }

    /**
     * The order of play: some cases of many clauses with little coverage, one case of each other clause, all other
     * light cases, the waiting cases, and the heavy cases.
     */
    private List<List<TestCase>> batches(List<TestCase> reaching) {
        Map<String, TestCase> some = new LinkedHashMap<>();
        reaching.stream()
                .filter(testCase -> testCase.weight() == TestCase.Weight.LIGHT)
                .sorted(Comparator.comparingInt(coverage::size))
                .forEach(testCase -> some.putIfAbsent(testCase.clause().id(), testCase));
        List<List<TestCase>> looks = new ArrayList<>();
        looks.add(some.values().stream().limit(SAMPLE_SIZE).toList());
        looks.add(some.values().stream().skip(SAMPLE_SIZE).toList());
        Map<TestCase.Weight, List<TestCase>> rest = reaching.stream()
                .filter(testCase -> !some.containsValue(testCase))
                .collect(Collectors.groupingBy(TestCase::weight));
        ORDER.forEach(weight -> looks.add(rest.getOrDefault(weight, List.of())));
        return looks.stream()
                .filter(batch -> !batch.isEmpty())
                .map(batch -> batch.stream().map(this::withLimit).toList())
                .toList();
    }

    private TestCase withLimit(TestCase testCase) {
        int factor = testCase.weight() == TestCase.Weight.WAITING ? WAITING_LIMIT_FACTOR : LIMIT_FACTOR;
        return testCase.withLimit(MIN_LIMIT.plus(coverage.duration(testCase).multipliedBy(factor)));
    }

    private static long millis(long begun) {
        return (System.nanoTime() - begun) / 1_000_000;
    }
}
