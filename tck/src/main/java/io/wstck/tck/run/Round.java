package io.wstck.tck.run;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.implementation.Description;
import io.wstck.tck.judge.Judge;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.Measured;
import io.wstck.tck.judge.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Plays each of some cases, until it is judged. For one use. */
final class Round {
    /** Only what is inconclusive is played again: a verdict about the implementation is never asked for twice. */
    private static final int MAX_ATTEMPTS = 3;

    /** Cases that wait need next to no processor, but all of them at once would make one another late when they begin. */
    private static final int WAITING_AT_ONCE = 32;

    /** A heavy case holds a few copies of what it sends: each may need so much of the heap, and two at once are enough for two processors. */
    private static final long HEAP_OF_HEAVY = 448L << 20;

    private static final int HEAVY_AT_ONCE = Math.clamp(Runtime.getRuntime().maxMemory() / HEAP_OF_HEAVY, 1, 2);

    /** A machine that has woken nobody late for so long is calm. */
    private static final Duration CALM = Duration.ofMillis(500);

    private static final Duration LATE = Duration.ofMillis(100);

    private final CasePlayer player;
    private final Description description;
    private final int repetition;
    private final Lateness lateness;
    private final Consumer<CaseResult> results;
    private final Queue<Attempt> inconclusive = new ConcurrentLinkedQueue<>();
    private Duration patience;

    /**
     * A round; it does not own the player.
     *
     * @param description of what is judged
     * @param repetition from 1
     * @param patience how long, in all, it is waited for a calm machine before cases are played again
     * @param results called by several threads
     */
    Round(
            CasePlayer player,
            Description description,
            int repetition,
            Lateness lateness,
            Duration patience,
            Consumer<CaseResult> results) {
        this.player = player;
        this.description = description;
        this.repetition = repetition;
        this.lateness = lateness;
        this.patience = patience;
        this.results = results;
    }

    /** How playing a case, for so many times, has ended. */
    private record Attempt(
            TestCase testCase,
            int number,
            Judgement judgement,
            Duration spent,
            List<Measured> measured,
            List<String> transcript) {

        boolean again() {
            return judgement.verdict() == Verdict.INCONCLUSIVE && number < MAX_ATTEMPTS;
        }
    }

    /** Plays all of them side by side, what takes longest first; at last, one by one, those that could not be judged. */
    void play(List<TestCase> order, int jobs) throws InterruptedException {
        List<TestCase> waiting = of(TestCase.Weight.WAITING, order);
        int waiters = Math.min(WAITING_AT_ONCE, waiting.size());
        ExecutorService workers = Executors.newFixedThreadPool(
                jobs + waiters + HEAVY_AT_ONCE,
                Thread.ofPlatform().name("job-", 1).daemon().factory());
        try {
            List<Future<?>> work = new ArrayList<>(start(workers, waiting, waiters));
            work.addAll(start(workers, of(TestCase.Weight.HEAVY, order), HEAVY_AT_ONCE));
            work.addAll(start(workers, of(TestCase.Weight.LIGHT, order), jobs));
            await(work);
            await(List.of(workers.submit(() -> {
                playAgain();
                return null;
            })));
        } finally {
            workers.shutdownNow();
        }
    }

    private static List<TestCase> of(TestCase.Weight weight, List<TestCase> cases) {
        return cases.stream().filter(testCase -> testCase.weight() == weight).toList();
    }

    /** Starts so many workers that share the cases. */
    private List<Future<?>> start(ExecutorService workers, List<TestCase> cases, int count) {
        Queue<TestCase> queue = new ConcurrentLinkedQueue<>(cases);
        List<Future<?>> work = new ArrayList<>();
        for (int worker = 0; worker < Math.min(count, cases.size()); worker++) {
            work.add(workers.submit(() -> {
                for (TestCase next = queue.poll(); next != null; next = queue.poll()) {
                    play(next);
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

    private void play(TestCase testCase) throws InterruptedException {
        TreeSet<Capability> missing = new TreeSet<>(testCase.needs());
        missing.removeAll(description.capabilities());
        if (!missing.isEmpty()) {
            String reason = description.name() + " does not have: "
                    + missing.stream().map(Capability::word).collect(Collectors.joining(", "));
            Judgement skipped = Judgement.of(Verdict.SKIPPED, reason);
            report(new Attempt(testCase, 0, skipped, Duration.ZERO, List.of(), List.of()));
            return;
        }
        Attempt first = attempt(testCase, 1, Duration.ZERO);
        if (first.again()) {
            inconclusive.add(first);
        } else {
            report(first);
        }
    }

    /** What made a case inconclusive would mostly still be so at once: it has its turn again when all others are done and the machine is calm. */
    private void playAgain() throws InterruptedException {
        for (Attempt last = inconclusive.poll(); last != null; last = inconclusive.poll()) {
            Attempt made = last;
            while (made.again()) {
                awaitCalm();
                made = attempt(made.testCase(), made.number() + 1, made.spent());
            }
            report(made);
        }
    }

    private void awaitCalm() throws InterruptedException {
        long begun = System.nanoTime();
        for (long now = begun; now - begun < patience.toNanos(); now = System.nanoTime()) {
            if (lateness.worst(now - CALM.toNanos(), now).compareTo(LATE) < 0) {
                break;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        patience = patience.minusNanos(System.nanoTime() - begun);
    }

    private Attempt attempt(TestCase testCase, int number, Duration before) throws InterruptedException {
        long begun = System.nanoTime();
        Judgement judgement;
        List<Measured> measured = List.of();
        List<String> transcript;
        try {
            CasePlayer.Played played = player.play(testCase, lateness);
            judgement = Judge.judge(testCase.level(), played.evidence());
            measured = played.evidence().measured();
            transcript = played.transcript();
        } catch (RuntimeException | Error e) {
            // The kit's own failure must cost this case only, also one of the JVM's; it is told as what it is.
            judgement = Judgement.of(Verdict.INCONCLUSIVE, "the kit failed: " + e);
            transcript = stack(e);
        }
        Duration spent = before.plusNanos(System.nanoTime() - begun);
        return new Attempt(testCase, number, judgement, spent, measured, transcript);
    }

    private void report(Attempt last) {
        results.accept(new CaseResult(
                last.testCase(),
                last.judgement(),
                repetition,
                last.number(),
                last.spent(),
                last.measured(),
                last.transcript()));
    }

    private static List<String> stack(Throwable failure) {
        List<String> lines = new ArrayList<>();
        lines.add(failure.toString());
        for (StackTraceElement element : failure.getStackTrace()) {
            lines.add("  at " + element);
        }
        return lines;
    }
}
