package io.wstck.tck.run;

import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.known.KnownDeviations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Holds the results of one run against the list of known deviations, tells the listener, and sums up. Any thread. */
final class Tally {
    private final RunListener listener;
    private final KnownDeviations known;
    private final RunPlan.Keeping evidence;

    /** Guards the listener and what follows. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Totals totals;
    private State state = State.COUNTING;

    private enum State {
        COUNTING,
        /** What a worker still brings comes too late. */
        ENDED
    }

    Tally(RunListener listener, Profile profile, KnownDeviations known, RunPlan.Keeping evidence) {
        totals = new Totals(profile);
        this.listener = listener;
        this.known = known;
        this.evidence = evidence;
    }

    void add(CaseResult played) {
        CaseResult kept = evidence == RunPlan.Keeping.KEPT ? played : played.light();
        CaseResult result = kept.judged(known.hold(played.testCase().id(), played.judgement()));
        lock.lock();
        try {
            if (state == State.COUNTING) {
                totals.add(RunSummary.Result.of(result));
                listener.finished(result);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the counting.
     *
     * @param early why the kit ended the run early, if it did
     * @param remarks on the run as a whole
     */
    RunSummary end(
            RunSummary.Ending ending, Duration duration, Optional<RunSummary.EarlyEnd> early, List<String> remarks) {
        lock.lock();
        try {
            state = State.ENDED;
            RunSummary summary = totals.summary(ending, duration).with(early, remarks);
            listener.ended(summary);
            return summary;
        } finally {
            lock.unlock();
        }
    }
}
