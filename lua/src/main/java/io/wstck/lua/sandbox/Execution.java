package io.wstck.lua.sandbox;

import io.wstck.lua.BlockingCall;
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

/** The running of one session: its limits, its stop signal, its call stack. For the thread that runs the session, unless said. */
public final class Execution implements AutoCloseable {
    static final int LARGE_STRING = 16 * 1024;
    private static final ScopedValue<Execution> CURRENT = ScopedValue.newInstance();
    private static final long PATIENCE_SECONDS = 5;
    private static final long GRACE_MILLIS = 200;

    private final Globals globals = new Globals();
    private final LuaLimits limits;
    private final StopSignal stop = new StopSignal();
    private final ExecutionHook hook = new ExecutionHook(this);
    private final MemoryMeter memory;
    private final Coroutines coroutines = new Coroutines(this);
    private final Map<String, LuaValue> loaded = new HashMap<>();
    private final LuaTable stringMethods = new LuaTable();
    private Function<String, Optional<LuaValue>> loader = name -> Optional.empty();

    public Execution(LuaLimits limits) {
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

    Coroutines coroutines() {
        return coroutines;
    }

    LuaTable stringMethods() {
        return stringMethods;
    }

    /** The session that the calling thread runs. */
    static Optional<Execution> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** Whether the calling thread is running this session. */
    public boolean isCurrent() {
        return CURRENT.isBound() && CURRENT.get() == this;
    }

    void bind(Runnable body) {
        ScopedValue.where(CURRENT, this).run(body);
    }

    /**
     * Runs Lua on the calling thread.
     *
     * @throws ScriptEnd when the script is ended
     * @throws IllegalStateException when another thread runs this session
     */
    public <T> T run(Supplier<T> body) {
        if (isCurrent()) {
            return bounded(body);
        }
        stop.enter();
        try {
            StringMetatable.ensureInstalled();
            memory.start();
            checkStop();
            return ScopedValue.where(CURRENT, this).call(() -> bounded(body));
        } finally {
            stop.leave();
        }
    }

    /** Turns the JVM's errors into the end of the script, and unwinds the call stack, whatever happened. */
    <T> T bounded(Supplier<T> body) {
        int depth = hook.stack().depth();
        try {
            return body.get();
        } catch (StackOverflowError e) {
            throw end(ScriptEnd.Kind.STACK_OVERFLOW, "stack overflow");
        } catch (OutOfMemoryError e) {
            throw new ScriptEnd(
                    ScriptEnd.Kind.MEMORY,
                    "the Java heap is exhausted",
                    hook.stack().leftAt(),
                    hook.stack().leftTraceback());
        } finally {
            hook.unwindTo(depth);
        }
    }

    /** From any thread. */
    public void stop(String reason) {
        stop.ask(reason);
    }

    /** From any thread. */
    public String where() {
        return where(_ -> true);
    }

    /** From any thread. */
    public String where(Predicate<String> chunks) {
        return hook.stack().innermost(chunks);
    }

    /** Makes a call that blocks. An interrupt ends the script, whoever sent it. */
    public <T> T blocking(BlockingCall<T> call) {
        checkStop();
        try {
            T result = call.call();
            checkStop();
            return result;
        } catch (InterruptedException e) {
            if (!stop.asked()) {
                Thread.currentThread().interrupt();
                stop.ask("the thread was interrupted");
            }
            throw stopped();
        }
    }

    /** As {@link #blocking(BlockingCall)}, for a call that an interrupt may not end: {@code abort} runs on a thread of its own. */
    public <T> T blocking(BlockingCall<T> call, Runnable abort) {
        stop.abortWith(Optional.of(abort));
        try {
            return blocking(call);
        } finally {
            stop.abortWith(Optional.empty());
        }
    }

    /** Ends the script if it was told to stop; loops in Java call this from time to time. */
    public void checkStop() {
        if (stop.asked()) {
            throw stopped();
        }
    }

    /** Ends the script if it was told to stop, or has allocated too much; for long loops in Java. */
    public void checkLimits() {
        checkStop();
        checkMemory();
    }

    void checkMemory() {
        reserve(0);
    }

    /** Ends the script if that many more bytes would be too much; to be called before a large array is allocated. */
    public void reserve(long bytes) {
        if (memory.exceededWith(bytes)) {
            throw end(ScriptEnd.Kind.MEMORY, "more than " + limits.allocatedBytes() + " bytes allocated");
        }
    }

    /** Refuses a string that would be too long, before it is built. */
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

    ScriptEnd end(ScriptEnd.Kind kind, String message) {
        return new ScriptEnd(kind, message, where());
    }

    private ScriptEnd stopped() {
        return end(ScriptEnd.Kind.STOPPED, stop.reason());
    }

    void loader(Function<String, Optional<LuaValue>> modules) {
        loader = modules;
    }

    void provide(String name, LuaValue value) {
        loaded.put(name, value);
    }

    /** The module of that name, loaded at most once. */
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

    /** Stops the script and waits a moment for it to end; one that is blocked in a resource ends when that is closed. */
    public void beginClose() {
        stop.ask("the session was closed");
        try {
            stop.awaitLeft(GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops the script, waits until it has ended, and ends its coroutines. From any thread; to be called once. */
    @Override
    public void close() {
        stop.ask("the session was closed");
        try {
            if (!stop.awaitLeft(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "the script did not end within " + PATIENCE_SECONDS + " s of being stopped, at " + where());
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
