package io.wstck.lua.sandbox;

import static io.wstck.lua.LuaFunctions.put;

import io.wstck.lua.LoopGuard;
import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaStrings;
import java.util.function.IntUnaryOperator;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The library {@code string}. It works on bytes, bounds the lengths of results, and has no {@code dump}. */
final class StringLibrary {
    private static final int MAX_RESULTS = 100_000;

    private final ScriptExecution execution;

    StringLibrary(ScriptExecution execution) {
        this.execution = execution;
    }

    void install(LuaTable library) {
        put(library, "byte", this::bytes);
        put(library, "char", this::fromBytes);
        put(library, "format", arguments -> StringFormat.format(execution, arguments));
        put(library, "len", arguments -> LuaValue.valueOf(LuaArguments.string(arguments, 1, "len").m_length));
        put(library, "lower", arguments -> mapped(arguments, "lower", c -> c >= 'A' && c <= 'Z' ? c + 32 : c));
        put(library, "upper", arguments -> mapped(arguments, "upper", c -> c >= 'a' && c <= 'z' ? c - 32 : c));
        put(library, "rep", this::repeat);
        put(library, "reverse", this::reverse);
        put(library, "sub", this::sub);
        new PatternFunctions(execution).install(library);
    }

    private Varargs bytes(Varargs arguments) {
        LuaString string = LuaArguments.string(arguments, 1, "byte");
        int from = position(LuaArguments.integer(arguments, 2, "byte", 1), string);
        int to = position(LuaArguments.integer(arguments, 3, "byte", Math.max(from, 0)), string);
        int first = Math.max(from, 1);
        int last = Math.min(to, string.m_length);
        if (last < first) {
            return LuaValue.NONE;
        }
        if (last - first >= MAX_RESULTS) {
            throw LuaArguments.badArgument(1, "byte", "string slice too long");
        }
        execution.reserve(8L * (last - first));
        LuaValue[] values = new LuaValue[last - first + 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = LuaValue.valueOf(string.luaByte(first - 1 + i));
        }
        return LuaValue.varargsOf(values);
    }

    private Varargs fromBytes(Varargs arguments) {
        LoopGuard guard = LoopGuard.of(execution);
        byte[] bytes = new byte[arguments.narg()];
        for (int i = 0; i < bytes.length; i++) {
            guard.step();
            int value = LuaArguments.integer(arguments, i + 1, "char");
            if (value < 0 || value > 255) {
                throw LuaArguments.badArgument(i + 1, "char", "invalid value");
            }
            bytes[i] = (byte) value;
        }
        return LuaString.valueUsing(bytes);
    }

    private Varargs mapped(Varargs arguments, String function, IntUnaryOperator mapping) {
        byte[] bytes = copy(arguments, function);
        LoopGuard guard = LoopGuard.of(execution);
        for (int i = 0; i < bytes.length; i++) {
            guard.step();
            bytes[i] = (byte) mapping.applyAsInt(bytes[i]);
        }
        return LuaString.valueUsing(bytes);
    }

    private Varargs repeat(Varargs arguments) {
        LuaString unit = LuaArguments.string(arguments, 1, "rep");
        int times = Math.max(0, LuaArguments.integer(arguments, 2, "rep"));
        LuaString separator = arguments.isnoneornil(3) ? LuaStrings.of("") : LuaArguments.string(arguments, 3, "rep");
        long length = (long) unit.m_length * times + (long) separator.m_length * Math.max(0, times - 1);
        execution.checkLength("string.rep", length);
        byte[] result = new byte[Math.toIntExact(length)];
        if (length == 0) {
            return LuaString.valueUsing(result);
        }
        unit.copyInto(0, result, 0, unit.m_length);
        int filled = unit.m_length;
        if (times > 1) {
            separator.copyInto(0, result, filled, separator.m_length);
            filled += separator.m_length;
        }
        LoopGuard guard = LoopGuard.of(execution);
        // Doubling the filled part takes only a few large copies.
        while (filled < result.length) {
            int more = Math.min(filled, result.length - filled);
            System.arraycopy(result, 0, result, filled, more);
            filled += more;
            guard.check();
        }
        return LuaString.valueUsing(result);
    }

    private Varargs reverse(Varargs arguments) {
        byte[] bytes = copy(arguments, "reverse");
        LoopGuard guard = LoopGuard.of(execution);
        for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
            guard.step();
            byte first = bytes[i];
            bytes[i] = bytes[j];
            bytes[j] = first;
        }
        return LuaString.valueUsing(bytes);
    }

    private byte[] copy(Varargs arguments, String function) {
        LuaString string = LuaArguments.string(arguments, 1, function);
        execution.checkLength("string." + function, string.m_length);
        return LuaStrings.bytes(string);
    }

    private Varargs sub(Varargs arguments) {
        LuaString string = LuaArguments.string(arguments, 1, "sub");
        int first = Math.max(1, position(LuaArguments.integer(arguments, 2, "sub"), string));
        int last = Math.min(string.m_length, position(LuaArguments.integer(arguments, 3, "sub", -1), string));
        // LuaJ shares the bytes of a long string and copies those of a short one. It changes neither.
        if (last < first) {
            return LuaStrings.of("");
        }
        int length = last - first + 1;
        execution.checkStop();
        // Shares the array, because copying a long part is slow. LuaJ would copy a part that is shorter than half of
        // the string.
        return length >= StoppableComparison.LONG
                ? LuaString.valueUsing(string.m_bytes, string.m_offset + first - 1, length)
                : string.substring(first - 1, last);
    }

    /** Returns a position from 1; a negative argument counts from the end. */
    private static int position(int given, LuaString string) {
        return given >= 0 ? given : given < -string.m_length ? 0 : string.m_length + given + 1;
    }
}
