package io.wstck.tck.prove;

import io.wstck.server.ReferenceServer;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Level;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.judge.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Proves the kit: that it notices every kept fault, and that it takes nothing from a client that does nothing. */
public final class Prover {
    private static final int JOBS = 8 * Math.max(1, Runtime.getRuntime().availableProcessors());
    private static final Duration NULL_LIMIT = Duration.ofSeconds(3);

    /** A null client does nothing, and most scripts, or else the server, wait for it until their limit: many of them wait at once. */
    private static final int NULL_JOBS = 192;

    private final Clients clients;
    private final Plays plays;
    private final List<TestCase> cases;
    private final Map<String, List<TestCase>> byClause;

    /** A prover of cases that every profile plays. */
    public Prover(Implementation client, ReferenceServer server, List<TestCase> cases) {
        this(new Clients(client, client), server, cases);
    }

    /**
     * A prover; it does not own what it is given.
     *
     * @param cases all cases, in the order of the catalogue
     */
    public Prover(Clients clients, ReferenceServer server, List<TestCase> cases) {
        this.clients = clients;
        this.plays = new Plays(server);
        this.cases = List.copyOf(cases);
        byClause = cases.stream()
                .collect(Collectors.groupingBy(testCase -> testCase.clause().id()));
    }

    /**
     * Plays the cases of the broken clauses without any fault, then with each. Blocks; an interrupt ends it.
     *
     * @param listener hears of the findings in the order of the faults
     * @throws IllegalArgumentException when a fault breaks a clause that has no case
     */
    public ProofReport prove(List<Fault> faults, ProofListener listener) throws InterruptedException {
        return prove(faults, List.of(), listener);
    }

    /** As {@link #prove(List, ProofListener)}, and then gives every case with a server to each of these null clients. */
    public ProofReport prove(List<Fault> faults, List<NullClient> nullClients, ProofListener listener)
            throws InterruptedException {
        long begun = System.nanoTime();
        requireCases(faults);
        Control control = new Control(clients, plays, JOBS);
        control(faults, control, listener);
        List<Finding> findings = new ArrayList<>();
        List<NullFinding> nullFindings = new ArrayList<>();
        // A trial waits for its turn most of the time.
        ExecutorService workers = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("fault-", 1).factory());
        try {
            Turns turns = new Turns();
            // They wait for longer than any trial takes, and cost little: beside the trials, and from the start.
            List<Future<NullFinding>> nulls = submit(workers, nullClients, idle -> () -> play(idle));
            List<Future<Finding>> trials = submit(workers, faults, fault -> trial(fault, control, turns)::judge);
            for (Future<Finding> trial : trials) {
                findings.add(result(trial));
                listener.judged(findings.getLast());
            }
            for (Future<NullFinding> idle : nulls) {
                nullFindings.add(result(idle));
                listener.judged(nullFindings.getLast());
            }
        } finally {
            workers.shutdownNow();
        }
        return new ProofReport(findings, nullFindings, Duration.ofNanos(System.nanoTime() - begun));
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

    private void control(List<Fault> faults, Control control, ProofListener listener) throws InterruptedException {
        long begun = System.nanoTime();
        List<TestCase> played = cases.stream()
                .filter(testCase -> testCase.weight() != TestCase.Weight.HEAVY)
                .filter(testCase -> faults.stream()
                        .anyMatch(fault ->
                                fault.breaks().contains(testCase.clause().id())))
                .toList();
        control.play(played);
        listener.controlled(played.size(), control.failures(played), Duration.ofNanos(System.nanoTime() - begun));
    }

    private Trial trial(Fault fault, Control control, Turns turns) {
        List<TestCase> broken = cases.stream()
                .filter(testCase -> fault.breaks().contains(testCase.clause().id()))
                .toList();
        Implementation faulty = new FaultyClient(clients.documented(), fault.id(), fault.mechanisms());
        return new Trial(fault, faulty, broken, control, plays, JOBS, turns);
    }

    private NullFinding play(NullClient idle) throws InterruptedException {
        long begun = System.nanoTime();
        // A may is never passed, only observed.
        List<TestCase> served = cases.stream()
                .filter(testCase -> testCase.servers().isPresent() && testCase.level() != Level.MAY)
                .map(testCase -> Plays.within(testCase, NULL_LIMIT).light())
                .toList();
        Implementation client = new FaultyClient(clients.documented(), idle.id(), List.of(idle.mechanism()));
        List<String> passed = plays.play(client, served, NULL_JOBS).values().stream()
                .filter(result -> result.verdict() == Verdict.PASSED)
                .map(result -> result.testCase().id())
                .toList();
        return new NullFinding(idle, served.size(), passed, Duration.ofNanos(System.nanoTime() - begun));
    }

    /** What one kind of subject needs doing. */
    @FunctionalInterface
    private interface Work<S, R> {
        Callable<R> of(S subject);
    }

    private static <S, R> List<Future<R>> submit(ExecutorService workers, List<S> subjects, Work<S, R> work) {
        List<Future<R>> futures = new ArrayList<>();
        for (S subject : subjects) {
            futures.add(workers.submit(work.of(subject)));
        }
        return futures;
    }

    private static <R> R result(Future<R> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the kit failed: " + e.getCause(), e.getCause());
        }
    }
}
