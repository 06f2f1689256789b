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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Finds out whether only the cases of the broken clause notice a fault. It plays the cases of all other clauses with
 * the fault. It leaves out heavy cases, which are larger forms of light ones, and cases of a <em>may</em>, which never
 * fail.
 */
public final class ExclusivityProver {
    private static final int FAULTS_AT_ONCE = 2;
    private static final int JOBS = 4 * Math.max(1, Runtime.getRuntime().availableProcessors());

    /** The number of cases after which the search stops if one noticed the fault. */
    private static final int BATCH_SIZE = 120;

    private final Implementation client;

    /**
     * The client behind a relay without a fault. Some cases notice that the relay delays a frame until it is complete,
     * so they do not count.
     */
    private final Implementation relayed;

    private final CaseBatchPlayer player;
    private final Baseline baseline;
    private final List<TestCase> cases;

    /**
     * The caller still owns the clients and the server.
     *
     * @param cases all cases, in the order of the catalogue
     */
    public ExclusivityProver(BaselineClients clients, ReferenceServer server, List<TestCase> cases) {
        client = clients.documented();
        relayed = new FaultyClient(client, "relay", List.of(new Mechanism.WireTampering(() -> new Tampering() {})));
        player = new CaseBatchPlayer(server);
        baseline = new Baseline(clients, player, JOBS);
        this.cases = cases.stream()
                .filter(testCase -> testCase.level() != Level.MAY && testCase.weight() != TestCase.Weight.HEAVY)
                .toList();
    }

    /**
     * Plays all cases without a fault, then with each fault. Blocks until the end or an interrupt.
     *
     * @param faults each breaks one clause
     * @throws IllegalArgumentException if a fault breaks several clauses
     */
    public List<ExclusivityFinding> prove(List<Fault> faults, ExclusivityListener listener)
            throws InterruptedException {
        for (Fault fault : faults) {
            if (fault.breaks().size() > 1) {
                throw new IllegalArgumentException("fault " + fault.id() + ": expected one broken clause, got "
                        + String.join(", ", fault.breaks()));
            }
        }
        long begun = System.nanoTime();
        baseline.play(cases);
        listener.baselinePlayed(cases.size(), baseline.failures(cases), Duration.ofNanos(System.nanoTime() - begun));
        ExecutorService workers = Executors.newFixedThreadPool(
                FAULTS_AT_ONCE,
                Thread.ofPlatform().name("exclusivity-", 1).daemon().factory());
        try {
            List<Future<ExclusivityFinding>> futures = new ArrayList<>();
            faults.forEach(fault -> futures.add(workers.submit(() -> judge(fault))));
            List<ExclusivityFinding> findings = new ArrayList<>();
            for (Future<ExclusivityFinding> future : futures) {
                findings.add(Prover.result(future));
                listener.judged(findings.getLast());
            }
            return findings;
        } finally {
            workers.shutdownNow();
        }
    }

    private ExclusivityFinding judge(Fault fault) throws InterruptedException {
        long begun = System.nanoTime();
        Implementation faulty = new FaultyClient(client, fault.id(), fault.mechanisms());
        Set<Profile> profiles = cases.stream()
                .filter(testCase -> fault.breaks().contains(testCase.clause().id()))
                .map(BaselineClients::profile)
                .collect(Collectors.toSet());
        List<TestCase> others = cases.stream()
                // The fault concerns only the profiles of its clause.
                .filter(testCase -> profiles.contains(BaselineClients.profile(testCase)))
                .filter(testCase -> !fault.breaks().contains(testCase.clause().id()))
                .toList();
        List<String> noticed = List.of();
        for (int from = 0; from < others.size() && noticed.isEmpty(); from += BATCH_SIZE) {
            List<TestCase> batch = others.subList(from, Math.min(from + BATCH_SIZE, others.size()));
            noticed = casesThatNotice(faulty, fault, batch);
        }
        return new ExclusivityFinding(fault, noticed, Duration.ofNanos(System.nanoTime() - begun));
    }

    private List<String> casesThatNotice(Implementation faulty, Fault fault, List<TestCase> batch)
            throws InterruptedException {
        // Plays the cases again, to exclude accidental failures.
        List<TestCase> noticed = casesThatNotice(faulty, casesThatNotice(faulty, batch));
        if (!noticed.isEmpty() && fault.mechanisms().stream().anyMatch(Mechanism.WireTampering.class::isInstance)) {
            noticed = new ArrayList<>(noticed);
            noticed.removeAll(casesThatNotice(relayed, noticed));
        }
        return noticed.stream().map(TestCase::id).toList();
    }

    private List<TestCase> casesThatNotice(Implementation faulty, List<TestCase> some) throws InterruptedException {
        List<TestCase> limited = some.stream().map(baseline::withLimit).toList();
        return player.play(faulty, limited, JOBS).values().stream()
                .filter(baseline::showsFault)
                .map(CaseResult::testCase)
                .toList();
    }
}
