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

/** The library {@code table}. Its loops are as long as a script wants, so each of them looks at the limits. */
final class TableLibrary {
    private static final int MOST_RESULTS = 100_000;

    private final Execution execution;

    TableLibrary(Execution execution) {
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
        int last = LuaArguments.integer(arguments, 3, "unpack", table.length());
        if (last < first) {
            return LuaValue.NONE;
        }
        if ((long) last - first >= MOST_RESULTS) {
            throw new LuaError("too many results to unpack");
        }
        LoopGuard guard = LoopGuard.of(execution);
        guard.reserve(8L * (last - first));
        LuaValue[] values = new LuaValue[last - first + 1];
        for (int i = 0; i < values.length; i++) {
            guard.step();
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
        LoopGuard guard = LoopGuard.of(execution);
        Output output = new Output(execution, "table.concat");
        for (long i = first; i <= last; i++) {
            guard.step();
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

    /** Moves the elements from the position on up by one; as in LuaJ a nil inserts nothing, and a gap ends the move. */
    private Varargs insert(Varargs arguments) {
        LuaTable table = LuaArguments.table(arguments, 1, "insert");
        if (arguments.narg() < 2) {
            throw LuaArguments.bad(2, "insert", "value expected");
        }
        int position = arguments.narg() == 2 ? table.length() + 1 : LuaArguments.integer(arguments, 2, "insert");
        LuaValue moved = arguments.arg(arguments.narg() == 2 ? 2 : 3);
        if (position == 0) {
            position = table.rawlen() + 1;
        }
        LoopGuard guard = LoopGuard.of(execution);
        while (!moved.isnil()) {
            guard.step();
            LuaValue next = table.rawget(position);
            execution.hook().tables().beforeSet(table);
            table.rawset(position++, moved);
            moved = next;
        }
        return LuaValue.NONE;
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
        for (LuaValue moved = removed; !moved.isnil(); position++) {
            guard.step();
            moved = table.rawget(position + 1);
            table.rawset(position, moved);
        }
        return removed.isnil() ? LuaValue.NONE : removed;
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
            throw LuaArguments.expected(arguments, 2, "sort", "function");
        }
        new TableSort(execution, order).sort(table);
        return LuaValue.NONE;
    }
}
