package io.wstck.tck.prove;

import io.wstck.server.ReferenceServer;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Level;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.judge.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Proves the kit: every fault must be caught, and null clients must pass no case with a server. */
public final class Prover {
    private static final int JOBS = 8 * Math.max(1, Runtime.getRuntime().availableProcessors());
    private static final Duration NULL_LIMIT = Duration.ofSeconds(3);

    /** High, because with a null client most scripts or servers wait for their limit. */
    private static final int NULL_JOBS = 192;

    private final BaselineClients clients;
    private final CaseBatchPlayer player;
    private final List<TestCase> cases;
    private final Map<String, List<TestCase>> byClause;

    /**
     * The caller still owns the clients and the server.
     *
     * @param cases all cases, in the order of the catalogue
     */
    public Prover(BaselineClients clients, ReferenceServer server, List<TestCase> cases) {
        this.clients = clients;
        this.player = new CaseBatchPlayer(server);
        this.cases = List.copyOf(cases);
        byClause = cases.stream()
                .collect(Collectors.groupingBy(testCase -> testCase.clause().id()));
    }

    /**
     * Plays the cases of the broken clauses without a fault, then with each fault. Also plays every case with a server
     * with each null client. Blocks until the end or an interrupt.
     *
     * @param listener receives the findings in the order of the faults; those of repeated trials come last
     * @throws IllegalArgumentException if a fault breaks a clause that has no case
     */
    public ProofReport prove(List<Fault> faults, List<NullClient> nullClients, ProofListener listener)
            throws InterruptedException {
        long begun = System.nanoTime();
        requireCases(faults);
        Baseline baseline = new Baseline(clients, player, JOBS);
        playBaseline(faults, baseline, listener);
        List<FaultFinding> findings = new ArrayList<>();
        List<NullClientFinding> nullFindings = new ArrayList<>();
        // A trial spends most of its time waiting for a permit.
        ExecutorService workers = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("fault-", 1).factory());
        try {
            WeightPermits permits = new WeightPermits();
            // Null clients take longer than any trial and use little processor time, so they start first.
            List<Future<NullClientFinding>> nulls = submit(workers, nullClients, nullClient -> () -> play(nullClient));
            List<Future<FaultFinding>> trials =
                    submit(workers, faults, fault -> trial(fault, baseline, permits)::judge);
            for (Future<FaultFinding> trial : trials) {
                findings.add(result(trial));
                if (!wasDisturbed(findings.getLast())) {
                    listener.judged(findings.getLast());
                }
            }
            for (Future<NullClientFinding> nullClient : nulls) {
                nullFindings.add(result(nullClient));
                listener.judged(nullFindings.getLast());
            }
            repeatDisturbedTrials(findings, baseline, listener);
        } finally {
            workers.shutdownNow();
        }
        return new ProofReport(findings, nullFindings, Duration.ofNanos(System.nanoTime() - begun));
    }

    /**
     * Whether only inconclusive cases are the reason that a fault is not caught. Trials run side by side and keep the
     * processors busy. Timed cases are then in doubt, because the machine stalls.
     */
    private static boolean wasDisturbed(FaultFinding finding) {
        return finding instanceof FaultFinding.Unproven unproven
                && unproven.failing().isEmpty();
    }

    /** Repeats these trials one after the other, when nothing else runs, and replaces their findings. */
    private void repeatDisturbedTrials(List<FaultFinding> findings, Baseline baseline, ProofListener listener)
            throws InterruptedException {
        for (ListIterator<FaultFinding> each = findings.listIterator(); each.hasNext(); ) {
            FaultFinding finding = each.next();
            if (wasDisturbed(finding)) {
                each.set(trial(finding.fault(), baseline, new WeightPermits()).judge());
                listener.judged(findings.get(each.previousIndex()));
            }
        }
    }

    private void requireCases(List<Fault> faults) {
        for (Fault fault : faults) {
            for (String clause : fault.breaks()) {
                if (!byClause.containsKey(clause)) {
                    throw new IllegalArgumentException("fault " + fault.id()
                            + ": expected a clause that has cases, got " + clause + ", which has none");
                }
            }
        }
    }

    private void playBaseline(List<Fault> faults, Baseline baseline, ProofListener listener)
            throws InterruptedException {
        long begun = System.nanoTime();
        List<TestCase> played = cases.stream()
                .filter(testCase -> testCase.weight() != TestCase.Weight.HEAVY)
                .filter(testCase -> faults.stream()
                        .anyMatch(fault ->
                                fault.breaks().contains(testCase.clause().id())))
                .toList();
        baseline.play(played);
        listener.baselinePlayed(played.size(), baseline.failures(played), Duration.ofNanos(System.nanoTime() - begun));
    }

    private FaultTrial trial(Fault fault, Baseline baseline, WeightPermits permits) {
        List<TestCase> broken = cases.stream()
                .filter(testCase -> fault.breaks().contains(testCase.clause().id()))
                .toList();
        Implementation faulty = new FaultyClient(clients.documented(), fault.id(), fault.mechanisms());
        return new FaultTrial(fault, faulty, broken, baseline, player, JOBS, permits);
    }

    private NullClientFinding play(NullClient nullClient) throws InterruptedException {
        // A case of a may is never passed, only observed.
        List<TestCase> served = cases.stream()
                .filter(testCase -> testCase.servers().isPresent() && testCase.level() != Level.MAY)
                .map(testCase -> testCase.withLimit(NULL_LIMIT).asLight())
                .toList();
        Implementation client =
                new FaultyClient(clients.documented(), nullClient.id(), List.of(nullClient.mechanism()));
        List<String> passed = player.play(client, served, NULL_JOBS).values().stream()
                .filter(result -> result.verdict() == Verdict.PASSED)
                .map(result -> result.testCase().id())
                .toList();
        return new NullClientFinding(nullClient, served.size(), passed);
    }

    private static <S, R> List<Future<R>> submit(
            ExecutorService workers, List<S> subjects, Function<S, Callable<R>> tasks) {
        List<Future<R>> futures = new ArrayList<>();
        for (S subject : subjects) {
            futures.add(workers.submit(tasks.apply(subject)));
        }
        return futures;
    }

    static <R> R result(Future<R> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the kit failed: " + e.getCause(), e.getCause());
        }
    }
}
