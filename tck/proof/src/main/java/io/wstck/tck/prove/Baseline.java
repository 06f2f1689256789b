package io.wstck.tck.prove;

import io.wstck.tck.cases.CaseServers;
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

/**
 * Plays cases with the client without a fault, and keeps their results. Only a case that passes then can prove a fault.
 * Any thread.
 */
final class Baseline {
    private static final Duration MIN_LIMIT = Duration.ofSeconds(2);
    private static final int LIMIT_FACTOR = 4;

    /** Waiting takes the same time on a busy machine, so this factor is smaller. */
    private static final int WAITING_LIMIT_FACTOR = 2;

    private final BaselineClients clients;
    private final CaseBatchPlayer player;
    private final int jobs;
    private final Map<String, CaseResult> results = new ConcurrentHashMap<>();

    /** Held while cases are played: no case is played twice, and few heavy cases run at once. */
    private final ReentrantLock lock = new ReentrantLock();

    Baseline(BaselineClients clients, CaseBatchPlayer player, int jobs) {
        this.clients = clients;
        this.player = player;
        this.jobs = jobs;
    }

    /** Plays the cases that have no result yet. */
    void play(List<TestCase> cases) throws InterruptedException {
        if (withoutResult(cases).isEmpty()) {
            return;
        }
        lock.lockInterruptibly();
        try {
            Map<Profile, List<TestCase>> byProfile =
                    withoutResult(cases).stream().collect(Collectors.groupingBy(BaselineClients::profile));
            for (Map.Entry<Profile, List<TestCase>> played : byProfile.entrySet()) {
                results.putAll(player.playWithRetry(clients.of(played.getKey()), played.getValue(), jobs));
            }
        } finally {
            lock.unlock();
        }
    }

    private List<TestCase> withoutResult(List<TestCase> cases) {
        return cases.stream()
                .filter(testCase -> !results.containsKey(testCase.id()))
                .toList();
    }

    /** The results of the cases that do not pass without a fault. */
    List<CaseResult> failures(List<TestCase> cases) {
        return cases.stream()
                .map(testCase -> results.get(testCase.id()))
                .filter(result -> switch (result.verdict()) {
                    case FAILED, INCONCLUSIVE -> true;
                    case PASSED, KNOWN, WARNED, OBSERVED, SKIPPED -> false;
                })
                .toList();
    }

    /** The ids of the cases that this machine cannot play, even without a fault. */
    List<String> notPlayable(List<TestCase> cases) {
        return cases.stream()
                .filter(testCase ->
                        results.get(testCase.id()).verdict() == Verdict.SKIPPED && dependsOnMachine(testCase))
                .map(TestCase::id)
                .toList();
    }

    private static boolean dependsOnMachine(TestCase testCase) {
        return testCase.servers().filter(CaseServers::dependsOnMachine).isPresent();
    }

    /**
     * Whether a result shows a fault. The result is a failure, or a warning in a case of a <em>should</em>. Without the
     * fault the case passed, or was observed in a case of a <em>may</em>.
     */
    boolean showsFault(CaseResult result) {
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

    /**
     * The case with a limit that depends on its duration without a fault. A script that hangs because of its fault then
     * does not delay the proof.
     */
    TestCase withLimit(TestCase testCase) {
        Duration took = results.get(testCase.id()).duration();
        int factor = testCase.weight() == TestCase.Weight.WAITING ? WAITING_LIMIT_FACTOR : LIMIT_FACTOR;
        return testCase.withLimit(MIN_LIMIT.plus(took.multipliedBy(factor)));
    }
}
