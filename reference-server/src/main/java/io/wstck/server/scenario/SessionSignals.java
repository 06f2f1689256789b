package io.wstck.server.scenario;

import io.wstck.server.wire.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Shares the state that all players of one session have to know: the end of the client's script, a required step that
 * was not met, and the signals of scenarios. Any thread.
 */
public final class SessionSignals {
    private final Duration gracePeriod;
    private final Set<String> given = ConcurrentHashMap.newKeySet();
    private final List<Runnable> subscribers = new CopyOnWriteArrayList<>();
    private volatile Deadline graceDeadline = Deadline.never();
    private volatile boolean stepFailed;
    private volatile boolean abandoned;

    /** {@code grace} is the time after the end of the script in which a client can still meet an expectation. */
    public SessionSignals(Duration grace) {
        gracePeriod = grace;
    }

    /** Marks the script as ended. Further calls have no effect. */
    public void endScript() {
        if (!scriptEnded()) {
            graceDeadline = Deadline.in(gracePeriod);
        }
    }

    boolean scriptEnded() {
        return graceDeadline.kind() == Deadline.Kind.AT;
    }

    /** The time after the end of the script in which a client can still meet an expectation. */
    Duration gracePeriod() {
        return gracePeriod;
    }

    /** The end of the grace period; never until the script has ended. */
    Deadline graceDeadline() {
        return graceDeadline;
    }

    /** Marks that a connection has not met a required step. No player waits for a signal after that. */
    void markStepFailed() {
        stepFailed = true;
        subscribers.forEach(Runnable::run);
    }

    boolean stepFailed() {
        return stepFailed;
    }

    /** Makes every player end its connection, because one has not met a required step. The caller wakes the players. */
    public void abandon() {
        abandoned = true;
    }

    boolean abandoned() {
        return abandoned;
    }

    /**
     * Stops the calling player if every connection must end.
     *
     * @throws InterruptedException if so
     */
    void stopIfAbandoned() throws InterruptedException {
        if (abandoned) {
            throw new InterruptedException("a required step was not met on another connection");
        }
    }

    /** Gives the signal of this name, permanently. */
    void giveSignal(String name) {
        given.add(name);
        subscribers.forEach(Runnable::run);
    }

    boolean isGiven(String name) {
        return given.contains(name);
    }

    /** Calls {@code onSignal} after every signal until the subscription is closed. */
    SignalSubscription subscribe(Runnable onSignal) {
        // A new object, because the same player may subscribe twice.
        Runnable watcher = () -> onSignal.run();
        subscribers.add(watcher);
        return () -> subscribers.remove(watcher);
    }

    /** A subscription that {@link #close} ends. */
    interface SignalSubscription extends AutoCloseable {
        @Override
        void close();
    }
}
