package io.wstck.tck.implementation.bounded;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A call that runs on a thread of {@link CallThreads}. Any thread. */
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

    /** Runs on the thread of the call. */
    @Override
    public void run() {
        thread = Optional.of(new WatchedThread(Thread.currentThread()));
        try {
            result = body.call();
        } catch (Throwable e) {
            // The waiting thread gets every throwable, errors included.
            failure = Optional.of(e);
        } finally {
            // Clears an interrupt, so that it does not reach the next call on this thread.
            Thread.interrupted();
            ended.countDown();
        }
    }

    /** Waits until the call has ended, for this long at most; returns whether it has ended. */
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        return ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    public boolean underWay() {
        return ended.getCount() > 0;
    }

    /**
     * The result of a call that has ended.
     *
     * @throws ExecutionException with the call's exception as the cause
     * @throws IllegalStateException if the call has not ended
     */
    public T result() throws ExecutionException {
        if (underWay()) {
            throw new IllegalStateException("expected a call that has ended, this one is running");
        }
        if (failure.isPresent()) {
            // Without a message the constructor would call toString of the failure, which is client code.
            throw new ExecutionException("the call failed", failure.get());
        }
        return result;
    }

    /** The thread of the call; empty before it starts. */
    public Optional<WatchedThread> thread() {
        return thread;
    }
}
