package io.wstck.tck.run;

import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.implementation.bounded.StartedCall;
import io.wstck.tck.implementation.bounded.WatchedThread;
import io.wstck.tck.judge.NamedCheck;
import java.time.Duration;

/**
 * Closes the client's session and other resources after a case, and records a failed check for a close that does not
 * return. For the thread that plays the case.
 */
final class ClientShutdown {
    private final CaseContext context;
    private final CheckRecorder recorder;
    private final KitErrors errors;
    private final AbandonedCalls abandoned;
    private final ResourceCloser closer;
    private final ResourceCloser.CloseTimeout timeout;
    private final ResourceCloser.ClientClose sessionClose;

    /**
     * Creates the shutdown for one case.
     *
     * @param limit time limit for the client
     */
    ClientShutdown(
            CaseContext context,
            ImplementationSession session,
            Duration limit,
            CheckRecorder recorder,
            KitErrors errors,
            AbandonedCalls abandoned,
            ResourceCloser closer) {
        this.context = context;
        this.recorder = recorder;
        this.errors = errors;
        this.abandoned = abandoned;
        this.closer = closer;
        timeout = new ResourceCloser.CloseTimeout(limit, this::recordTimeout);
        sessionClose = closer.wrapClient("the client's session", session, timeout);
    }

    /** Returns the close of the client's session. */
    ResourceCloser.PendingClose sessionClose() {
        return sessionClose;
    }

    /** Creates the close of another resource that holds connections of the client. */
    ResourceCloser.PendingClose closeOf(String name, AutoCloseable resource) {
        return closer.wrapClient(name, resource, timeout);
    }

    /** Begins to close the client's session. This ends the calls that a script is blocked in. Does not wait. */
    void beginSessionClose() {
        var _ = sessionClose.begin();
    }

    /** Abandons the thread of the script and describes what it is doing. */
    String abandon(StartedCall<?> script) {
        closer.noteAbandonedCall();
        abandoned.add("the script of " + context.testCase().id(), script);
        return describe(script);
    }

    /** Adds the client's busy threads to the notes, after a script has reached its limit. */
    void noteBusyThreads() throws InterruptedException {
        for (String thread : abandoned.busyThreads()) {
            closer.note("used a processor: " + thread);
        }
    }

    private void recordTimeout(String name, long startNanos, StartedCall<?> closing) {
        closer.noteAbandonedCall();
        abandoned.add(name + " of " + context.testCase().id() + ", which was to be closed", closing);
        String what = "closing " + name + " had not returned, " + describe(closing);
        recordFailure(
                context,
                recorder,
                errors,
                startNanos,
                timeout.limit(),
                NamedCheck.CLIENT_LET_GO,
                "a client that lets go of a case",
                what);
    }

    /**
     * Records a failed check of the client. If the machine stalled for over half of the limit, it records an error of
     * the kit instead.
     */
    static void recordFailure(
            CaseContext context,
            CheckRecorder recorder,
            KitErrors errors,
            long startNanos,
            Duration limit,
            NamedCheck check,
            String expected,
            String what) {
        Duration stall = context.stallLog().worstStall(startNanos, System.nanoTime());
        if (stall.compareTo(limit.dividedBy(2)) > 0) {
            errors.add(what + ", and this machine woke up to " + stall.toMillis() + " ms late meanwhile");
        } else {
            recorder.addFailed(check, expected + " within " + limit.toSeconds() + " s", what, "");
        }
    }

    static String describe(StartedCall<?> call) {
        return call.thread().map(WatchedThread::describe).orElse("its thread has not begun");
    }
}
