package io.wstck.client.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A timer whose time passes only when a test advances it. Actions that become due run on the thread that advances it.
 * Any number of threads may use it.
 */
final class ManualTimer implements DeadlineTimer {
    private static final long FOREVER = Duration.ofDays(1).toNanos();

    private record Entry(long due, FutureTask<?> action) {}

    /** A thread that waits for an event or for its deadline. The lock guards {@link #expired}. */
    private static final class Waiter {
        final Thread thread = Thread.currentThread();
        final long deadline;
        boolean expired;

        Waiter(long deadline) {
            this.deadline = deadline;
        }
    }

    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition waiterAdded = lock.newCondition();
    private final List<Entry> entries = new ArrayList<>();
    private final Set<Waiter> waiters = new HashSet<>();
    /** Overflows soon, because the clock of the JVM may do so, too. */
    private long now = Long.MAX_VALUE - Duration.ofMillis(1).toNanos();

    /** Lets time pass, and runs the actions that become due, in the order in which they are due. */
    void advance(Duration duration) {
        long target = now() + duration.toNanos();
        for (Optional<Entry> due = nextDue(target); due.isPresent(); due = nextDue(target)) {
            due.get().action().run();
        }
    }

    /** Waits until a thread waits for an event or for its deadline. */
    void awaitWaiter() throws InterruptedException {
        lock.lock();
        try {
            long left = ClientServerFixture.TEST_TIMEOUT.toNanos();
            while (waiters.isEmpty()) {
                if (left <= 0) {
                    throw new AssertionError("no thread waits for a deadline of this timer");
                }
                left = waiterAdded.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long now() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Future<?> schedule(Runnable action, long nanos) {
        FutureTask<Void> task = new FutureTask<>(action, null);
        if (nanos <= 0) {
            Thread.ofVirtual().start(task);
            return task;
        }
        lock.lock();
        try {
            entries.add(new Entry(now + nanos, task));
        } finally {
            lock.unlock();
        }
        return task;
    }

    @Override
    public boolean await(BoundedWait wait, long deadline) throws InterruptedException {
        Optional<Waiter> added = addWaiter(deadline);
        if (added.isEmpty()) {
            return wait.await(0);
        }
        Waiter waiter = added.get();
        try {
            return wait.await(FOREVER);
        } catch (InterruptedException e) {
            if (expired(waiter)) {
                return false;
            }
            throw e;
        } finally {
            remove(waiter);
        }
    }

    /** Takes the entry that is due first. Sets the time to that of the entry, or to the target if none is due. */
    private Optional<Entry> nextDue(long target) {
        lock.lock();
        try {
            entries.removeIf(entry -> entry.action().isCancelled());
            Optional<Entry> first = entries.stream()
                    .filter(entry -> entry.due() - target <= 0)
                    .min((one, other) -> Long.signum(one.due() - other.due()));
            first.ifPresent(entries::remove);
            now = first.map(Entry::due).orElse(target);
            waiters.stream().filter(waiter -> waiter.deadline - now <= 0).forEach(ManualTimer::expire);
            return first;
        } finally {
            lock.unlock();
        }
    }

    private static void expire(Waiter waiter) {
        if (!waiter.expired) {
            waiter.expired = true;
            waiter.thread.interrupt();
        }
    }

    private Optional<Waiter> addWaiter(long deadline) {
        lock.lock();
        try {
            if (deadline - now <= 0) {
                return Optional.empty();
            }
            Waiter waiter = new Waiter(deadline);
            waiters.add(waiter);
            waiterAdded.signalAll();
            return Optional.of(waiter);
        } finally {
            lock.unlock();
        }
    }

    private boolean expired(Waiter waiter) {
        lock.lock();
        try {
            return waiter.expired;
        } finally {
            lock.unlock();
        }
    }

    /** Removes the waiter on its own thread. Clears the interrupt that its deadline has caused, unless it was taken. */
    private void remove(Waiter waiter) {
        lock.lock();
        try {
            waiters.remove(waiter);
            if (waiter.expired) {
                var _ = Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }
}
