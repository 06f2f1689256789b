package io.wstck.lua.sandbox;

import static io.wstck.lua.LuaFunctions.put;

import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaStrings;
import java.util.Arrays;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.UpValue;
import org.luaj.vm2.Varargs;

/** {@code load} and {@code loadstring}: source text only. */
final class LoadFunctions {
    /** Of a source that is its own name: more than is shown of any text. */
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
        byte[] text =
                source.isfunction() ? pieces(source) : LuaStrings.bytes(LuaArguments.string(arguments, 1, function));
        String absent = source.isfunction()
                ? "=(load)"
                : LuaStrings.text(LuaStrings.of(Arrays.copyOf(text, Math.min(text.length, NAME_BYTES))));
        String name = arguments.isnoneornil(2) ? absent : LuaStrings.text(LuaArguments.string(arguments, 2, function));
        try {
            LuaClosure closure = new LuaClosure(Chunk.compile(name, text), execution.globals());
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

    private byte[] pieces(LuaValue source) {
        Output output = new Output(execution, "load");
        while (true) {
            LuaValue piece = source.call();
            if (piece.isnil() || (piece instanceof LuaString string && string.m_length == 0)) {
                return LuaStrings.bytes(output.string());
            }
            if (!(piece instanceof LuaString string)) {
                throw new LuaError("reader function must return a string");
            }
            output.add(string);
        }
    }
}
