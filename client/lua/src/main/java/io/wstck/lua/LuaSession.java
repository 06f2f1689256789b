package io.wstck.lua;

import java.util.function.Function;
import java.util.function.Predicate;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Runs scripts one after the other, with its own globals. Other sessions do not see its changes to its globals. For one
 * thread at a time, except {@link #stop}, {@link #where} and {@link #close}.
 */
public interface LuaSession extends AutoCloseable {
    /** {@return the globals of this session} */
    Globals globals();

    /** {@return the limits of this session} */
    LuaLimits limits();

    /**
     * Runs a script to its end and returns its results.
     *
     * @param script the script to run
     * @return the results
     * @throws LuaFailure when it does not end well
     * @throws IllegalStateException when another thread runs this session
     */
    Varargs run(LuaScript script);

    /**
     * Calls a function of this session. Java code that a script has called uses {@link LuaValue#invoke} instead, so
     * that errors pass unchanged.
     *
     * @param function a function of this session
     * @param arguments its arguments
     * @return the results
     * @throws LuaFailure when it does not end well
     * @throws IllegalStateException when another thread runs this session
     */
    Varargs call(LuaValue function, Varargs arguments);

    /**
     * Ends the script from any thread, also in an endless loop, a blocking call or a coroutine. {@code pcall} cannot
     * catch it. The session cannot be used afterwards. Does not wait.
     *
     * @param reason the message of the {@link LuaFailure} of kind {@code STOPPED}
     */
    void stop(String reason);

    /**
     * {@return the line that runs now, such as {@code close.lua:12}; empty when there is none} Any thread may call it;
     * the result may be slightly out of date.
     */
    String where();

    /**
     * {@return the innermost running line in some chunks, otherwise as {@link #where()}} It finds the line of a script
     * that has called Lua code of the host.
     *
     * @param chunks whether a chunk of this name counts, as in {@link LuaScript#compile}
     */
    String where(Predicate<String> chunks);

    /**
     * Makes a blocking call for the script. The call must react to an interrupt, because {@link #stop} ends it so.
     *
     * @param <T> the type of the result
     * @param call the call to make
     * @return the result of the call
     * @throws Error when the session is stopped meanwhile; callers must not catch it
     */
    <T> T blocking(BlockingCall<T> call);

    /**
     * Makes a blocking call that an interrupt may not end, such as writing to a socket on a platform thread. Otherwise
     * as {@link #blocking(BlockingCall)}.
     *
     * @param <T> the type of the result
     * @param call the call to make
     * @param abort makes the call return; runs on a separate thread when the session is stopped during the call
     * @return the result of the call
     */
    <T> T blocking(BlockingCall<T> call, Runnable abort);

    /**
     * {@return the object that a module keeps for each session; makes it at the first call} For the thread that runs
     * the session.
     *
     * @param <T> the type of the result
     * @param type the class of the object
     * @param make makes the object
     */
    <T> T attachment(Class<T> type, Function<LuaSession, T> make);

    /** Ends the script if it was stopped. Long loops of functions written in Java call it. */
    void checkStop();

    /**
     * Checks the stop as {@link #checkStop} does, and the memory limit ({@link LuaLimits#allocatedBytes}) before an
     * allocation of that many bytes.
     *
     * @param bytes the size of the allocation, in bytes
     */
    void reserve(long bytes);

    /**
     * Registers a resource that the session closes when it is closed, in reverse order. If the session is closed
     * already, the resource is closed at once. Any thread may call it.
     *
     * @param resource the resource to close
     * @throws IllegalStateException when the session is closed
     */
    void onClose(AutoCloseable resource);

    /**
     * Stops the script, waits until it has ended, and closes the resources of {@link #onClose}. Any thread may call it;
     * closing again does nothing.
     *
     * @throws IllegalStateException when a resource could not be closed, or the script does not end
     */
    @Override
    void close();
}
