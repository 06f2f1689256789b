package io.wstck.tck.run;

import io.wstck.tck.implementation.bounded.StartedCall;
import io.wstck.tck.implementation.bounded.WatchedThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Keeps the client's calls that never returned and that no case waits for, to name them in the summary of the run. Java
 * cannot end their threads. When there are too many of them, the run ends. Thread-safe.
 */
final class AbandonedCalls {
    /** The run ends at this number of waiting threads. A waiting thread costs only memory. */
    static final int MAX_WAITING = 100;

    /** The run ends at this number of spinning threads, because they take the processors from all other cases. */
    static final int MAX_SPINNING = 2 * Math.max(2, Runtime.getRuntime().availableProcessors());

    private static final int MAX_NAMED = 10;

    private final EndSignal end;
    private final BusyThreads busy = new BusyThreads();

    /** Guards {@link #calls}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final List<Call> calls = new ArrayList<>();

    AbandonedCalls(EndSignal end) {
        this.end = end;
    }

    private record Call(String name, WatchedThread thread, BooleanSupplier running) {
        String describe() {
            return name + ": " + thread.describe();
        }
    }

    /**
     * Adds a call, unless its thread has not begun.
     *
     * @param name the call and its case, for reports
     */
    void add(String name, StartedCall<?> call) {
        call.thread().ifPresent(thread -> add(new Call(name, thread, call::underWay)));
    }

    /** Adds a thread that was inside the client when it was last seen. It may have ended since. */
    void add(String name, Thread thread) {
        add(new Call(name, new WatchedThread(thread), thread::isAlive));
    }

    private void add(Call call) {
        List<Call> remaining = update(List.of(call));
        List<Call> spinning = remaining.stream()
                .filter(other -> other.thread().activity() == WatchedThread.ThreadActivity.SPINNING)
                .toList();
        if (spinning.size() >= MAX_SPINNING) {
            end.end(
                    spinning.size() + " calls of the client spin and cannot be ended, which leaves no processor for the"
                            + " other cases; the first is "
                            + spinning.getFirst().describe(),
                    List.of());
        } else if (remaining.size() >= MAX_WAITING) {
            end.end(
                    remaining.size() + " calls of the client have not returned and cannot be ended; the first is "
                            + remaining.getFirst().describe(),
                    List.of());
        }
    }

    /** Describes the client's own threads that use a processor. The runner asks when a script has reached its limit. */
    List<String> busyThreads() throws InterruptedException {
        return busy.measure();
    }

    /** Describes the calls that still have not returned, one line each. */
    List<String> remarks() {
        List<Call> remaining = update(List.of());
        List<String> lines = new ArrayList<>();
        remaining.stream().limit(MAX_NAMED).forEach(call -> lines.add("not returned: " + call.describe()));
        if (remaining.size() > MAX_NAMED) {
            lines.add("not returned: " + (remaining.size() - MAX_NAMED) + " more calls of the client");
        }
        lines.addAll(busy.remarks());
        return lines;
    }

    /** Adds calls, drops those that have returned, and samples the threads of the rest. */
    private List<Call> update(List<Call> added) {
        lock.lock();
        try {
            calls.addAll(added);
            calls.removeIf(call -> !call.running().getAsBoolean());
            calls.forEach(call -> call.thread().sample());
            return List.copyOf(calls);
        } finally {
            lock.unlock();
        }
    }
}
