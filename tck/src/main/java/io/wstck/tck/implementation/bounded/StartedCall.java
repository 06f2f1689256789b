package io.wstck.tck.implementation.bounded;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A call that was started on a thread of {@link CallThreads}. Any thread. */
public final class StartedCall<T> implements Runnable {
    private final Callable<T> body;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Written before {@link #ended} counts down. */
    private T result;

    private Optional<Throwable> failure = Optional.empty();
    private volatile Optional<WatchedThread> thread = Optional.empty();

    StartedCall(Callable<T> body) {
        this.body = body;
    }

    /** For the thread of the call. */
    @Override
    public void run() {
        thread = Optional.of(new WatchedThread(Thread.currentThread()));
        try {
            result = body.call();
        } catch (Throwable e) {
            // The waiting thread gets it, errors included.
            failure = Optional.of(e);
        } finally {
            // An interrupt that the call left behind must not reach the next call on this thread.
            Thread.interrupted();
            ended.countDown();
        }
    }

    /** Waits for the end of the call, at most for this long; returns whether it has ended. */
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        return ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    public boolean underWay() {
        return ended.getCount() > 0;
    }

    /**
     * The result of a call that has ended.
     *
     * @throws ExecutionException with what the call threw, if it threw
     * @throws IllegalStateException when it has not ended
     */
    public T result() throws ExecutionException {
        if (underWay()) {
            throw new IllegalStateException("expected a call that has ended, this one is under way");
        }
        if (failure.isPresent()) {
            // Without a message it would ask the failure for one, and that is the client's code again.
            throw new ExecutionException("the call failed", failure.get());
        }
        return result;
    }

    /** The thread that it runs on; empty before it begins. */
    public Optional<WatchedThread> thread() {
        return thread;
    }
}
