package io.wstck.tck.run;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.known.KnownDeviations;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Plays each of some cases, until it is judged. For one use. */
final class Round {
    /** Cases that wait need next to no processor, but all of them at once would make one another late when they begin. */
    private static final int WAITING_AT_ONCE = 32;

    /** A heavy case holds a few copies of what it sends: each may need so much of the heap, and two at once are enough for two processors. */
    private static final long HEAP_OF_HEAVY = 448L << 20;

    private static final int HEAVY_AT_ONCE = Math.clamp(Runtime.getRuntime().maxMemory() / HEAP_OF_HEAVY, 1, 2);

    /** A machine that has woken nobody late for so long is calm. */
    private static final Duration CALM = Duration.ofMillis(500);

    /** As long as a client may take to let go of a case, and some more. */
    private static final Duration LAST_CASES = Duration.ofSeconds(15);

    private static final Duration LATE = Duration.ofMillis(100);

    private final int jobs;
    private final CasePlayer player;
    private final Implementation implementation;
    private final KnownDeviations known;
    private final int repetition;
    private final Lateness lateness;
    private final Consumer<CaseResult> results;
    private final Queue<CaseTrial> inconclusive = new ConcurrentLinkedQueue<>();

    /** Cases that may have suffered from others, and must be played with none beside them. */
    private final Queue<CaseTrial> alone = new ConcurrentLinkedQueue<>();

    /** Plays those that have a program of their own, while others are played in theirs. */
    private final ExecutorService aside;

    private final Queue<CompletableFuture<?>> begunAside = new ConcurrentLinkedQueue<>();

    /** Fails with the first worker that fails, which is the kit's own failure. */
    private final CompletableFuture<Object> failed = new CompletableFuture<>();

    private final EndSignal end;
    private final AgentDeaths deaths;
    private final AtomicInteger confirmed = new AtomicInteger();

    private Duration patience;

    /**
     * A round; it does not own the player.
     *
     * @param implementation what is judged
     * @param known what it is known to do otherwise
     * @param repetition from 1
     * @param patience how long, in all, it is waited for a calm machine before cases are played again
     * @param jobs how many light cases are played side by side
     * @param end ends the round early
     * @param results called by several threads
     */
    Round(
            CasePlayer player,
            Implementation implementation,
            KnownDeviations known,
            int repetition,
            Lateness lateness,
            Duration patience,
            int jobs,
            EndSignal end,
            Consumer<CaseResult> results) {
        this.jobs = jobs;
        this.end = end;
        deaths = new AgentDeaths(end);
        this.player = player;
        this.implementation = implementation;
        this.known = known;
        this.repetition = repetition;
        this.lateness = lateness;
        this.patience = patience;
        this.results = results;
        aside = Executors.newFixedThreadPool(
                implementation.aloneAtOnce(),
                Thread.ofPlatform().name("aside-", 1).daemon().factory());
    }

    /**
     * Plays all of them side by side, what takes longest first, and beside them, each in a program of its own if that can be, those that may have suffered from others; at last, one by one, those that
     * could not be judged, and then those that have to be alone.
     *
     * @throws EndedEarlyException when the run has to end before that
     */
    void play(List<TestCase> order) throws InterruptedException, EndedEarlyException {
        Queue<TestCase> waiting = of(TestCase.Weight.WAITING, order);
        int waiters = Math.min(WAITING_AT_ONCE, waiting.size());
        // One place is one after the other, in this order.
        int players = jobs == 1 ? 1 : jobs + WAITING_AT_ONCE;
        ExecutorService workers = Executors.newFixedThreadPool(
                players + waiters + HEAVY_AT_ONCE,
                Thread.ofPlatform().name("job-", 1).daemon().factory());
        try (Places places = new Places(jobs)) {
            List<CompletableFuture<?>> work = new ArrayList<>(start(workers, waiting, waiters, this::begin));
            work.addAll(start(workers, of(TestCase.Weight.HEAVY, order), HEAVY_AT_ONCE, this::begin));
            work.addAll(start(workers, of(TestCase.Weight.LIGHT, order), players, light -> begin(light, places)));
            await(work);
            awaitAside();
            await(List.of(start(workers, this::playAgain)));
            awaitAside();
            await(start(workers, alone, implementation.aloneAtOnce(), this::play));
        } finally {
            workers.shutdownNow();
            aside.shutdownNow();
        }
    }

    private static Queue<TestCase> of(TestCase.Weight weight, List<TestCase> cases) {
        return cases.stream()
                .filter(testCase -> testCase.weight() == weight)
                .collect(Collectors.toCollection(ConcurrentLinkedQueue::new));
    }

