package io.wstck.lua;

import io.wstck.lua.sandbox.Execution;
import io.wstck.lua.sandbox.SandboxGlobals;
import io.wstck.lua.sandbox.ScriptEnd;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Globals of their own, in which scripts run one after the other. For one thread at a time, except {@link #stop},
 * {@link #where} and {@link #close}. What one session does to its globals, no other session sees.
 */
public final class LuaSession implements AutoCloseable {
    private final LuaLimits limits;
    private final Execution execution;
    private final Map<String, LuaModule> unloaded = new HashMap<>();

    /** Guards {@link #resources} and {@link #closed}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<Class<?>, Object> attached = new HashMap<>();
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    private boolean closed;

    LuaSession(LuaLimits limits, List<LuaModule> modules, Consumer<String> output) {
        this.limits = limits;
        execution = new Execution(limits);
        try {
            SandboxGlobals.install(execution, output, this::load);
            provide(modules);
        } catch (RuntimeException | Error e) {
            execution.close();
            throw e;
        }
    }

    private void provide(List<LuaModule> modules) {
        for (LuaModule module : modules) {
            unloaded.put(module.name(), module);
            if (module.visibility() == LuaModule.Visibility.GLOBAL_AND_REQUIRE) {
                globals().rawset(LuaStrings.of(module.name()), execution.require(module.name()));
            }
        }
    }

    public Globals globals() {
        return execution.globals();
    }

    public LuaLimits limits() {
        return limits;
    }

    /**
     * Runs a script to its end and returns its results.
     *
     * @throws LuaFailure when it does not end well
     * @throws IllegalStateException when another thread runs this session
     */
    public Varargs run(LuaScript script) {
        return enter(() -> new LuaClosure(script.prototype(), globals()).invoke(LuaValue.NONE));
    }

    /**
     * Calls a function of this session. Java code that a script has called calls back with {@link LuaValue#invoke}
     * instead, so that errors pass through unchanged.
     *
     * @throws LuaFailure when it does not end well
     * @throws IllegalStateException when another thread runs this session
     */
    public Varargs call(LuaValue function, Varargs arguments) {
        return enter(() -> function.invoke(arguments));
    }

    /**
     * Ends the script, from any thread: out of an endless loop, a blocking call, a coroutine; {@code pcall} cannot catch
     * it. The session cannot be used afterwards. Does not wait.
     *
     * @param reason the message of the {@link LuaFailure} of kind {@code STOPPED}
     */
    public void stop(String reason) {
        execution.stop(reason);
    }

    /** The line being run right now, such as {@code close.lua:12}; empty when there is none. From any thread, best effort. */
    public String where() {
        return execution.where();
    }

    /**
     * As {@link #where()}, but the innermost line among those of some chunks: where a script is that calls Lua code of the host.
     *
     * @param chunks whether a chunk of this name counts, as in {@link LuaScript#compile}
     */
    public String where(Predicate<String> chunks) {
        return execution.where(chunks);
    }

    /**
     * Makes a call that blocks, on behalf of the script. It must answer an interrupt, which is how {@link #stop} ends it.
     *
     * @throws Error when the session is stopped meanwhile; it must be let through
     */
    public <T> T blocking(BlockingCall<T> call) {
        return execution.blocking(call);
    }

    /**
     * As {@link #blocking(BlockingCall)}, for a call that an interrupt may not end, such as writing to a socket on a platform
     * thread.
     *
     * @param abort makes the call return; runs on a thread of its own, when the session is stopped during the call
     */
    public <T> T blocking(BlockingCall<T> call, Runnable abort) {
        return execution.blocking(call, abort);
    }

    /** What a module keeps for each session, made when first asked for. For the thread that runs the session. */
    public <T> T attached(Class<T> type, Function<LuaSession, T> make) {
        Object known = attached.get(type);
        if (known == null) {
            known = make.apply(this);
            attached.put(type, known);
        }
        return type.cast(known);
    }

    /** Ends the script if it was told to stop; to be called by long loops of functions written in Java. */
    public void checkStop() {
        execution.checkStop();
    }

    /**
     * As {@link #checkStop}, before that many bytes are allocated; also ends the script if they would be too much
     * ({@link LuaLimits#allocatedBytes}).
     */
    public void reserve(long bytes) {
        execution.checkStop();
        execution.reserve(bytes);
    }

    /**
     * Gives the session something to close when it is closed; the last one given is closed first. Closed at once when the
     * session is closed already. From any thread.
     *
     * @throws IllegalStateException when the session is closed
     */
    public void onClose(AutoCloseable resource) {
        lock.lock();
        try {
            if (!closed) {
                resources.push(resource);
                return;
            }
        } finally {
            lock.unlock();
        }
        IllegalStateException refusal = new IllegalStateException("the Lua session is closed");
        closeInto(refusal, resource);
        throw refusal;
    }

    /**
     * Stops what runs, waits until it has ended, and closes what {@link #onClose} was given. From any thread; closing again
     * does nothing.
     *
     * @throws IllegalStateException when a resource could not be closed, or the script does not end
     */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            lock.unlock();
        }
        IllegalStateException trouble = new IllegalStateException("the Lua session could not be closed entirely");
        execution.beginClose();
        while (!resources.isEmpty()) {
            closeInto(trouble, resources.pop());
        }
        closeInto(trouble, execution);
        if (trouble.getSuppressed().length > 0) {
            throw trouble;
        }
    }

    private static void closeInto(Exception trouble, AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            trouble.addSuppressed(e);
        }
    }

    private Varargs enter(Supplier<Varargs> body) {
        boolean nested = execution.isCurrent();
        try {
            return execution.run(() -> explained(body));
        } catch (ScriptEnd end) {
            // An inner call must not turn the end of the script into something that the script can catch.
            if (nested) {
                throw end;
            }
            throw LuaFailure.of(end);
        }
    }

    /** Within the limits of the script, since the text of an error may be made by Lua code, its {@code __tostring}. */
    private static Varargs explained(Supplier<Varargs> body) {
        try {
            return body.get();
        } catch (LuaError error) {
            throw LuaFailure.of(error);
        }
    }

    private Optional<LuaValue> load(String name) {
        return Optional.ofNullable(unloaded.get(name)).map(module -> module.load(this));
    }
}
