package io.wstck.server.scenario;

import io.wstck.server.wire.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What the players of one session tell each other: that the client's script has ended, that a required step was not met, and the signals
 * of scenarios. Any thread.
 */
public final class ScriptSignal {
    private final Duration graceTime;
    private final Set<String> raised = ConcurrentHashMap.newKeySet();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private volatile Deadline grace = Deadline.never();
    private volatile boolean stepFailed;
    private volatile boolean abandoned;

    /** {@code grace} is how much longer an expectation can be met once the script has ended. */
    public ScriptSignal(Duration grace) {
        graceTime = grace;
    }

    /** The script has ended; the second time nothing changes. */
    public void end() {
        if (!ended()) {
            grace = Deadline.in(graceTime);
        }
    }

    boolean ended() {
        return grace.kind() == Deadline.Kind.AT;
    }

    /** Never, until the script has ended: then shortly after. */
    Deadline grace() {
        return grace;
    }

    /** A required step was not met on one of the connections: no signal of that connection is to be waited for. */
    void failStep() {
        stepFailed = true;
        watchers.forEach(Runnable::run);
    }

    boolean stepFailed() {
        return stepFailed;
    }

    /** Every connection is to end, because a required step was not met on one of them. The caller wakes the players. */
    public void abandon() {
        abandoned = true;
    }

    boolean abandoned() {
        return abandoned;
    }

    /**
     * Stops the player that calls it, wherever it is, once every connection is to end.
     *
     * @throws InterruptedException if so
     */
    void stopIfAbandoned() throws InterruptedException {
        if (abandoned) {
            throw new InterruptedException("a required step was not met on another connection");
        }
    }

    /** Gives the signal of that name, for good. */
    void raise(String name) {
        raised.add(name);
        watchers.forEach(Runnable::run);
    }

    boolean raised(String name) {
        return raised.contains(name);
    }

    /** Calls {@code onSignal} after every signal, until the watch is closed. */
    Watch watch(Runnable onSignal) {
        // An object of its own: the same player may watch twice.
        Runnable watcher = () -> onSignal.run();
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    /** Ends with {@link #close}. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
