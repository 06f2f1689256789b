package io.wstck.lua.sandbox;

import io.wstck.lua.BlockingCall;
import io.wstck.lua.LuaFailure;
import io.wstck.lua.LuaLimits;
import io.wstck.lua.LuaModule;
import io.wstck.lua.LuaScript;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaStrings;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
 * Implements {@link LuaSession}: the globals, the modules and the resources of one session. Its {@link ScriptExecution}
 * runs the scripts within the limits.
 */
public final class SandboxSession implements LuaSession {
    private final LuaLimits limits;
    private final ScriptExecution execution;
    private final Map<String, LuaModule> unloaded = new HashMap<>();

    /** Guards {@link #resources} and {@link #closed}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<Class<?>, Object> attachments = new HashMap<>();
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    private boolean closed;

    /**
     * Makes a session with its own globals.
     *
     * @param output takes each line that a script prints, on the script's thread
     */
    public SandboxSession(LuaLimits limits, List<LuaModule> modules, Consumer<String> output) {
        this.limits = limits;
        execution = new ScriptExecution(limits);
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

    @Override
    public Globals globals() {
        return execution.globals();
    }

    @Override
    public LuaLimits limits() {
        return limits;
    }

    @Override
    public Varargs run(LuaScript script) {
        return enter(() -> new LuaClosure(script.prototype(), globals()).invoke(LuaValue.NONE));
    }

    @Override
    public Varargs call(LuaValue function, Varargs arguments) {
        return enter(() -> function.invoke(arguments));
    }

    @Override
    public void stop(String reason) {
        execution.stop(reason);
    }

    @Override
    public String where() {
        return execution.where();
    }

    @Override
    public String where(Predicate<String> chunks) {
        return execution.where(chunks);
    }

    @Override
    public <T> T blocking(BlockingCall<T> call) {
        return execution.blocking(call);
    }

    @Override
    public <T> T blocking(BlockingCall<T> call, Runnable abort) {
        return execution.blocking(call, abort);
    }

    @Override
    public <T> T attachment(Class<T> type, Function<LuaSession, T> make) {
        Object known = attachments.get(type);
        if (known == null) {
            known = make.apply(this);
            attachments.put(type, known);
        }
        return type.cast(known);
    }

    @Override
    public void checkStop() {
        execution.checkStop();
    }

    @Override
    public void reserve(long bytes) {
        execution.checkStop();
        execution.reserve(bytes);
    }

    @Override
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
        closeFailure(resource).ifPresent(refusal::addSuppressed);
        throw refusal;
    }

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
        List<Exception> failures = new ArrayList<>();
        execution.beginClose();
        while (!resources.isEmpty()) {
            closeFailure(resources.pop()).ifPresent(failures::add);
        }
        closeFailure(execution).ifPresent(failures::add);
        if (!failures.isEmpty()) {
            IllegalStateException closeError =
                    new IllegalStateException("the Lua session could not be closed entirely");
            failures.forEach(closeError::addSuppressed);
            throw closeError;
        }
    }

    /** Closes a resource, and returns the exception of that, if there is one. */
    private static Optional<Exception> closeFailure(AutoCloseable resource) {
        try {
            resource.close();
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of(e);
        }
    }

    private Varargs enter(Supplier<Varargs> body) {
        boolean nested = execution.isCurrent();
        try {
            return execution.run(() -> convertErrors(body));
        } catch (ScriptTerminatedError end) {
            // An inner call must not turn the end of the script into an exception that the script can catch.
            if (nested) {
                throw end;
            }
            throw end.failure();
        }
    }

    /**
     * Calls the body and converts its error. It runs within the limits of the script, because {@code __tostring} of an
     * error may run Lua code.
     */
    private static Varargs convertErrors(Supplier<Varargs> body) {
        try {
            return body.get();
        } catch (LuaError error) {
            throw failure(error);
        }
    }

    private static LuaFailure failure(LuaError error) {
        ErrorReport report = ErrorReport.of(error);
        String text = LuaStrings.show(report.value());
        // A string error has its position as a prefix. The prefix may differ from the place that raised the error last.
        ErrorReport.PositionedMessage positioned = ErrorReport.PositionedMessage.of(text, report.position());
        return new LuaFailure(
                LuaFailure.Kind.ERROR,
                positioned.message(),
                positioned.position(),
                report.traceback(),
                report.value(),
                error.getCause() == null ? error : error.getCause());
    }

    private Optional<LuaValue> load(String name) {
        return Optional.ofNullable(unloaded.get(name)).map(module -> module.load(this));
    }
}
