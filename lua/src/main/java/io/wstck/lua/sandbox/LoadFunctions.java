package io.wstck.lua.sandbox;

import static io.wstck.lua.LuaFunctions.put;

import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaStrings;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.UpValue;
import org.luaj.vm2.Varargs;

/** {@code load} and {@code loadstring}: source text only. */
final class LoadFunctions {
    /** How much of the name of a chunk is kept: more than is shown of any text. */
    private static final int NAME_BYTES = 512;

    private final Execution execution;

    LoadFunctions(Execution execution) {
        this.execution = execution;
    }

    void install(LuaTable globals) {
        put(globals, "load", arguments -> load(arguments, "load"));
        put(globals, "loadstring", arguments -> load(arguments, "loadstring"));
    }

    private Varargs load(Varargs arguments, String function) {
        LuaValue source = arguments.arg1();
        LuaString text = source.isfunction() ? pieces(source) : LuaArguments.string(arguments, 1, function);
        LuaString absent = source.isfunction() ? LuaStrings.of("=(load)") : text;
        LuaString name = arguments.isnoneornil(2) ? absent : LuaArguments.string(arguments, 2, function);
        return compiled(text, LuaStrings.text(name.substring(0, Math.min(name.m_length, NAME_BYTES))), arguments);
    }

    private Varargs compiled(LuaString text, String name, Varargs arguments) {
        if (text.m_length > Chunk.MAX_BYTES) {
            String complaint = "source of at most " + Chunk.MAX_BYTES + " bytes expected, got " + text.m_length;
            return LuaValue.varargsOf(LuaValue.NIL, LuaStrings.of(complaint));
        }
        try {
            LuaClosure closure = new LuaClosure(Chunk.compile(name, LuaStrings.bytes(text)), execution.globals());
            if (arguments.narg() >= 4) {
                replaceEnvironment(closure, arguments.arg(4));
            }
            return closure;
        } catch (Chunk.Malformed e) {
            String position = Chunk.shortName(LuaStrings.of(name)) + ":" + e.line();
            return LuaValue.varargsOf(LuaValue.NIL, LuaStrings.of(position + ": " + e.complaint()));
        }
    }

    /** The closure itself keeps the session's globals: LuaJ runs a closure of any other table without our hook. */
    private static void replaceEnvironment(LuaClosure closure, LuaValue environment) {
        if (closure.upValues.length > 0) {
            closure.upValues[0] = new UpValue(new LuaValue[] {environment}, 0);
        }
    }

    private LuaString pieces(LuaValue source) {
        Output output = new Output(execution, "load");
        LoopGuard guard = LoopGuard.of(execution);
        while (true) {
            guard.step();
            LuaValue piece = source.call();
            if (piece.isnil() || (piece instanceof LuaString string && string.m_length == 0)) {
                return output.string();
            }
            if (!(piece instanceof LuaString string)) {
                throw new LuaError("reader function must return a string");
            }
            output.add(string);
        }
    }
}
