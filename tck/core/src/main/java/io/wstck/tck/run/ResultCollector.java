package io.wstck.tck.run;

import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.known.KnownDeviations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Compares the results of a run with the known deviations, passes them to the listener, and counts them. Thread-safe.
 */
final class ResultCollector {
    private final RunListener listener;
    private final KnownDeviations known;
    private final RunPlan.EvidenceRetention evidence;

    /** Guards the listener and the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final ResultTotals totals;
    /** Results that arrive after the end are ignored. */
    private boolean ended;

    ResultCollector(RunListener listener, Profile profile, KnownDeviations known, RunPlan.EvidenceRetention evidence) {
        totals = new ResultTotals(profile);
        this.listener = listener;
        this.known = known;
        this.evidence = evidence;
    }

    void add(CaseResult played) {
        CaseResult kept = evidence == RunPlan.EvidenceRetention.KEPT ? played : played.withoutRecord();
        CaseResult result = kept.withJudgement(known.apply(played.testCase().id(), played.judgement()));
        lock.lock();
        try {
            if (!ended) {
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
     * @param remarks lines about the whole run
     */
    RunSummary end(
            RunSummary.Completion ending,
            Duration duration,
            Optional<RunSummary.EarlyEnd> early,
            List<String> remarks) {
        lock.lock();
        try {
            ended = true;
            RunSummary summary = totals.summary(ending, duration).with(early, remarks);
            listener.ended(summary);
            return summary;
        } finally {
            lock.unlock();
        }
    }
}
