package io.wstck.tck.mutation;

import io.wstck.server.ReferenceServer;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.known.KnownDeviations;
import io.wstck.tck.run.CaseResult;
import io.wstck.tck.run.RunInfo;
import io.wstck.tck.run.RunListener;
import io.wstck.tck.run.RunPlan;
import io.wstck.tck.run.RunSummary;
import io.wstck.tck.run.Runner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Plays cases as {@code ./wstck run} does. For one thread. */
final class MutationCasePlayer {
    private static final String KIT = "mutation";

    private final Implementation client;
    private final ReferenceServer server;
    private int played;
    private final Set<String> unshown = new HashSet<>();
    private final List<String> inconclusive = new ArrayList<>();

    /** The caller still owns the client and the server. */
    MutationCasePlayer(Implementation client, ReferenceServer server) {
        this.client = client;
        this.server = server;
    }

    /** Plays all cases. With one job, passes on each result before the next case begins. */
    void all(List<TestCase> cases, int jobs, Consumer<CaseResult> results) throws InterruptedException {
        new Runner(client, server).run(plan(cases, jobs), KIT, new ResultForwarder(results));
    }

    /** Plays the cases until one fails or warns, and returns that result. */
    Optional<CaseResult> untilFinding(List<TestCase> cases, int jobs) throws InterruptedException {
        Thread caller = Thread.currentThread();
        AtomicReference<CaseResult> finding = new AtomicReference<>();
        RunListener listener = new ResultForwarder(result -> {
            played++;
            if (!result.judgement().isFinding()) {
                unshown.add(result.testCase().id());
            }
            if (result.verdict() == Verdict.INCONCLUSIVE) {
                inconclusive.add(result.judgement().reason());
            }
            if (result.judgement().isFinding() && finding.compareAndSet(null, result)) {
                caller.interrupt();
            }
        });
        try {
            new Runner(client, server).run(plan(cases, jobs), KIT, listener);
        } catch (InterruptedException e) {
            if (finding.get() == null) {
                throw e;
            }
        }
        // The run may have ended before the interrupt.
        if (finding.get() != null) {
            Thread.interrupted();
        }
        return Optional.ofNullable(finding.get());
    }

    /**
     * The cases that {@link #untilFinding} has played.
     *
     * @param inconclusive one reason for each inconclusive case
     */
    record PlayedBatch(int count, List<String> inconclusive) {
        /** Whether more than half of the cases were inconclusive. */
        boolean mostlyInconclusive() {
            return count > 0 && 2 * inconclusive.size() > count;
        }
    }

    /** The cases played since the last {@link #reset}. */
    PlayedBatch playedSinceReset() {
        return new PlayedBatch(played, List.copyOf(inconclusive));
    }

    /** Whether the case was played without a finding since the last {@link #reset}. */
    boolean showsNothing(TestCase testCase) {
        return unshown.contains(testCase.id());
    }

    /** Resets the counts to zero. */
    void reset() {
        played = 0;
        unshown.clear();
        inconclusive.clear();
    }

    private static RunPlan plan(List<TestCase> cases, int jobs) {
        return new RunPlan(cases, jobs, 0, 1, KnownDeviations.NONE, RunPlan.EvidenceRetention.DROPPED, Profile.API);
    }

    private record ResultForwarder(Consumer<CaseResult> results) implements RunListener {
        @Override
        public void started(RunInfo info) {
            // Only results are passed on.
        }

        @Override
        public void finished(CaseResult result) {
            results.accept(result);
        }

        @Override
        public void ended(RunSummary summary) {
            // Only results are passed on.
        }
    }
}
