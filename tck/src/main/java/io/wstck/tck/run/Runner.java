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

/** Plays the cases of a plan against one implementation, side by side, of heavy ones few at once. For one run at a time. */
public final class Runner {
    /** A machine that is busy all the time does not get calmer. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Implementation implementation;
    private final ReferenceServer server;
    private final Optional<Lateness> known;

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
     * Plays everything and returns how it went. Blocks; an interrupt ends the run. So do too many calls of the client that do not return, and
     * agents that all die: the summary says so then.
     *
     * @throws InterruptedException when the run was interrupted: the listener has heard of what was finished, and of an end that says so
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
        Tally tally = new Tally(listener, plan.profile(), plan.known(), plan.evidence());
        Random random = new Random(plan.seed());
        EndSignal end = new EndSignal();
        AbandonedCalls abandoned = new AbandonedCalls(end);
        try (Heartbeat heartbeat = Heartbeat.start();
                CasePlayer player = new CasePlayer(implementation, server, abandoned, plan.profile())) {
            for (int repetition = 1; repetition <= plan.repetitions(); repetition++) {
                List<TestCase> order = new ArrayList<>(plan.cases());
                Collections.shuffle(order, random);
                skipReplaced(order, plan.profile(), repetition, tally);
                new Round(
                                player,
                                implementation,
                                plan.known(),
                                repetition,
                                known.orElse(heartbeat),
                                // A lateness that is told beforehand does not pass.
                                known.isPresent() ? Duration.ZERO : PATIENCE,
                                plan.jobs(),
                                end,
                                tally::add)
                        .play(knownFirst(plan.known(), order));
            }
        } catch (InterruptedException e) {
            tally.end(RunSummary.Ending.INTERRUPTED, since(begun), Optional.empty(), abandoned.remarks());
            throw e;
        } catch (EndedEarlyException e) {
            return tally.end(RunSummary.Ending.INTERRUPTED, since(begun), end.reason(), abandoned.remarks());
        }
        return tally.end(RunSummary.Ending.COMPLETE, since(begun), Optional.empty(), abandoned.remarks());
    }

    /** Takes out the cases whose opposite the profile demands. */
    private static void skipReplaced(List<TestCase> order, Profile profile, int repetition, Tally tally) {
        order.removeIf(testCase -> {
            Optional<String> reason = testCase.replacedIn(profile);
            reason.ifPresent(why -> tally.add(CaseResult.skipped(testCase, repetition, why)));
            return reason.isPresent();
        });
    }

    /** Who deviates keeps the script waiting, mostly: what waits begins first, and the others are played meanwhile. */
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
