package io.wstck.lua.sandbox;

import io.wstck.lua.BlockingCall;
import io.wstck.lua.LimitChecks;
import io.wstck.lua.LuaFailure;
import io.wstck.lua.LuaLimits;
import io.wstck.lua.LuaStrings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * Runs the Lua code of one session within its limits, and can be stopped. It holds the call stack and the stop signal.
 * For the thread that runs the session, unless a method says otherwise.
 */
public final class ScriptExecution implements LimitChecks, AutoCloseable {
    static final int LARGE_STRING = 16 * 1024;
    private static final ScopedValue<ScriptExecution> RUNNING = ScopedValue.newInstance();
    private static final long CLOSE_TIMEOUT_SECONDS = 5;
    private static final long CLOSE_GRACE_MILLIS = 200;

    private final ScopedValue.Carrier scope = ScopedValue.where(RUNNING, this).where(LimitChecks.CURRENT, this);
    private final Globals globals = new Globals();
    private final LuaLimits limits;
    private final StopSignal stop = new StopSignal();
    private final ExecutionHook hook = new ExecutionHook(this);
    private final MemoryMeter memory;
    private final CoroutineLibrary coroutines = new CoroutineLibrary(this);
    private final Map<String, LuaValue> loaded = new HashMap<>();
    private final LuaTable stringMethods = new LuaTable();
    private Function<String, Optional<LuaValue>> loader = name -> Optional.empty();

    public ScriptExecution(LuaLimits limits) {
        this.limits = limits;
        memory = new MemoryMeter(limits.allocatedBytes());
        globals.debuglib = hook;
        StringMetatable.acquire();
    }

    public Globals globals() {
        return globals;
    }

    LuaLimits limits() {
        return limits;
    }

    ExecutionHook hook() {
        return hook;
    }

    StopSignal stopSignal() {
        return stop;
    }

    MemoryMeter memory() {
        return memory;
    }

    CoroutineLibrary coroutines() {
        return coroutines;
    }

    LuaTable stringMethods() {
        return stringMethods;
    }

    /** Returns the session that the calling thread runs. */
    static Optional<ScriptExecution> current() {
        return RUNNING.isBound() ? Optional.of(RUNNING.get()) : Optional.empty();
    }

    /** Returns whether the calling thread runs this session. */
    public boolean isCurrent() {
        return RUNNING.isBound() && RUNNING.get() == this;
    }

    void bind(Runnable body) {
        scope.run(body);
    }

    /**
     * Runs Lua on the calling thread.
     *
     * @throws ScriptTerminatedError when the script is stopped or exceeds a limit
     * @throws IllegalStateException when another thread runs this session
     */
    public <T> T run(Supplier<T> body) {
        if (isCurrent()) {
            return callBounded(body);
        }
        stop.enter();
        try {
            StringMetatable.ensureInstalled();
            memory.start();
            checkStop();
            return scope.call(() -> callBounded(body));
        } finally {
            stop.leave();
        }
    }

    /** Calls the body, turns the JVM's errors into the end of the script, and always unwinds the call stack. */
    <T> T callBounded(Supplier<T> body) {
        int depth = hook.stack().depth();
        try {
            return body.get();
        } catch (StackOverflowError e) {
            throw termination(LuaFailure.Kind.STACK_OVERFLOW, "stack overflow");
        } catch (OutOfMemoryError e) {
            throw new ScriptTerminatedError(
                    LuaFailure.Kind.MEMORY,
                    "the Java heap is exhausted",
                    hook.stack().unwoundPosition(),
                    hook.stack().unwoundTraceback());
        } finally {
            hook.unwindTo(depth);
        }
    }

    /** From any thread. */
    public void stop(String reason) {
        stop.request(reason);
    }

    /** From any thread. */
    public String where() {
        return where(_ -> true);
    }

    /** From any thread. */
    public String where(Predicate<String> chunks) {
        return hook.stack().innermost(chunks);
    }

    /** Makes a blocking call. Any interrupt ends the script. */
    public <T> T blocking(BlockingCall<T> call) {
        checkStop();
        try {
            T result = call.call();
            checkStop();
            return result;
        } catch (InterruptedException e) {
            if (!stop.requested()) {
                Thread.currentThread().interrupt();
                stop.request("the thread was interrupted");
            }
            throw stopped();
        }
    }

    /**
     * Makes a blocking call that an interrupt may not end; {@code abort} ends it, on a separate thread. Otherwise as
     * {@link #blocking(BlockingCall)}.
     */
    public <T> T blocking(BlockingCall<T> call, Runnable abort) {
        stop.abortWith(Optional.of(abort));
        try {
            return blocking(call);
        } finally {
            stop.abortWith(Optional.empty());
        }
    }

    @Override
    public void checkStop() {
        if (stop.requested()) {
            throw stopped();
        }
    }

    @Override
    public void checkLimits() {
        checkStop();
        checkMemory();
    }

    void checkMemory() {
        reserve(0);
    }

    @Override
    public void reserve(long bytes) {
        if (memory.exceeded(bytes)) {
            throw termination(LuaFailure.Kind.MEMORY, "more than " + limits.allocatedBytes() + " bytes allocated");
        }
    }

    /** Checks the length of a string before it is built. */
    void checkLength(String what, long bytes) {
        if (bytes > limits.stringBytes()) {
            throw new LuaError(tooLong(what, bytes));
        }
        if (bytes > LARGE_STRING) {
            checkStop();
            reserve(bytes);
        }
    }

    String tooLong(String what, long bytes) {
        return what + " would make a string of " + bytes + " bytes, more than " + limits.stringBytes();
    }

    ScriptTerminatedError termination(LuaFailure.Kind kind, String message) {
        return new ScriptTerminatedError(kind, message, where());
    }

    private ScriptTerminatedError stopped() {
        return termination(LuaFailure.Kind.STOPPED, stop.reason());
    }

    void loader(Function<String, Optional<LuaValue>> modules) {
        loader = modules;
    }

    void provide(String name, LuaValue value) {
        loaded.put(name, value);
    }

    /** Returns the module of that name, which is loaded at most once. */
    public LuaValue require(String name) {
        LuaValue known = loaded.get(name);
        if (known != null) {
            return known;
        }
        LuaValue value = loader.apply(name)
                .orElseThrow(() -> new LuaError("module '" + LuaStrings.excerpt(LuaStrings.of(name))
                        + "' not found: only modules of the host can be required"));
        loaded.put(name, value);
        return value;
    }

    /**
     * Stops the script and waits briefly for its end. A script that is blocked in a resource ends only when the
     * resource is closed.
     */
    public void beginClose() {
        stop.request("the session was closed");
        try {
            stop.awaitIdle(CLOSE_GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops the script, waits until it has ended, and ends its coroutines. Any thread may call it, once. */
    @Override
    public void close() {
        stop.request("the session was closed");
        try {
            if (!stop.awaitIdle(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the script did not end within " + CLOSE_TIMEOUT_SECONDS
                        + " s of being stopped, at " + where());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the script was ending", e);
        } finally {
            coroutines.close();
            StringMetatable.release();
        }
    }
}
