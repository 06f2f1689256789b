package io.wstck.lua;

/**
 * A Java call that {@link LuaSession#blocking} makes for a script; it blocks until it returns or its thread is
 * interrupted.
 *
 * @param <T> the type of the result
 */
@FunctionalInterface
public interface BlockingCall<T> {
    /**
     * Makes the call.
     *
     * @return its result
     * @throws InterruptedException if the thread is interrupted
     */
    T call() throws InterruptedException;
}
