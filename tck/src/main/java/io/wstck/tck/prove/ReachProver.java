package io.wstck.tck.prove;

import io.wstck.server.ReferenceServer;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Level;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.prove.relay.Tampering;
import io.wstck.tck.run.CaseResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Finds out whether only the cases of the clause that a fault breaks notice it, by playing those of all other clauses with it. Left out are
 * the heavy cases, which are larger forms of light ones, and those of a <em>may</em>, which never fail.
 */
public final class ReachProver {
    private static final int FAULTS_AT_ONCE = 2;
    private static final int JOBS = 4 * Math.max(1, Runtime.getRuntime().availableProcessors());

    /** After so many cases it is looked whether one has noticed, and the rest can be saved. */
    private static final int BATCH = 120;

    private final Implementation client;

    /** A relay holds a frame until it is whole, which some cases notice, whatever else it does: they do not count. */
    private final Implementation relayed;

    private final Plays plays;
    private final Control control;
    private final List<TestCase> cases;

    /**
     * A prover; it does not own what it is given.
     *
     * @param cases all cases, in the order of the catalogue
     */
    public ReachProver(Clients clients, ReferenceServer server, List<TestCase> cases) {
        client = clients.documented();
        relayed = new FaultyClient(client, "relay", List.of(new Mechanism.WireTampering(() -> new Tampering() {})));
        plays = new Plays(server);
        control = new Control(clients, plays, JOBS);
        this.cases = cases.stream()
                .filter(testCase -> testCase.level() != Level.MAY && testCase.weight() != TestCase.Weight.HEAVY)
                .toList();
    }

    /**
     * Plays all cases without a fault, then with each. Blocks; an interrupt ends it.
     *
     * @param faults each of which breaks one clause
     * @throws IllegalArgumentException when one of them breaks several
     */
    public List<ReachFinding> prove(List<Fault> faults, ReachListener listener) throws InterruptedException {
        for (Fault fault : faults) {
            if (fault.breaks().size() > 1) {
                throw new IllegalArgumentException("fault " + fault.id() + ": expected one broken clause, got "
                        + String.join(", ", fault.breaks()));
            }
        }
        long begun = System.nanoTime();
        control.play(cases);
        listener.controlled(cases.size(), control.failures(cases), Duration.ofNanos(System.nanoTime() - begun));
        ExecutorService workers = Executors.newFixedThreadPool(
                FAULTS_AT_ONCE, Thread.ofPlatform().name("reach-", 1).daemon().factory());
        try {
            List<Future<ReachFinding>> futures = new ArrayList<>();
            faults.forEach(fault -> futures.add(workers.submit(() -> judge(fault))));
            List<ReachFinding> findings = new ArrayList<>();
            for (Future<ReachFinding> future : futures) {
                findings.add(result(future));
                listener.judged(findings.getLast());
            }
            return findings;
        } finally {
            workers.shutdownNow();
        }
    }

    private ReachFinding judge(Fault fault) throws InterruptedException {
        long begun = System.nanoTime();
        Implementation faulty = new FaultyClient(client, fault.id(), fault.mechanisms());
        Set<Profile> profiles = cases.stream()
                .filter(testCase -> fault.breaks().contains(testCase.clause().id()))
                .map(Clients::profile)
                .collect(Collectors.toSet());
        List<TestCase> others = cases.stream()
                // The rules of another profile are not the fault's.
                .filter(testCase -> profiles.contains(Clients.profile(testCase)))
                .filter(testCase -> !fault.breaks().contains(testCase.clause().id()))
                .toList();
        List<String> noticed = List.of();
        for (int from = 0; from < others.size() && noticed.isEmpty(); from += BATCH) {
            List<TestCase> batch = others.subList(from, Math.min(from + BATCH, others.size()));
            noticed = noticing(faulty, fault, batch);
        }
        return new ReachFinding(fault, noticed, Duration.ofNanos(System.nanoTime() - begun));
    }

    private List<String> noticing(Implementation faulty, Fault fault, List<TestCase> batch)
            throws InterruptedException {
        // A second look tells the fault from an accident.
        List<TestCase> noticed = noticing(faulty, noticing(faulty, batch));
        if (!noticed.isEmpty() && fault.mechanisms().stream().anyMatch(Mechanism.WireTampering.class::isInstance)) {
            noticed = new ArrayList<>(noticed);
            noticed.removeAll(noticing(relayed, noticed));
        }
        return noticed.stream().map(TestCase::id).toList();
    }

    private List<TestCase> noticing(Implementation faulty, List<TestCase> some) throws InterruptedException {
        List<TestCase> limited = some.stream().map(control::limited).toList();
        return plays.play(faulty, limited, JOBS).values().stream()
                .filter(control::shows)
                .map(CaseResult::testCase)
                .toList();
    }

    private static ReachFinding result(Future<ReachFinding> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the kit failed: " + e.getCause(), e.getCause());
        }
    }
}
