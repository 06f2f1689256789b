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

/** Plays the cases that reach a mutant until one shows it twice, those that tell most in the least time first. One thread. */
final class MutantPlayer {
    /** A script that hangs for the mutant does not hold up the rest. */
    private static final Duration LEAST_LIMIT = Duration.ofSeconds(3);

    private static final int LIMIT_FACTOR = 6;

    /** A clock goes at the same pace for everybody. */
    private static final int WAITING_LIMIT_FACTOR = 2;

    /** So many cases of different clauses are played before all others. */
    private static final int FIRST_LOOK = 16;

    /** What costs least comes first. */
    private static final List<TestCase.Weight> ORDER =
            List.of(TestCase.Weight.LIGHT, TestCase.Weight.WAITING, TestCase.Weight.HEAVY);

    private final Mutants mutants;
    private final Coverage coverage;
    private final List<TestCase> cases;
    private final PlayedCases played;
    private final Effort effort;

    /** @param cases all of them */
    MutantPlayer(Mutants mutants, Coverage coverage, List<TestCase> cases, PlayedCases played, Effort effort) {
        this.effort = effort;
        this.mutants = mutants;
        this.coverage = coverage;
        this.cases = cases;
        this.played = played;
    }

    /** Changes the client, plays, and changes it back. */
    Outcome play(Mutant mutant) throws InterruptedException {
        List<TestCase> reaching = coverage.showing(cases, mutant.place());
        if (reaching.isEmpty()) {
            return new Outcome(Outcome.Kind.UNREACHED, "", 0, 0);
        }
        long begun = System.nanoTime();
        played.reset();
        try {
            RedefinitionAgent.redefine(mutant.type(), mutants.bytes(mutant));
        } catch (LinkageError e) {
            return new Outcome(Outcome.Kind.UNDECIDED, "no valid class: " + e.getMessage(), 0, millis(begun));
        }
        try {
            return outcome(reaching, begun);
        } catch (RuntimeException | Error e) {
            // Its message says what of the kit failed; the classes that the mutant is in are the kit's as well.
            return end(Outcome.Kind.UNDECIDED, e.toString(), begun);
        } finally {
            RedefinitionAgent.redefine(mutant.type(), mutants.original(mutant.type()));
        }
    }

    private Outcome outcome(List<TestCase> reaching, long begun) throws InterruptedException {
        List<String> once = new ArrayList<>();
        for (List<TestCase> look : looks(effort.of(reaching, coverage))) {
            Optional<CaseResult> shown = shown(look, once);
            if (shown.isPresent()) {
                CaseResult finding = shown.get();
                return end(Outcome.Kind.CAUGHT, finding.testCase().id() + " " + finding.verdict(), begun);
            }
            if (played.sofar().mostlyInconclusive()) {
                String reason = played.sofar().inconclusive().getFirst();
                return end(Outcome.Kind.UNDECIDED, "most cases were inconclusive: " + reason, begun);
            }
        }
        List<String> remarks = new ArrayList<>();
        if (!once.isEmpty()) {
            remarks.add("failed once, and not again: " + String.join(", ", once));
        }
        if (!played.sofar().inconclusive().isEmpty()) {
            remarks.add(played.sofar().inconclusive().size() + " inconclusive");
        }
        return end(Outcome.Kind.SURVIVED, String.join("; ", remarks), begun);
    }

    /**
     * The first finding that comes again when its case is played alone.
     *
     * @param once takes the ids of the cases whose finding does not
     */
    private Optional<CaseResult> shown(List<TestCase> look, List<String> once) throws InterruptedException {
        List<TestCase> left = new ArrayList<>(look);
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

    private Outcome end(Outcome.Kind kind, String detail, long begun) {
        return new Outcome(kind, detail, played.sofar().count(), millis(begun));
    }

    /** First a few of many clauses that reach little else, then one of each other clause, all other light ones, those that wait, and the heavy ones. */
    private List<List<TestCase>> looks(List<TestCase> reaching) {
        Map<String, TestCase> some = new LinkedHashMap<>();
        reaching.stream()
                .filter(testCase -> testCase.weight() == TestCase.Weight.LIGHT)
                .sorted(Comparator.comparingInt(coverage::size))
                .forEach(testCase -> some.putIfAbsent(testCase.clause().id(), testCase));
        List<List<TestCase>> looks = new ArrayList<>();
        looks.add(some.values().stream().limit(FIRST_LOOK).toList());
        looks.add(some.values().stream().skip(FIRST_LOOK).toList());
        Map<TestCase.Weight, List<TestCase>> rest = reaching.stream()
                .filter(testCase -> !some.containsValue(testCase))
                .collect(Collectors.groupingBy(TestCase::weight));
        ORDER.forEach(weight -> looks.add(rest.getOrDefault(weight, List.of())));
        return looks.stream()
                .filter(look -> !look.isEmpty())
                .map(look -> look.stream().map(this::limited).toList())
                .toList();
    }

    private TestCase limited(TestCase testCase) {
        int factor = testCase.weight() == TestCase.Weight.WAITING ? WAITING_LIMIT_FACTOR : LIMIT_FACTOR;
        return testCase.withLimit(LEAST_LIMIT.plus(coverage.duration(testCase).multipliedBy(factor)));
    }

    private static long millis(long begun) {
        return (System.nanoTime() - begun) / 1_000_000;
    }
}
