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

/** Plays cases as {@code ./wstck run} does. One thread. */
final class PlayedCases {
    private static final String KIT = "mutation";

    private final Implementation client;
    private final ReferenceServer server;
    private int played;
    private final Set<String> unshown = new HashSet<>();
    private final List<String> inconclusive = new ArrayList<>();

    /** It does not own what it is given. */
    PlayedCases(Implementation client, ReferenceServer server) {
        this.client = client;
        this.server = server;
    }

    /** Plays all of them, and tells of each result before the next case is begun if there is one job. */
    void all(List<TestCase> cases, int jobs, Consumer<CaseResult> results) throws InterruptedException {
        new Runner(client, server).run(plan(cases, jobs), KIT, new Told(results));
    }

    /** Plays them until one fails, or is warned; returns that result. */
    Optional<CaseResult> untilFinding(List<TestCase> cases, int jobs) throws InterruptedException {
        Thread caller = Thread.currentThread();
        AtomicReference<CaseResult> finding = new AtomicReference<>();
        RunListener listener = new Told(result -> {
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
        // The run may have ended before the interrupt came.
        if (finding.get() != null) {
            Thread.interrupted();
        }
        return Optional.ofNullable(finding.get());
    }

    /**
     * What {@link #untilFinding} has played.
     *
     * @param inconclusive why cases could not be judged, a reason each
     */
    record Played(int count, List<String> inconclusive) {
        /** Whether most of them could not be judged. */
        boolean mostlyInconclusive() {
            return count > 0 && 2 * inconclusive.size() > count;
        }
    }

    /** What was played since the last {@link #reset}. */
    Played sofar() {
        return new Played(played, List.copyOf(inconclusive));
    }

    /** Whether the case was played without a finding since the last {@link #reset}. */
    boolean showsNothing(TestCase testCase) {
        return unshown.contains(testCase.id());
    }

    /** Counts from zero. */
    void reset() {
        played = 0;
        unshown.clear();
        inconclusive.clear();
    }

    private static RunPlan plan(List<TestCase> cases, int jobs) {
        return new RunPlan(cases, jobs, 0, 1, KnownDeviations.NONE, RunPlan.Keeping.DROPPED, Profile.API);
    }

    private record Told(Consumer<CaseResult> results) implements RunListener {
        @Override
        public void started(RunInfo info) {
            // Only results count.
        }

        @Override
        public void finished(CaseResult result) {
            results.accept(result);
        }

        @Override
        public void ended(RunSummary summary) {
            // Only results count.
        }
    }
}