    /** What a worker does with each of what it shares with others. */
    @FunctionalInterface
    private interface Work<T> {
        void on(T each) throws InterruptedException;
    }

    /** Starts workers that share a queue, at most so many. */
    private <T> List<CompletableFuture<?>> start(ExecutorService workers, Queue<T> queue, int most, Work<T> work) {
        List<CompletableFuture<?>> started = new ArrayList<>();
        int count = Math.min(most, queue.size());
        for (int worker = 0; worker < count; worker++) {
            started.add(start(workers, () -> {
                for (T next = queue.poll(); next != null && goesOn(); next = queue.poll()) {
                    work.on(next);
                }
            }));
        }
        return started;
    }

    /** What a worker does. */
    @FunctionalInterface
    private interface Job {
        void run() throws InterruptedException;
    }

    private CompletableFuture<?> start(ExecutorService workers, Job job) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        workers.execute(() -> {
            try {
                job.run();
                done.complete(null);
            } catch (Throwable e) {
                failed.completeExceptionally(e);
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private void await(List<CompletableFuture<?>> work) throws InterruptedException, EndedEarlyException {
        CompletableFuture<Void> all = CompletableFuture.allOf(work.toArray(CompletableFuture<?>[]::new));
        try {
            CompletableFuture.anyOf(all, failed, end.signal()).get();
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
        Optional<RunSummary.EarlyEnd> early = end.reason();
        if (early.isPresent()) {
            awaitLast(all);
            throw new EndedEarlyException(early.get().sentence());
        }
    }

    private static RuntimeException failure(Throwable cause) throws InterruptedException {
        return switch (cause) {
            // A listener could not write, for example because the disk is full, and says so in one sentence.
            case UncheckedIOException unwritable -> unwritable;
            // A client in this JVM can interrupt any thread: where it was a worker's, the run ends as one that was told
            // to.
            case InterruptedException interrupted -> throw interrupted;
            default -> new IllegalStateException("the kit failed: " + cause, cause);
        };
    }

    private boolean goesOn() {
        return end.reason().isEmpty();
    }

    /** Cases that are being played when the run is to end mostly are those that made it end. */
    private static void awaitLast(CompletableFuture<Void> all) throws InterruptedException {
        try {
            all.get(LAST_CASES.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // What has no verdict by now gets none.
            return;
        }
    }

    private void begin(TestCase testCase, Places places) throws InterruptedException {
        Activity activity = new Activity();
        try (Places.Place _ = places.take(activity)) {
            begin(testCase, activity);
        }
    }

    private void begin(TestCase testCase) throws InterruptedException {
        begin(testCase, new Activity());
    }

    private void begin(TestCase testCase, Activity activity) throws InterruptedException {
        CasePlayer.Company apart = aside() ? CasePlayer.Company.ASIDE : CasePlayer.Company.ALONE;
        CaseTrial.Setting setting = new CaseTrial.Setting(apart, implementation.home(), known, lateness, confirmed);
        CaseTrial trial = aside() && known.lists(testCase.id())
                ? CaseTrial.provisional(testCase, setting, repetition, activity)
                : CaseTrial.of(testCase, setting, repetition, activity);
        Optional<CaseResult> skipped = trial.skipped(implementation);
        if (skipped.isPresent()) {
            results.accept(skipped.get());
        } else {
            play(trial);
        }
    }

    private void play(CaseTrial trial) throws InterruptedException {
        Optional<CaseResult> result = trial.play(player, deaths);
        if (result.isPresent()) {
            results.accept(result.get());
            return;
        }
        switch (trial.next()) {
            case SHARED -> inconclusive.add(trial);
            case ASIDE -> begunAside.add(start(aside, () -> play(trial)));
            case ALONE -> alone.add(trial);
        }
    }

    /** With one job cases are played one after the other, in programs of their own, too. */
    private boolean aside() {
        return jobs > 1 && implementation.aloneAtOnce() > 1;
    }

    private void awaitAside() throws InterruptedException, EndedEarlyException {
        for (CompletableFuture<?> begun = begunAside.poll(); begun != null; begun = begunAside.poll()) {
            await(List.of(begun));
        }
    }

    /** What made a case inconclusive would mostly still be so at once: it has its turn again when all others are done and the machine is calm. */
    private void playAgain() throws InterruptedException {
        for (CaseTrial trial = inconclusive.poll(); trial != null && goesOn(); trial = inconclusive.poll()) {
            awaitCalm();
            play(trial);
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
}
