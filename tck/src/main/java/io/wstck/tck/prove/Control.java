package io.wstck.tck.prove;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.CaseResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** What the cases say of the client as it is: a case that fails without a fault proves nothing. Any thread. */
final class Control {
    private static final Duration LEAST_LIMIT = Duration.ofSeconds(2);
    private static final int LIMIT_FACTOR = 4;

    private final Implementation client;
    private final Plays plays;
    private final int jobs;
    private final Map<String, CaseResult> results = new ConcurrentHashMap<>();

    /** Guards the playing, so that no case is played twice and heavy cases have no others of their kind beside them. */
    private final ReentrantLock lock = new ReentrantLock();

    Control(Implementation client, Plays plays, int jobs) {
        this.client = client;
        this.plays = plays;
        this.jobs = jobs;
    }

    /** Plays those cases that were not yet. */
    void play(List<TestCase> cases) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            List<TestCase> missing = cases.stream()
                    .filter(testCase -> !results.containsKey(testCase.id()))
                    .toList();
            results.putAll(plays.play(client, missing, jobs));
        } finally {
            lock.unlock();
        }
    }

    /** The ids of those cases that do not hold without a fault. */
    List<String> failures(List<TestCase> cases) {
        return cases.stream()
                .map(TestCase::id)
                .filter(id -> switch (results.get(id).verdict()) {
                    case FAILED, INCONCLUSIVE -> true;
                    case PASSED, WARNED, OBSERVED, SKIPPED -> false;
                })
                .toList();
    }

    /** Whether a result shows a fault: failed, or warned about a <em>should</em>, where the client as it is passes. */
    boolean shows(CaseResult result) {
        if (results.get(result.testCase().id()).verdict() != Verdict.PASSED) {
            return false;
        }
        return switch (result.testCase().level()) {
            case MUST, RFC -> result.verdict() == Verdict.FAILED;
            case SHOULD -> result.verdict() == Verdict.WARNED;
            case MAY -> false;
        };
    }

    /** The case with as much time as it can need, going by how long it took here. */
    TestCase limited(TestCase testCase) {
        Duration took = results.get(testCase.id()).duration();
        return Plays.within(testCase, LEAST_LIMIT.plus(took.multipliedBy(LIMIT_FACTOR)));
    }
}
