package io.wstck.lua;

/** A call that blocks until it is done or its thread is interrupted. */
@FunctionalInterface
public interface BlockingCall<T> {
    T call() throws InterruptedException;
}
