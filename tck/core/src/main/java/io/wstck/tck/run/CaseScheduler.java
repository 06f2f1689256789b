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

/** Plays cases in parallel, and repeats each of them until it has a verdict. For a single use. */
final class CaseScheduler {
    /**
     * Maximum number of waiting cases at a time. They hardly need a processor, but starting them all at once would
     * delay each of them.
     */
    private static final int MAX_WAITING = 32;

    /**
     * Heap for one heavy case, which holds a few copies of the messages that it sends. Two at a time are enough for two
     * processors.
     */
    private static final long HEAP_PER_HEAVY_CASE = 448L << 20;

    private static final int MAX_HEAVY = Math.clamp(Runtime.getRuntime().maxMemory() / HEAP_PER_HEAVY_CASE, 1, 2);

    /** The machine counts as calm after this time without a stall. */
    private static final Duration CALM_PERIOD = Duration.ofMillis(500);

    /** The time that a client may take to close its session, and some more. */
    private static final Duration END_TIMEOUT = Duration.ofSeconds(15);

    private static final Duration BUSY_STALL = Duration.ofMillis(100);

    private final int jobs;
    private final AttemptPlayer player;
    private final Implementation implementation;
    private final KnownDeviations known;
    private final int repetition;
    private final StallLog stallLog;
    private final Consumer<CaseResult> results;
    private final Queue<CaseAttempts> toRepeat = new ConcurrentLinkedQueue<>();

    /** Cases that other cases may have disturbed, and that must be repeated alone. */
    private final Queue<CaseAttempts> exclusive = new ConcurrentLinkedQueue<>();

    /** Plays cases in their own processes while other cases run in theirs. */
    private final ExecutorService ownProcessWorkers;

    private final Queue<CompletableFuture<?>> ownProcessTasks = new ConcurrentLinkedQueue<>();

    /** Completes exceptionally with the first worker that fails, which is an error of the kit. */
    private final CompletableFuture<Object> failed = new CompletableFuture<>();

    private final EndSignal end;
    private final AgentDeaths deaths;
    private final AtomicInteger confirmations = new AtomicInteger();

    private Duration calmTimeout;

    /**
     * Creates a scheduler. It does not own the player.
     *
     * @param implementation the implementation under test
     * @param known the known deviations of the implementation
     * @param repetition number of the repetition, from 1
     * @param calmTimeout total time to wait for a calm machine before cases are repeated
     * @param jobs number of light cases that run at the same time
     * @param end ends the scheduler early
     * @param results called on several threads
     */
    CaseScheduler(
            AttemptPlayer player,
            Implementation implementation,
            KnownDeviations known,
            int repetition,
            StallLog stallLog,
            Duration calmTimeout,
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
        this.stallLog = stallLog;
        this.calmTimeout = calmTimeout;
        this.results = results;
        ownProcessWorkers = Executors.newFixedThreadPool(
                implementation.maxOwnProcesses(),
                Thread.ofPlatform().name("own-process-", 1).daemon().factory());
    }

    /**
     * Plays all cases. Waiting, heavy and light cases begin at the same time. Cases that others may have disturbed are
     * repeated meanwhile, each in its own process where that is possible. Afterwards inconclusive cases are repeated
     * one by one, and then those that must be alone.
     *
     * @throws EndedEarlyException if the run must end before all cases are judged
     */
    void play(List<TestCase> order) throws InterruptedException, EndedEarlyException {
        Queue<TestCase> waiting = of(TestCase.Weight.WAITING, order);
        int waitingWorkers = Math.min(MAX_WAITING, waiting.size());
        // With one job, cases run one after the other in the given order.
        int lightWorkers = jobs == 1 ? 1 : jobs + MAX_WAITING;
        ExecutorService workers = Executors.newFixedThreadPool(
                lightWorkers + waitingWorkers + MAX_HEAVY,
                Thread.ofPlatform().name("job-", 1).daemon().factory());
        try (JobSlots slots = new JobSlots(jobs)) {
            List<CompletableFuture<?>> work = new ArrayList<>(start(workers, waiting, waitingWorkers, this::begin));
            work.addAll(start(workers, of(TestCase.Weight.HEAVY, order), MAX_HEAVY, this::begin));
            work.addAll(start(workers, of(TestCase.Weight.LIGHT, order), lightWorkers, light -> begin(light, slots)));
            await(work);
            awaitOwnProcesses();
            await(List.of(start(workers, this::repeatInconclusive)));
            awaitOwnProcesses();
            await(start(workers, exclusive, implementation.maxOwnProcesses(), this::play));
        } finally {
            workers.shutdownNow();
            ownProcessWorkers.shutdownNow();
        }
    }

    private static Queue<TestCase> of(TestCase.Weight weight, List<TestCase> cases) {
        return cases.stream()
                .filter(testCase -> testCase.weight() == weight)
                .collect(Collectors.toCollection(ConcurrentLinkedQueue::new));
    }

