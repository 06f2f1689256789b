package io.wstck.tck.run;

import io.wstck.server.ReferenceServer;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.known.KnownDeviations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Plays the cases of a plan against one implementation. Cases run in parallel, but only a few heavy ones at a time. For
 * one run at a time.
 */
public final class Runner {
    /** Total time per repetition to wait for a calm machine. A machine that is always busy does not become calm. */
    private static final Duration CALM_TIMEOUT = Duration.ofSeconds(3);

    private final Implementation implementation;
    private final ReferenceServer server;
    private final Optional<StallLog> known;

    public Runner(Implementation implementation, ReferenceServer server) {
        this(implementation, server, Optional.empty());
    }

    /** Creates a runner with a given stall log instead of a stall detector. */
    Runner(Implementation implementation, ReferenceServer server, Optional<StallLog> known) {
        this.implementation = implementation;
        this.server = server;
        this.known = known;
    }

    /**
     * Plays all cases and returns the summary. Blocks until the end. An interrupt ends the run. The kit also ends it,
     * and says so in the summary, if too many calls of the client do not return or if every agent dies.
     *
     * @throws InterruptedException if the run was interrupted; the listener has then received all finished results and
     * the end
     */
    public RunSummary run(RunPlan plan, String kitVersion, RunListener listener) throws InterruptedException {
        long begun = System.nanoTime();
        listener.started(new RunInfo(
                kitVersion,
                implementation.description(),
                plan.profile(),
                Platform.phrase(),
                plan.seed(),
                plan.jobs(),
                plan.cases().size() * plan.repetitions(),
                plan.repetitions()));
        ResultCollector collector = new ResultCollector(listener, plan.profile(), plan.known(), plan.evidence());
        Random random = new Random(plan.seed());
        EndSignal end = new EndSignal();
        AbandonedCalls abandoned = new AbandonedCalls(end);
        try (StallDetector detector = StallDetector.start();
                AttemptPlayer player = new AttemptPlayer(implementation, server, abandoned, plan.profile())) {
            for (int repetition = 1; repetition <= plan.repetitions(); repetition++) {
                List<TestCase> order = new ArrayList<>(plan.cases());
                Collections.shuffle(order, random);
                skipReplaced(order, plan.profile(), repetition, collector);
                new CaseScheduler(
                                player,
                                implementation,
                                plan.known(),
                                repetition,
                                known.orElse(detector),
                                // A given stall log does not change by waiting.
                                known.isPresent() ? Duration.ZERO : CALM_TIMEOUT,
                                plan.jobs(),
                                end,
                                collector::add)
                        .play(knownFirst(plan.known(), order));
            }
        } catch (InterruptedException e) {
            collector.end(RunSummary.Completion.INTERRUPTED, since(begun), Optional.empty(), abandoned.remarks());
            throw e;
        } catch (EndedEarlyException e) {
            return collector.end(RunSummary.Completion.INTERRUPTED, since(begun), end.reason(), abandoned.remarks());
        }
        return collector.end(RunSummary.Completion.COMPLETE, since(begun), Optional.empty(), abandoned.remarks());
    }

    /** Removes the cases that the profile replaces, and reports them as skipped. */
    private static void skipReplaced(List<TestCase> order, Profile profile, int repetition, ResultCollector collector) {
        order.removeIf(testCase -> {
            Optional<String> reason = testCase.skipReasonIn(profile);
            reason.ifPresent(why -> collector.add(CaseResult.skipped(testCase, repetition, why)));
            return reason.isPresent();
        });
    }

    /** Known deviations usually time out, so start them first. */
    private static List<TestCase> knownFirst(KnownDeviations known, List<TestCase> order) {
        Map<Boolean, List<TestCase>> byKnown =
                order.stream().collect(Collectors.partitioningBy(testCase -> known.lists(testCase.id())));
        return Stream.concat(byKnown.get(true).stream(), byKnown.get(false).stream())
                .toList();
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
