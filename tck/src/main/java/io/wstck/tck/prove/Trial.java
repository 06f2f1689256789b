package io.wstck.tck.prove;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.CaseResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** One fault against the cases of the clauses that it breaks. One thread. */
final class Trial {
    private final Fault fault;
    private final Implementation faulty;
    private final List<TestCase> cases;
    private final Control control;
    private final Plays plays;
    private final int jobs;

    /** Shared by all trials: the long cases of one of them at a time. */
    private final ReentrantLock longCases;

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
            ReentrantLock longCases) {
        this.fault = fault;
        this.faulty = faulty;
        this.cases = cases;
        this.control = control;
        this.plays = plays;
        this.jobs = jobs;
        this.longCases = longCases;
    }

    /** Plays the light cases; of a clause that they leave untouched the long ones too. */
    Finding judge() throws InterruptedException {
        long begun = System.nanoTime();
        List<TestCase> played = new ArrayList<>(of(EnumSet.of(TestCase.Weight.LIGHT), fault.breaks()));
        play(played);
        List<TestCase> more = of(EnumSet.of(TestCase.Weight.WAITING, TestCase.Weight.HEAVY), untouched());
        if (!more.isEmpty()) {
            longCases.lockInterruptibly();
            try {
                control.play(more);
                play(more);
            } finally {
                longCases.unlock();
            }
            played.addAll(more);
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
        List<TestCase> limited = some.stream().map(control::limited).toList();
        results.addAll(plays.play(faulty, limited, jobs).values());
    }

    private List<TestCase> of(Set<TestCase.Weight> weights, List<String> clauses) {
        return cases.stream()
                .filter(testCase -> weights.contains(testCase.weight())
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