    /** Handles one item of a queue that workers share. */
    @FunctionalInterface
    private interface ItemHandler<T> {
        void handle(T item) throws InterruptedException;
    }

    /** Starts workers that share a queue, at most {@code most}. */
    private <T> List<CompletableFuture<?>> start(
            ExecutorService workers, Queue<T> queue, int most, ItemHandler<T> work) {
        List<CompletableFuture<?>> started = new ArrayList<>();
        int count = Math.min(most, queue.size());
        for (int worker = 0; worker < count; worker++) {
            started.add(start(workers, () -> {
                for (T next = queue.poll(); next != null && isRunning(); next = queue.poll()) {
                    work.handle(next);
                }
            }));
        }
        return started;
    }

    /** The task of a worker thread. */
    @FunctionalInterface
    private interface WorkerTask {
        void run() throws InterruptedException;
    }

    private CompletableFuture<?> start(ExecutorService workers, WorkerTask job) {
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
            awaitRunningCases(all);
            throw new EndedEarlyException(early.get().sentence());
        }
    }

    private static RuntimeException failure(Throwable cause) throws InterruptedException {
        return switch (cause) {
            // A listener could not write, for example because the disk is full. The message says so in one sentence.
            case UncheckedIOException unwritable -> unwritable;
            // A client in this JVM can interrupt any thread. An interrupted worker ends the run as interrupted.
            case InterruptedException interrupted -> throw interrupted;
            default -> new IllegalStateException("the kit failed: " + cause, cause);
        };
    }

    private boolean isRunning() {
        return end.reason().isEmpty();
    }

    /** Waits for cases that are still running. They are probably the cause of the early end. */
    private static void awaitRunningCases(CompletableFuture<Void> all) throws InterruptedException {
        try {
            all.get(END_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // Cases without a verdict by now get none.
            return;
        }
    }

    private void begin(TestCase testCase, JobSlots slots) throws InterruptedException {
        ScriptActivity activity = new ScriptActivity();
        try (JobSlots.JobSlot _ = slots.acquire(activity)) {
            begin(testCase, activity);
        }
    }

    private void begin(TestCase testCase) throws InterruptedException {
        begin(testCase, new ScriptActivity());
    }

    private void begin(TestCase testCase, ScriptActivity activity) throws InterruptedException {
        AttemptPlayer.Isolation repeatIsolation =
                usesOwnProcesses() ? AttemptPlayer.Isolation.OWN_PROCESS : AttemptPlayer.Isolation.EXCLUSIVE;
        CaseAttempts.SharedSettings settings = new CaseAttempts.SharedSettings(
                repeatIsolation, implementation.clientLocation(), known, stallLog, confirmations);
        CaseAttempts attempts = usesOwnProcesses() && known.lists(testCase.id())
                ? CaseAttempts.ofKnownDeviation(testCase, settings, repetition, activity)
                : CaseAttempts.of(testCase, settings, repetition, activity);
        Optional<CaseResult> skipped = attempts.skippedResult(implementation);
        if (skipped.isPresent()) {
            results.accept(skipped.get());
        } else {
            play(attempts);
        }
    }

    private void play(CaseAttempts attempts) throws InterruptedException {
        Optional<CaseResult> result = attempts.play(player, deaths);
        if (result.isPresent()) {
            results.accept(result.get());
            return;
        }
        switch (attempts.nextIsolation()) {
            case SHARED_PROCESS -> toRepeat.add(attempts);
            case OWN_PROCESS -> ownProcessTasks.add(start(ownProcessWorkers, () -> play(attempts)));
            case EXCLUSIVE -> exclusive.add(attempts);
        }
    }

    /**
     * Returns whether cases may run in their own processes beside others. With one job they run one after the other.
     */
    private boolean usesOwnProcesses() {
        return jobs > 1 && implementation.maxOwnProcesses() > 1;
    }

    private void awaitOwnProcesses() throws InterruptedException, EndedEarlyException {
        for (CompletableFuture<?> task = ownProcessTasks.poll(); task != null; task = ownProcessTasks.poll()) {
            await(List.of(task));
        }
    }

    /**
     * Repeats inconclusive cases after all others, when the machine is calm. An immediate repetition would usually meet
     * the same conditions.
     */
    private void repeatInconclusive() throws InterruptedException {
        for (CaseAttempts attempts = toRepeat.poll(); attempts != null && isRunning(); attempts = toRepeat.poll()) {
            awaitCalm();
            play(attempts);
        }
    }

    private void awaitCalm() throws InterruptedException {
        long startNanos = System.nanoTime();
        for (long now = startNanos; now - startNanos < calmTimeout.toNanos(); now = System.nanoTime()) {
            if (stallLog.worstStall(now - CALM_PERIOD.toNanos(), now).compareTo(BUSY_STALL) < 0) {
                break;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        calmTimeout = calmTimeout.minusNanos(System.nanoTime() - startNanos);
    }
}
