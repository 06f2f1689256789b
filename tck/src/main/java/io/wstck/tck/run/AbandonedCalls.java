package io.wstck.tck.run;

import io.wstck.tck.implementation.bounded.StartedCall;
import io.wstck.tck.implementation.bounded.WatchedThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Calls into the client that have not returned, and that no case waits for any more. Java cannot end their threads: when there are too many,
 * the run ends. Any thread.
 */
final class AbandonedCalls {
    /** A thread that waits costs memory only. */
    static final int MOST = 100;

    /** Threads that spin take the processors from all other cases. */
    static final int MOST_SPINNING = 2 * Math.max(2, Runtime.getRuntime().availableProcessors());

    private static final int NAMED = 10;

    private final EndSignal end;
    private final BusyThreads busy = new BusyThreads();

    /** Guards {@link #calls}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final List<Call> calls = new ArrayList<>();

    AbandonedCalls(EndSignal end) {
        this.end = end;
    }

    private record Call(String what, WatchedThread thread, BooleanSupplier underWay) {
        String describe() {
            return what + ": " + thread.describe();
        }
    }

    /**
     * One more.
     *
     * @param what the call and its case, for people
     */
    void add(String what, StartedCall<?> call) {
        call.thread().ifPresent(thread -> add(new Call(what, thread, call::underWay)));
    }

    /** A thread that is inside the client, and may have ended meanwhile. */
    void add(String what, Thread thread) {
        add(new Call(what, new WatchedThread(thread), thread::isAlive));
    }

    private void add(Call call) {
        List<Call> left = left(List.of(call));
        List<Call> spinning = left.stream()
                .filter(one -> one.thread().doing() == WatchedThread.Doing.SPINNING)
                .toList();
        if (spinning.size() >= MOST_SPINNING) {
            end.end(
                    spinning.size() + " calls of the client spin and cannot be ended, which leaves no processor to the"
                            + " other cases; the first is "
                            + spinning.getFirst().describe(),
                    List.of());
        } else if (left.size() >= MOST) {
            end.end(
                    left.size() + " calls of the client have not returned and cannot be ended; the first is "
                            + left.getFirst().describe(),
                    List.of());
        }
    }

    /** Threads of the client's own that use a processor, a description each; asked when a script has come to nothing. */
    List<String> busyThreads() throws InterruptedException {
        return busy.look();
    }

    /** What there is to say of those that still have not returned, a line each. */
    List<String> remarks() {
        List<Call> left = left(List.of());
        List<String> lines = new ArrayList<>();
        left.stream().limit(NAMED).forEach(call -> lines.add("not returned: " + call.describe()));
        if (left.size() > NAMED) {
            lines.add("not returned: " + (left.size() - NAMED) + " more calls of the client");
        }
        lines.addAll(busy.remarks());
        return lines;
    }

    /** Those that are still under way, each looked at. */
    private List<Call> left(List<Call> more) {
        lock.lock();
        try {
            calls.addAll(more);
            calls.removeIf(call -> !call.underWay().getAsBoolean());
            calls.forEach(call -> call.thread().sample());
            return List.copyOf(calls);
        } finally {
            lock.unlock();
        }
    }
}
