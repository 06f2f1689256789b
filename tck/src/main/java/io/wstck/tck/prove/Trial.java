package io.wstck.tck.prove;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.CaseResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One fault against the cases of the clauses that it breaks. One thread. */
final class Trial {
    /** What costs least comes first. */
    private static final List<TestCase.Weight> ORDER =
            List.of(TestCase.Weight.LIGHT, TestCase.Weight.WAITING, TestCase.Weight.HEAVY);

    private final Fault fault;
    private final Implementation faulty;
    private final List<TestCase> cases;
    private final Control control;
    private final Plays plays;
    private final int jobs;
    private final Turns turns;

    private final List<CaseResult> results = new ArrayList<>();

    /**
     * @param cases of the clauses that the fault breaks, in the order of the catalogue
     */
    Trial(
            Fault fault,
            Implementation faulty,
            List<TestCase> cases,
            Control control,
            Plays plays,
            int jobs,
            Turns turns) {
        this.fault = fault;
        this.faulty = faulty;
        this.cases = cases;
        this.control = control;
        this.plays = plays;
        this.jobs = jobs;
        this.turns = turns;
    }

    /** Plays the light cases; those of a clause that they leave untouched that wait, and then the heavy ones. */
    Finding judge() throws InterruptedException {
        long begun = System.nanoTime();
        List<TestCase> played = new ArrayList<>();
        for (TestCase.Weight weight : ORDER) {
            List<TestCase> next = of(weight, untouched());
            if (!next.isEmpty()) {
                turns.take(weight, () -> play(next));
                played.addAll(next);
            }
        }
        return finding(played, Duration.ofNanos(System.nanoTime() - begun));
    }

    private Finding finding(List<TestCase> played, Duration duration) {
        List<String> unsure = new ArrayList<>(control.failures(played));
        List<String> survived = untouched();
        if (!survived.isEmpty()) {
            results.stream()
                    .filter(result -> result.verdict() == Verdict.INCONCLUSIVE
                            && survived.contains(result.testCase().clause().id()))
                    .forEach(result -> unsure.add(result.testCase().id()));
        }
        if (!unsure.isEmpty()) {
            return new Finding.Unproven(fault, unsure, duration);
        }
        List<String> noticed = cases.stream()
                .map(TestCase::id)
                .filter(id -> results.stream()
                        .anyMatch(result -> result.testCase().id().equals(id) && control.shows(result)))
                .toList();
        return survived.isEmpty()
                ? new Finding.Caught(fault, noticed, duration)
                : new Finding.Survivor(fault, survived, noticed, duration);
    }

    private void play(List<TestCase> some) throws InterruptedException {
        control.play(some);
        List<TestCase> limited = some.stream().map(control::limited).toList();
        results.addAll(plays.play(faulty, limited, jobs).values());
    }

    private List<TestCase> of(TestCase.Weight weight, List<String> clauses) {
        return cases.stream()
                .filter(testCase -> testCase.weight() == weight
                        && clauses.contains(testCase.clause().id()))
                .toList();
    }

    /** The clauses that the fault breaks and that no case has shown so far. */
    private List<String> untouched() {
        return fault.breaks().stream()
                .filter(clause -> results.stream()
                        .noneMatch(result -> result.testCase().clause().id().equals(clause) && control.shows(result)))
                .toList();
    }
}
