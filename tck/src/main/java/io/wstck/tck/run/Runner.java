package io.wstck.tck.run;

import io.wstck.server.ReferenceServer;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.implementation.Implementation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;

/** Plays the cases of a plan against one implementation, side by side, of heavy ones few at once. For one run at a time. */
public final class Runner {
    /** A machine that is busy all the time does not get calmer. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Implementation implementation;
    private final ReferenceServer server;
    private final Optional<Lateness> known;

    /** Guards the listener and the tally. */
    private final ReentrantLock lock = new ReentrantLock();

    public Runner(Implementation implementation, ReferenceServer server) {
        this(implementation, server, Optional.empty());
    }

    /** A runner that knows how late this machine is, instead of measuring it. */
    Runner(Implementation implementation, ReferenceServer server, Optional<Lateness> known) {
        this.implementation = implementation;
        this.server = server;
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
        Tally tally = new Tally();
        Random random = new Random(plan.seed());
        try (Heartbeat heartbeat = Heartbeat.start();
                CasePlayer player = new CasePlayer(implementation, server)) {
            for (int repetition = 1; repetition <= plan.repetitions(); repetition++) {
                List<TestCase> order = new ArrayList<>(plan.cases());
                Collections.shuffle(order, random);
                new Round(
                                player,
                                implementation.description(),
                                repetition,
                                known.orElse(heartbeat),
                                // A lateness that is told beforehand does not pass.
                                known.isPresent() ? Duration.ZERO : PATIENCE,
                                result -> report(result, tally, listener))
                        .play(order, plan.jobs());
            }
        }
        RunSummary summary = tally.summary(Duration.ofNanos(System.nanoTime() - begun));
        listener.ended(summary);
        return summary;
    }

    private void report(CaseResult result, Tally tally, RunListener listener) {
        lock.lock();
        try {
            tally.add(result);
            listener.finished(result);
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
}
