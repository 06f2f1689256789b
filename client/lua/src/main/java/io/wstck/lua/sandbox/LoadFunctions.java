package io.wstck.lua.sandbox;

import static io.wstck.lua.LuaFunctions.put;

import io.wstck.lua.LoopGuard;
import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaCompiler;
import io.wstck.lua.LuaStrings;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.UpValue;
import org.luaj.vm2.Varargs;

/** The functions {@code load} and {@code loadstring}, for source text only. */
final class LoadFunctions {
    /** The longest name of a chunk that is kept, in bytes. Error messages show less. */
    private static final int NAME_BYTES = 512;

    private final ScriptExecution execution;

    LoadFunctions(ScriptExecution execution) {
        this.execution = execution;
    }

    void install(LuaTable globals) {
        put(globals, "load", arguments -> load(arguments, "load"));
        put(globals, "loadstring", arguments -> load(arguments, "loadstring"));
    }

    private Varargs load(Varargs arguments, String function) {
        LuaValue source = arguments.arg1();
        LuaString text;
        try {
            text = source.isfunction() ? readSource(source) : LuaArguments.string(arguments, 1, function);
        } catch (LuaError e) {
            if (source.isfunction()) {
                return LuaValue.varargsOf(LuaValue.NIL, ErrorReport.of(e).value());
            }
            throw e;
        }
        LuaString absent = source.isfunction() ? LuaStrings.of("=(load)") : text;
        LuaString name = arguments.isnoneornil(2) ? absent : LuaArguments.string(arguments, 2, function);
        return compile(text, LuaStrings.text(name.substring(0, Math.min(name.m_length, NAME_BYTES))), arguments);
    }

    private Varargs compile(LuaString text, String name, Varargs arguments) {
        if (text.m_length > LuaCompiler.MAX_BYTES) {
            String message = "source of at most " + LuaCompiler.MAX_BYTES + " bytes expected, got " + text.m_length;
            return LuaValue.varargsOf(LuaValue.NIL, LuaStrings.of(message));
        }
        try {
            LuaClosure closure = new LuaClosure(LuaCompiler.compile(name, LuaStrings.bytes(text)), execution.globals());
            if (arguments.narg() >= 4) {
                replaceEnvironment(closure, arguments.arg(4));
            }
            return closure;
        } catch (LuaCompiler.CompileException e) {
            String position = LuaCompiler.shortName(LuaStrings.of(name)) + ":" + e.line();
            return LuaValue.varargsOf(LuaValue.NIL, LuaStrings.of(position + ": " + e.message()));
        }
    }

    /**
     * Sets only the environment. The closure keeps the session's globals, because LuaJ runs other closures without our
     * hook.
     */
    private static void replaceEnvironment(LuaClosure closure, LuaValue environment) {
        if (closure.upValues.length > 0) {
            closure.upValues[0] = new UpValue(new LuaValue[] {environment}, 0);
        }
    }

    private LuaString readSource(LuaValue source) {
        LuaStringBuilder builder = new LuaStringBuilder(execution, "load");
        LoopGuard guard = LoopGuard.of(execution);
        while (true) {
            guard.step();
            LuaValue piece = source.call();
            if (piece.isnil() || (piece instanceof LuaString string && string.m_length == 0)) {
                return builder.string();
            }
            if (!(piece instanceof LuaString string)) {
                throw new LuaError("reader function must return a string");
            }
            builder.add(string);
        }
    }
}
