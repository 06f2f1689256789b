package io.wstck.lua.sandbox;

import static io.wstck.lua.LuaFunctions.put;

import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaFunctions;
import io.wstck.lua.LuaStrings;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The library {@code coroutine}. It also counts and ends the coroutines of one session that have a thread. */
final class CoroutineLibrary implements AutoCloseable {
    private final ScriptExecution execution;
    private final Set<Coroutine> alive = ConcurrentHashMap.newKeySet();

    CoroutineLibrary(ScriptExecution execution) {
        this.execution = execution;
    }

    LuaTable library() {
        LuaTable library = new LuaTable();
        put(library, "create", arguments -> create(arguments, "create"));
        put(library, "resume", arguments -> coroutine(arguments, "resume").resume(arguments.subargs(2)));
        put(
                library,
                "status",
                arguments -> LuaStrings.of(coroutine(arguments, "status").getStatus()));
        put(library, "yield", this::yieldValues);
        put(library, "wrap", this::wrap);
        put(library, "running", arguments -> running());
        put(library, "isyieldable", arguments -> LuaValue.valueOf(execution.globals().running instanceof Coroutine));
        return library;
    }

    void started(Coroutine coroutine) {
        if (alive.size() >= execution.limits().coroutines()) {
            throw new LuaError("more than " + execution.limits().coroutines() + " coroutines that have not ended");
        }
        alive.add(coroutine);
    }

    void ended(Coroutine coroutine) {
        alive.remove(coroutine);
    }

    /** Ends the threads of suspended coroutines. */
    @Override
    public void close() {
        alive.forEach(Coroutine::kill);
    }

    private Coroutine create(Varargs arguments, String function) {
        if (!arguments.arg1().isfunction()) {
            throw LuaArguments.typeError(arguments, 1, function, "function");
        }
        return new Coroutine(execution, arguments.arg1());
    }

    private Varargs yieldValues(Varargs values) {
        if (execution.globals().running instanceof Coroutine running) {
            return running.yieldValues(values);
        }
        throw new LuaError("attempt to yield from outside a coroutine");
    }

    private Varargs wrap(Varargs arguments) {
        Coroutine coroutine = create(arguments, "wrap");
        return LuaFunctions.of("wrap", values -> {
            if (coroutine.status() != Coroutine.Status.SUSPENDED) {
                throw new LuaError(coroutine.resume(values).arg(2).tojstring());
            }
            return coroutine.resumeOrRaise(values);
        });
    }

    private Varargs running() {
        return LuaValue.varargsOf(
                execution.globals().running, LuaValue.valueOf(!(execution.globals().running instanceof Coroutine)));
    }

    private static Coroutine coroutine(Varargs arguments, String function) {
        if (arguments.arg1() instanceof Coroutine coroutine) {
            return coroutine;
        }
        throw LuaArguments.typeError(arguments, 1, function, "coroutine");
    }
}
