package io.wstck.tck.run;

import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.implementation.bounded.StartedCall;
import io.wstck.tck.implementation.bounded.WatchedThread;
import java.time.Duration;

/** Lets the client go when its case is over, and takes down what does not return: that is the client's failure. For the thread that plays the case. */
final class ClientEndings {
    private final Play play;
    private final CheckRecorder recorder;
    private final Troubles troubles;
    private final AbandonedCalls abandoned;
    private final Closings closings;
    private final Closings.Patience patience;
    private final Closings.ClientClosing session;

    /**
     * The endings of one case.
     *
     * @param limit how long the client may take
     */
    ClientEndings(
            Play play,
            ImplementationSession under,
            Duration limit,
            CheckRecorder recorder,
            Troubles troubles,
            AbandonedCalls abandoned,
            Closings closings) {
        this.play = play;
        this.recorder = recorder;
        this.troubles = troubles;
        this.abandoned = abandoned;
        this.closings = closings;
        patience = new Closings.Patience(limit, this::overdue);
        session = closings.ofClient("the client's session", under, patience);
    }

    /** The closing of the client's session. */
    Closings.Closing session() {
        return session;
    }

    /** Closes something else in which there are connections of the client. */
    Closings.Closing closing(String name, AutoCloseable resource) {
        return closings.ofClient(name, resource, patience);
    }

    /** Begins to close the client's session, which ends the calls that a script is blocked in; does not wait. */
    void begin() {
        var _ = session.begin();
    }

    /** Gives up the thread of the script; returns what it is doing. */
    String abandon(StartedCall<?> script) {
        closings.noteGivenUp();
        abandoned.add("the script of " + play.testCase().id(), script);
        return describe(script);
    }

    /** Notes which threads of the client use a processor, when a script has come to nothing. */
    void noteBusyThreads() throws InterruptedException {
        for (String thread : abandoned.busyThreads()) {
            closings.note("used a processor: " + thread);
        }
    }

    private void overdue(String name, long begun, StartedCall<?> closing) {
        closings.noteGivenUp();
        abandoned.add(name + " of " + play.testCase().id() + ", which was to be closed", closing);
        String what = "closing " + name + " had not returned, " + describe(closing);
        fail(
                play,
                recorder,
                troubles,
                begun,
                patience.limit(),
                DecidedChecks.LET_GO,
                "a client that lets go of a case",
                what);
    }

    /** A machine that stood still for half of the time may be to blame; otherwise it is the client. */
    static void fail(
            Play play,
            CheckRecorder recorder,
            Troubles troubles,
            long begun,
            Duration limit,
            String check,
            String expected,
            String what) {
        Duration late = play.lateness().worst(begun, System.nanoTime());
        if (late.compareTo(limit.dividedBy(2)) > 0) {
            troubles.add(what + ", and this machine woke up to " + late.toMillis() + " ms late meanwhile");
        } else {
            recorder.failed(check, expected + " within " + limit.toSeconds() + " s", what, "");
        }
    }

    static String describe(StartedCall<?> call) {
        return call.thread().map(WatchedThread::describe).orElse("its thread has not begun");
    }
}
