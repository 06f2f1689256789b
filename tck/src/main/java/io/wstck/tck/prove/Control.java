package io.wstck.tck.prove;

import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.ScenarioSyntaxException;
import io.wstck.server.scenario.SessionSpec;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.CaseResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** What the cases say of the client as it is: a case that fails without a fault proves nothing. Any thread. */
final class Control {
    private static final Duration LEAST_LIMIT = Duration.ofSeconds(2);
    private static final int LIMIT_FACTOR = 4;

    /** A clock goes at the same pace for everybody. */
    private static final int WAITING_LIMIT_FACTOR = 2;

    private final Clients clients;
    private final Plays plays;
    private final int jobs;
    private final Map<String, CaseResult> results = new ConcurrentHashMap<>();

    /** Guards the playing, so that no case is played twice and few heavy ones at once. */
    private final ReentrantLock lock = new ReentrantLock();

    Control(Clients clients, Plays plays, int jobs) {
        this.clients = clients;
        this.plays = plays;
        this.jobs = jobs;
    }

    /** Plays those cases that were not yet. */
    void play(List<TestCase> cases) throws InterruptedException {
        if (missing(cases).isEmpty()) {
            return;
        }
        lock.lockInterruptibly();
        try {
            Map<Profile, List<TestCase>> byProfile =
                    missing(cases).stream().collect(Collectors.groupingBy(Clients::profile));
            for (Map.Entry<Profile, List<TestCase>> played : byProfile.entrySet()) {
                results.putAll(plays.playPatiently(clients.of(played.getKey()), played.getValue(), jobs));
            }
        } finally {
            lock.unlock();
        }
    }

    private List<TestCase> missing(List<TestCase> cases) {
        return cases.stream()
                .filter(testCase -> !results.containsKey(testCase.id()))
                .toList();
    }

    /** The ids of those cases that do not hold without a fault. */
    List<String> failures(List<TestCase> cases) {
        return cases.stream()
                .map(TestCase::id)
                .filter(id -> switch (results.get(id).verdict()) {
                    case FAILED, INCONCLUSIVE -> true;
                    case PASSED, KNOWN, WARNED, OBSERVED, SKIPPED -> false;
                })
                .toList();
    }

    /** The ids of those cases that this machine cannot play, without a fault either. */
    List<String> notPlayable(List<TestCase> cases) {
        return cases.stream()
                .filter(testCase ->
                        results.get(testCase.id()).verdict() == Verdict.SKIPPED && dependsOnMachine(testCase))
                .map(TestCase::id)
                .toList();
    }

    private static boolean dependsOnMachine(TestCase testCase) {
        try {
            return testCase.servers().isPresent()
                    && SessionSpec.parse(testCase.servers().get()).servers().values().stream()
                            .anyMatch(behaviour -> behaviour instanceof Scenario scenario
                                    && scenario.listener().dependsOnMachine());
        } catch (ScenarioSyntaxException e) {
            throw new IllegalStateException("the scenario of " + testCase.id() + " was valid when it was loaded", e);
        }
    }

    /**
     * Whether a result shows a fault: failed, or warned about a <em>should</em>, where the client as it is passes or, in a case of a
     * <em>may</em>, is observed.
     */
    boolean shows(CaseResult result) {
        Verdict without = results.get(result.testCase().id()).verdict();
        if (without != Verdict.PASSED && without != Verdict.OBSERVED) {
            return false;
        }
        return switch (result.testCase().level()) {
            case MUST, RFC -> result.verdict() == Verdict.FAILED;
            case SHOULD -> result.verdict() == Verdict.WARNED;
            case MAY -> result.verdict() == Verdict.FAILED;
        };
    }

    /** The case with as much time as it can need, going by how long it took here. */
    TestCase limited(TestCase testCase) {
        Duration took = results.get(testCase.id()).duration();
        int factor = testCase.weight() == TestCase.Weight.WAITING ? WAITING_LIMIT_FACTOR : LIMIT_FACTOR;
        return Plays.within(testCase, LEAST_LIMIT.plus(took.multipliedBy(factor)));
    }
}
