package io.wstck.tck.prove;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.CaseResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One fault against the cases of the clauses that it breaks. One thread. */
final class Trial {
    /** What costs least comes first. */
    private static final List<TestCase.Weight> ORDER =
            List.of(TestCase.Weight.LIGHT, TestCase.Weight.WAITING, TestCase.Weight.HEAVY);

    /** So many cases of a clause are played before it is asked whether the others are needed. */
    private static final int FIRST_LOOK = 6;

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
        for (TestCase.Weight weight : ORDER) {
            for (List<TestCase> look : List.of(firstLook(weight), of(weight, fault.breaks()))) {
                List<TestCase> next = look.stream().filter(this::stillAsked).toList();
                if (!next.isEmpty()) {
                    turns.take(weight, () -> play(next));
                }
            }
        }
        return finding(Duration.ofNanos(System.nanoTime() - begun));
    }

    /** Some cases of each clause: those of a family mostly notice the same. */
    private List<TestCase> firstLook(TestCase.Weight weight) {
        List<TestCase> some = new ArrayList<>();
        for (String clause : fault.breaks()) {
            List<TestCase> family = of(weight, List.of(clause));
            int count = Math.min(FIRST_LOOK, family.size());
            for (int index = 0; index < count; index++) {
                some.add(family.get(index * family.size() / count));
            }
        }
        return some;
    }

    private boolean stillAsked(TestCase testCase) {
        return untouched().contains(testCase.clause().id())
                && results.stream().noneMatch(result -> result.testCase().id().equals(testCase.id()));
    }

    private Finding finding(Duration duration) {
        List<String> survived = untouched();
        List<TestCase> asked = cases.stream()
                .filter(testCase -> survived.contains(testCase.clause().id()))
                .toList();
        Set<String> unsure = new LinkedHashSet<>(control.failures(asked));
        results.stream()
                .filter(result -> result.verdict() == Verdict.INCONCLUSIVE
                        && survived.contains(result.testCase().clause().id()))
                .forEach(result -> unsure.add(result.testCase().id()));
        if (!unsure.isEmpty()) {
            return new Finding.Unproven(fault, List.copyOf(unsure), duration);
        }
        List<String> skipped = control.notPlayable(asked);
        if (!skipped.isEmpty()) {
            return new Finding.NotPlayable(fault, skipped, duration);
        }
        List<CaseResult> showing = cases.stream()
                .flatMap(testCase -> results.stream()
                        .filter(result -> result.testCase().id().equals(testCase.id()) && control.shows(result)))
                .toList();
        List<String> noticed = showing.stream()
                .map(result -> result.testCase().id())
                .distinct()
                .toList();
        List<String> causes =
                showing.stream().map(result -> result.cause().id()).distinct().toList();
        return survived.isEmpty()
                ? new Finding.Caught(fault, noticed, causes, duration)
                : new Finding.Survivor(fault, survived, noticed, duration);
    }

    private void play(List<TestCase> some) throws InterruptedException {
        control.play(some);
        List<TestCase> limited = some.stream().map(control::limited).toList();
        results.addAll(plays.playPatiently(faulty, limited, jobs).values());
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
