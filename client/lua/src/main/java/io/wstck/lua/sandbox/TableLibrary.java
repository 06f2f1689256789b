package io.wstck.lua.sandbox;

import static io.wstck.lua.LuaFunctions.put;

import io.wstck.lua.LoopGuard;
import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.LuaToString;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The library {@code table}. A script chooses the length of its loops, so each of them checks the limits. */
final class TableLibrary {
    private static final int MAX_RESULTS = 100_000;

    private final ScriptExecution execution;

    TableLibrary(ScriptExecution execution) {
        this.execution = execution;
    }

    void install(LuaTable library) {
        put(library, "concat", this::concat);
        put(library, "insert", this::insert);
        put(library, "pack", this::pack);
        put(library, "remove", this::remove);
        put(library, "sort", this::sort);
        put(library, "unpack", this::unpack);
    }

    Varargs unpack(Varargs arguments) {
        LuaTable table = LuaArguments.table(arguments, 1, "unpack");
        int first = LuaArguments.integer(arguments, 2, "unpack", 1);
        int last = LuaArguments.integer(arguments, 3, "unpack", table.rawlen());
        if (last < first) {
            return LuaValue.NONE;
        }
        if ((long) last - first >= MAX_RESULTS) {
            throw new LuaError("too many results to unpack");
        }
        LoopGuard guard = LoopGuard.of(execution);
        guard.reserve(8L * (last - first));
        LuaValue[] values = new LuaValue[last - first + 1];
        for (int i = 0; i < values.length; i++) {
            guard.step();
            values[i] = table.rawget(first + i);
        }
        return LuaValue.varargsOf(values);
    }

    private Varargs concat(Varargs arguments) {
        LuaTable table = LuaArguments.table(arguments, 1, "concat");
        LuaString separator =
                arguments.isnoneornil(2) ? LuaStrings.of("") : LuaArguments.string(arguments, 2, "concat");
        int first = LuaArguments.integer(arguments, 3, "concat", 1);
        int last = LuaArguments.integer(arguments, 4, "concat", table.rawlen());
        LoopGuard guard = LoopGuard.of(execution);
        LuaStringBuilder builder = new LuaStringBuilder(execution, "table.concat");
        for (long i = first; i <= last; i++) {
            guard.step();
            LuaValue value = table.rawget((int) i);
            if (!(value instanceof LuaString) && !(value instanceof LuaNumber)) {
                throw new LuaError("invalid value (" + value.typename() + ") at index " + i + " in table for 'concat'");
            }
            builder.add(LuaToString.of(value));
            if (i < last) {
                builder.add(separator);
            }
        }
        return builder.string();
    }

    /** Moves the elements from the position on up by one. */
    private Varargs insert(Varargs arguments) {
        LuaTable table = LuaArguments.table(arguments, 1, "insert");
        int count = arguments.narg();
        if (count != 2 && count != 3) {
            throw new LuaError("wrong number of arguments to 'insert'");
        }
        int end = table.rawlen() + 1;
        int position = count == 2 ? end : LuaArguments.integer(arguments, 2, "insert");
        LoopGuard guard = LoopGuard.of(execution);
        for (int i = end; i > position; i--) {
            guard.step();
            set(table, i, table.rawget(i - 1));
        }
        set(table, position, arguments.arg(count));
        return LuaValue.NONE;
    }

    private void set(LuaTable table, int index, LuaValue value) {
        execution.hook().tableSizeLimit().checkBeforeSet(table);
        table.rawset(index, value);
    }

    /** Moves the elements behind the position down by one. */
    private Varargs remove(Varargs arguments) {
        LuaTable table = LuaArguments.table(arguments, 1, "remove");
        int length = table.rawlen();
        int position = LuaArguments.integer(arguments, 2, "remove", length);
        if (position < 1 || position > length) {
            return LuaValue.NONE;
        }
        LuaValue removed = table.rawget(position);
        LoopGuard guard = LoopGuard.of(execution);
        for (int i = position; i < length; i++) {
            guard.step();
            table.rawset(i, table.rawget(i + 1));
        }
        table.rawset(length, LuaValue.NIL);
        return removed;
    }

    private Varargs pack(Varargs arguments) {
        LoopGuard guard = LoopGuard.of(execution);
        int count = arguments.narg();
        guard.reserve(8L * count);
        LuaTable packed = new LuaTable(count, 1);
        for (int i = 1; i <= count; i++) {
            guard.step();
            packed.rawset(i, arguments.arg(i));
        }
        packed.rawset("n", LuaValue.valueOf(count));
        return packed;
    }

    private Varargs sort(Varargs arguments) {
        LuaTable table = LuaArguments.table(arguments, 1, "sort");
        LuaValue order = arguments.arg(2);
        if (!order.isnil() && !order.isfunction()) {
            throw LuaArguments.typeError(arguments, 2, "sort", "function");
        }
        new TableSort(execution, order).sort(table);
        return LuaValue.NONE;
    }
}
