package io.wstck.lua.sandbox;

import static io.wstck.lua.LuaFunctions.put;

import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaStrings;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The functions of the library {@code table} that build something: bounded. The others are LuaJ's. */
final class TableLibrary {
    private static final int MOST_RESULTS = 100_000;

    private final Execution execution;

    TableLibrary(Execution execution) {
        this.execution = execution;
    }

    void install(LuaTable library) {
        put(library, "concat", this::concat);
        put(library, "unpack", this::unpack);
    }

    Varargs unpack(Varargs arguments) {
        LuaTable table = LuaArguments.table(arguments, 1, "unpack");
        int first = LuaArguments.integer(arguments, 2, "unpack", 1);
        int last = LuaArguments.integer(arguments, 3, "unpack", table.length());
        if (last < first) {
            return LuaValue.NONE;
        }
        if ((long) last - first >= MOST_RESULTS) {
            throw new LuaError("too many results to unpack");
        }
        LuaValue[] values = new LuaValue[last - first + 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = table.get(first + i);
        }
        return LuaValue.varargsOf(values);
    }

    private Varargs concat(Varargs arguments) {
        LuaTable table = LuaArguments.table(arguments, 1, "concat");
        LuaString separator =
                arguments.isnoneornil(2) ? LuaStrings.of("") : LuaArguments.string(arguments, 2, "concat");
        int first = LuaArguments.integer(arguments, 3, "concat", 1);
        int last = LuaArguments.integer(arguments, 4, "concat", table.length());
        Output output = new Output(execution, "concat");
        for (long i = first; i <= last; i++) {
            LuaValue value = table.get((int) i);
            if (!(value instanceof LuaString) && !(value instanceof LuaNumber)) {
                throw new LuaError("invalid value (" + value.typename() + ") at index " + i + " in table for 'concat'");
            }
            output.add(Text.of(value));
            if (i < last) {
                output.add(separator);
            }
        }
        return output.string();
    }
}
