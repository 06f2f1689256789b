package io.wstck.tck.run;

import io.wstck.server.ReferenceServer;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.implementation.Implementation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** Plays the cases of a plan against one implementation: light ones side by side, heavy ones alone. For one run at a time. */
public final class Runner {
    /** Cases that wait need next to no processor, but all of them at once would make one another late when they begin. */
    private static final int WAITING_AT_ONCE = 32;

    private final Implementation implementation;
    private final CasePlayer player;
    private final Optional<Lateness> known;

    /** Guards the listener and the results. */
    private final ReentrantLock lock = new ReentrantLock();

    public Runner(Implementation implementation, ReferenceServer server) {
        this(implementation, server, Optional.empty());
    }

    /** A runner that knows how late this machine is, instead of measuring it. */
    Runner(Implementation implementation, ReferenceServer server, Optional<Lateness> known) {
        this.implementation = implementation;
        this.player = new CasePlayer(implementation, server);
        this.known = known;
    }

    /**
     * Plays everything and returns how it went. Blocks; an interrupt ends the run.
     *
     * @throws InterruptedException when the run was interrupted: the listener has heard of what was finished, but not of an end
     */
    public RunSummary run(RunPlan plan, String kitVersion, RunListener listener) throws InterruptedException {
        long begun = System.nanoTime();
        listener.started(new RunInfo(
                kitVersion,
                implementation.description(),
                platform(),
                plan.seed(),
                plan.jobs(),
                plan.cases().size() * plan.repetitions(),
                plan.repetitions()));
        List<CaseResult> results = new ArrayList<>();
        Random random = new Random(plan.seed());
        try (Heartbeat heartbeat = Heartbeat.start()) {
            for (int repetition = 1; repetition <= plan.repetitions(); repetition++) {
                List<TestCase> order = new ArrayList<>(plan.cases());
                Collections.shuffle(order, random);
                playRound(
                        order,
                        plan.jobs(),
                        new Round(
                                repetition, known.orElse(heartbeat), listener, results, new ConcurrentLinkedQueue<>()));
            }
        }
        RunSummary summary = RunSummary.of(results, Duration.ofNanos(System.nanoTime() - begun));
        listener.ended(summary);
        return summary;
    }

    private static List<TestCase> of(TestCase.Weight weight, List<TestCase> cases) {
        return cases.stream().filter(testCase -> testCase.weight() == weight).toList();
    }

    /**
     * A round.
     *
     * @param again cases to be played once more, alone, when all others are done
     */
    private record Round(
            int repetition,
            Lateness lateness,
            RunListener listener,
            List<CaseResult> results,
            Queue<CaseTrial> again) {}

    private void playRound(List<TestCase> order, int jobs, Round round) throws InterruptedException {
        List<TestCase> waiting = of(TestCase.Weight.WAITING, order);
        int waiters = Math.min(WAITING_AT_ONCE, waiting.size());
        ExecutorService workers = Executors.newFixedThreadPool(
                jobs + waiters, Thread.ofPlatform().name("job-", 1).daemon().factory());
        try {
            List<Future<?>> work = new ArrayList<>(start(workers, waiting, waiters, round));
            work.addAll(start(workers, of(TestCase.Weight.LIGHT, order), jobs, round));
            await(work);
            await(start(workers, of(TestCase.Weight.HEAVY, order), 1, round));
            await(startAgain(workers, round));
        } finally {
            workers.shutdownNow();
        }
    }

    /** Starts so many workers that share the cases. */
    private List<Future<?>> start(ExecutorService workers, List<TestCase> cases, int count, Round round) {
        Queue<TestCase> queue = new ConcurrentLinkedQueue<>(cases);
        return start(workers, queue, Math.min(count, cases.size()), testCase -> play(testCase, round));
    }

    /** Starts workers for the cases that have to be played alone, as many as can be alone side by side. */
    private List<Future<?>> startAgain(ExecutorService workers, Round round) {
        int count = Math.min(implementation.aloneAtOnce(), round.again().size());
        return start(workers, round.again(), count, trial -> report(trial.playAlone(player), round));
    }

    /** What a worker does with each of its cases. */
    @FunctionalInterface
    private interface Work<T> {
        void on(T each) throws InterruptedException;
    }

    private static <T> List<Future<?>> start(ExecutorService workers, Queue<T> queue, int count, Work<T> work) {
        List<Future<?>> started = new ArrayList<>();
        for (int worker = 0; worker < count; worker++) {
            started.add(workers.submit(() -> {
                for (T next = queue.poll(); next != null; next = queue.poll()) {
                    work.on(next);
                }
                return null;
            }));
        }
        return started;
    }

    private void play(TestCase testCase, Round round) throws InterruptedException {
        CaseTrial trial = new CaseTrial(testCase, round.repetition(), round.lateness());
        Optional<CaseResult> skipped = trial.skipped(implementation.description());
        Optional<CaseResult> result = skipped.isPresent() ? skipped : trial.play(player);
        if (result.isPresent()) {
            report(result.get(), round);
        } else {
            round.again().add(trial);
        }
    }

    private static void await(List<Future<?>> work) throws InterruptedException {
        for (Future<?> worker : work) {
            try {
                worker.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("the kit failed: " + e.getCause(), e.getCause());
            }
        }
    }

    private void report(CaseResult result, Round round) {
        lock.lock();
        try {
            round.results().add(result);
            round.listener().finished(result);
        } finally {
            lock.unlock();
        }
    }

    private static String platform() {
        return String.join(
                ", ",
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors() + " processors",
                "Java " + Runtime.version());
    }

    /** Groups the results of a run by case. */
    static Map<TestCase, List<CaseResult>> byCase(List<CaseResult> results) {
        return results.stream().collect(Collectors.groupingBy(CaseResult::testCase));
    }
}
