package io.wstck.tck.run;

import io.wstck.server.ReferenceServer;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.judge.Judge;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.Measured;
import io.wstck.tck.judge.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Plays the cases of a plan against one implementation: light ones side by side, heavy ones alone. For one run at a time. */
public final class Runner {
    /** Only what is inconclusive is played again: a verdict about the implementation is never asked for twice. */
    private static final int MAX_ATTEMPTS = 3;

    /** Cases that wait need next to no processor, but all of them at once would make one another late when they begin. */
    private static final int WAITING_AT_ONCE = 32;

    private final Implementation implementation;
    private final CasePlayer player;
    private final Optional<Lateness> known;

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
     * @throws InterruptedException when the run was interrupted: the listener has heard of what was finished, and of an end that says so
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
        Tally tally = new Tally(listener, plan.known());
        Random random = new Random(plan.seed());
        try (Heartbeat heartbeat = Heartbeat.start()) {
            for (int repetition = 1; repetition <= plan.repetitions(); repetition++) {
                List<TestCase> order = new ArrayList<>(plan.cases());
                Collections.shuffle(order, random);
                playRound(order, plan.jobs(), new Round(repetition, known.orElse(heartbeat), tally));
            }
        } catch (InterruptedException e) {
            tally.end(RunSummary.Ending.INTERRUPTED, since(begun));
            throw e;
        }
        return tally.end(RunSummary.Ending.COMPLETE, since(begun));
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static List<TestCase> of(TestCase.Weight weight, List<TestCase> cases) {
        return cases.stream().filter(testCase -> testCase.weight() == weight).toList();
    }

    private record Round(int repetition, Lateness lateness, Tally tally) {}

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
        } finally {
            workers.shutdownNow();
        }
    }

    /** Starts so many workers that share the cases. */
    private List<Future<?>> start(ExecutorService workers, List<TestCase> cases, int count, Round round) {
        Queue<TestCase> queue = new ConcurrentLinkedQueue<>(cases);
        List<Future<?>> work = new ArrayList<>();
        for (int worker = 0; worker < Math.min(count, cases.size()); worker++) {
            work.add(workers.submit(() -> {
                for (TestCase next = queue.poll(); next != null; next = queue.poll()) {
                    round.tally().add(play(next, round));
                }
                return null;
            }));
        }
        return work;
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

    private CaseResult play(TestCase testCase, Round round) throws InterruptedException {
        Description description = implementation.description();
        TreeSet<Capability> missing = new TreeSet<>(testCase.needs());
        missing.removeAll(description.capabilities());
        if (!missing.isEmpty()) {
            String reason = description.name() + " does not have: "
                    + missing.stream().map(Capability::word).collect(Collectors.joining(", "));
            return new CaseResult(
                    testCase,
                    Judgement.of(Verdict.SKIPPED, reason),
                    round.repetition(),
                    0,
                    Duration.ZERO,
                    List.of(),
                    List.of(),
                    List.of());
        }
        long begun = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            Attempt made = attempt(testCase, round.lateness());
            if (made.judgement().verdict() != Verdict.INCONCLUSIVE || attempt == MAX_ATTEMPTS) {
                Duration duration = since(begun);
                return new CaseResult(
                        testCase,
                        made.judgement(),
                        round.repetition(),
                        attempt,
                        duration,
                        made.measured(),
                        made.transcript(),
                        made.sequence());
            }
        }
    }

    private record Attempt(
            Judgement judgement, List<Measured> measured, List<String> transcript, List<Moment> sequence) {}

    private Attempt attempt(TestCase testCase, Lateness lateness) throws InterruptedException {
        try {
            CasePlayer.Played played = player.play(testCase, lateness);
            return new Attempt(
                    Judge.judge(testCase.level(), played.evidence()),
                    played.evidence().measured(),
                    played.transcript(),
                    played.sequence());
        } catch (RuntimeException | Error e) {
            // The kit's own failure must cost this case only, also one of the JVM's; it is told as what it is.
            return new Attempt(
                    Judgement.of(Verdict.INCONCLUSIVE, "the kit failed: " + e), List.of(), stack(e), List.of());
        }
    }

    private static List<String> stack(Throwable failure) {
        List<String> lines = new ArrayList<>();
        lines.add(failure.toString());
        for (StackTraceElement element : failure.getStackTrace()) {
            lines.add("  at " + element);
        }
        return lines;
    }

    private static String platform() {
        return String.join(
                ", ",
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors() + " processors",
                "Java " + Runtime.version());
    }
}
