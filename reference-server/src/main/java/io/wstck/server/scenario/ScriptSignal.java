package io.wstck.server.scenario;

import io.wstck.server.wire.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Tells players that the client's script has ended, whoever says so wakes them afterwards; and lets them give one another
 * signals. Any thread.
 */
public final class ScriptSignal {
    private final Duration graceTime;
    private final Set<String> raised = ConcurrentHashMap.newKeySet();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private volatile Deadline grace = Deadline.never();

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
