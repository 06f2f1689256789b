package io.wstck.lua.sandbox;

import static io.wstck.lua.LuaFunctions.put;

import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaFunctions;
import io.wstck.lua.LuaStrings;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The basic functions of which LuaJ's are wrong, or reach out of the sandbox. */
final class BaseLibrary {
    private static final LuaValue COUNT = LuaStrings.of("#");
    private static final LuaValue PROTECTION = LuaStrings.of("__metatable");

    private final Execution execution;
    private final Consumer<String> output;

    /** The traceback of the error that an {@code xpcall} handler is looking at. */
    private String handledTraceback = "";

    BaseLibrary(Execution execution, Consumer<String> output) {
        this.execution = execution;
        this.output = output;
    }

    void install(LuaTable globals) {
        put(globals, "assert", BaseLibrary::assertion);
        put(globals, "collectgarbage", BaseLibrary::collectGarbage);
        put(globals, "error", this::error);
        put(globals, "getmetatable", BaseLibrary::getMetatable);
        put(globals, "pcall", this::pcall);
        put(globals, "print", this::print);
        put(globals, "tonumber", BaseLibrary::toNumber);
        put(globals, "tostring", arguments -> Text.of(LuaArguments.any(arguments, 1, "tostring")));
        put(globals, "xpcall", this::xpcall);
        put(globals, "setmetatable", BaseLibrary::setMetatable);
        put(globals, "rawequal", this::rawEqual);
        put(globals, "rawget", BaseLibrary::rawGet);
        put(globals, "rawset", this::rawSet);
        LuaFunction next = LuaFunctions.of("next", BaseLibrary::next);
        globals.rawset("next", next);
        put(
                globals,
                "pairs",
                arguments -> LuaValue.varargsOf(next, LuaArguments.table(arguments, 1, "pairs"), LuaValue.NIL));
        put(globals, "require", this::require);
        put(globals, "select", BaseLibrary::select);
        LuaTable debug = new LuaTable();
        put(debug, "traceback", this::traceback);
        globals.rawset("debug", debug);
    }

    private static Varargs assertion(Varargs arguments) {
        if (LuaArguments.any(arguments, 1, "assert").toboolean()) {
            return arguments;
        }
        throw new RaisedError(arguments.narg() > 1 ? arguments.arg(2) : LuaStrings.of("assertion failed!"));
    }

    private static Varargs collectGarbage(Varargs arguments) {
        String option = arguments.isnoneornil(1) ? "collect" : LuaArguments.text(arguments, 1, "collectgarbage");
        // The collector belongs to the host: scripts only learn roughly how much memory the JVM uses.
        return switch (option) {
            case "count" ->
                LuaValue.valueOf((Runtime.getRuntime().totalMemory()
                                - Runtime.getRuntime().freeMemory())
                        / 1024.0);
            case "collect", "stop", "restart", "step", "setpause", "setstepmul" -> LuaValue.ZERO;
            default ->
                throw LuaArguments.bad(
                        1, "collectgarbage", "invalid option '" + LuaStrings.excerpt(LuaStrings.of(option)) + "'");
        };
    }

    private static LuaValue getMetatable(Varargs arguments) {
        LuaValue value = LuaArguments.any(arguments, 1, "getmetatable");
        // The one of strings belongs to the whole JVM.
        LuaValue metatable = value instanceof LuaString ? LuaValue.FALSE : value.getmetatable();
        if (metatable == null) {
            return LuaValue.NIL;
        }
        LuaValue shown = metatable.istable() ? metatable.rawget(PROTECTION) : LuaValue.NIL;
        return shown.isnil() ? metatable : shown;
    }

    private static LuaValue setMetatable(Varargs arguments) {
        LuaTable table = LuaArguments.table(arguments, 1, "setmetatable");
        LuaValue metatable = LuaArguments.any(arguments, 2, "setmetatable");
        if (!metatable.isnil() && !metatable.istable()) {
            throw LuaArguments.expected(arguments, 2, "setmetatable", "nil or table");
        }
        LuaValue current = table.getmetatable();
        if (current != null && !current.rawget(PROTECTION).isnil()) {
            throw new LuaError("cannot change a protected metatable");
        }
        if (isWeak(metatable) || (current != null && isWeak(current))) {
            TableSizes.beforeModeChange(table);
        }
        return table.setmetatable(metatable.isnil() ? null : metatable);
    }

    private static boolean isWeak(LuaValue metatable) {
        return metatable.istable() && !metatable.rawget(LuaValue.MODE).isnil();
    }

    private LuaValue rawEqual(Varargs arguments) {
        LuaValue one = LuaArguments.any(arguments, 1, "rawequal");
        LuaValue other = LuaArguments.any(arguments, 2, "rawequal");
        return LuaValue.valueOf(LongStrings.same(one, other, LoopGuard.of(execution)));
    }

    private static LuaValue rawGet(Varargs arguments) {
        LuaTable table = LuaArguments.table(arguments, 1, "rawget");
        LuaValue key = LuaArguments.any(arguments, 2, "rawget");
        ExecutionHook.checkKey(key);
        return table.rawget(key);
    }

    private static Varargs next(Varargs arguments) {
        LuaTable table = LuaArguments.table(arguments, 1, "next");
        ExecutionHook.checkKey(arguments.arg(2));
        return table.next(arguments.arg(2));
    }

    private Varargs rawSet(Varargs arguments) {
        LuaTable table = LuaArguments.table(arguments, 1, "rawset");
        LuaValue key = LuaArguments.any(arguments, 2, "rawset");
        if (key.isnil()) {
            throw LuaArguments.bad(2, "rawset", "index is nil");
        }
        ExecutionHook.checkKey(key);
        execution.hook().tables().beforeSet(table);
        table.rawset(key, LuaArguments.any(arguments, 3, "rawset"));
        return table;
    }

    private Varargs error(Varargs arguments) {
        LuaValue value = arguments.arg1();
        int level = LuaArguments.integer(arguments, 2, "error", 1);
        if (level > 0 && (value instanceof LuaString || value instanceof LuaNumber)) {
            String position = execution.hook().stack().position(level);
            Output message = new Output(execution, "error");
            message.add(LuaStrings.bytes(LuaStrings.of(position.isEmpty() ? "" : position + ": ")));
            message.add(Text.of(value));
            throw new RaisedError(message.string());
        }
        throw new RaisedError(value);
    }

    private Varargs pcall(Varargs arguments) {
        LuaValue function = LuaArguments.any(arguments, 1, "pcall");
        return guarded(() -> function.invoke(arguments.subargs(2)), report -> report.value());
    }

    private Varargs xpcall(Varargs arguments) {
        LuaValue function = LuaArguments.any(arguments, 1, "xpcall");
        LuaValue handler = LuaArguments.any(arguments, 2, "xpcall");
        return guarded(() -> function.invoke(arguments.subargs(3)), report -> handled(handler, report));
    }

    private LuaValue handled(LuaValue handler, ErrorReport report) {
        String outer = handledTraceback;
        handledTraceback = report.traceback();
        try {
            return handler.call(report.value());
        } finally {
            handledTraceback = outer;
        }
    }

    /** Errors, not exceptions, pass: what ends a script cannot be caught by it. */
    private static Varargs guarded(Supplier<Varargs> body, java.util.function.Function<ErrorReport, LuaValue> onError) {
        try {
            return LuaValue.varargsOf(LuaValue.TRUE, body.get());
        } catch (LuaError e) {
            return LuaValue.varargsOf(LuaValue.FALSE, onError.apply(ErrorReport.of(e)));
        } catch (RuntimeException e) {
            ErrorReport report = new ErrorReport(LuaStrings.of(String.valueOf(e.getMessage())), "", "");
            return LuaValue.varargsOf(LuaValue.FALSE, onError.apply(report));
        }
    }

    private Varargs print(Varargs arguments) {
        StringJoiner line = new StringJoiner("\t");
        long bytes = 0;
        LoopGuard guard = LoopGuard.of(execution);
        for (int i = 1; i <= arguments.narg(); i++) {
            LuaString text = Text.of(arguments.arg(i));
            bytes += text.m_length;
            if (bytes > LuaStrings.MAX_TEXT_BYTES) {
                throw new LuaError("print: a line has at most " + LuaStrings.MAX_TEXT_BYTES + " bytes");
            }
            guard.step();
            line.add(LuaStrings.text(text));
        }
        output.accept(line.toString());
        return LuaValue.NONE;
    }

    private static Varargs toNumber(Varargs arguments) {
        LuaValue value = LuaArguments.any(arguments, 1, "tonumber");
        int base = LuaArguments.integer(arguments, 2, "tonumber", 10);
        if (base == 10) {
            return switch (value) {
                case LuaNumber number -> number;
                case LuaString string -> Numbers.parse(string);
                default -> LuaValue.NIL;
            };
        }
        if (base < 2 || base > 36) {
            throw LuaArguments.bad(2, "tonumber", "base out of range");
        }
        return Numbers.parse(LuaArguments.string(arguments, 1, "tonumber"), base);
    }

    private Varargs require(Varargs arguments) {
        return execution.require(LuaArguments.text(arguments, 1, "require"));
    }

    private static Varargs select(Varargs arguments) {
        int count = arguments.narg() - 1;
        if (arguments.arg1().raweq(COUNT)) {
            return LuaValue.valueOf(count);
        }
        int index = LuaArguments.integer(arguments, 1, "select");
        if (index == 0 || index < -count) {
            throw LuaArguments.bad(1, "select", "index out of range");
        }
        return index > count ? LuaValue.NONE : arguments.subargs(index < 0 ? count + index + 2 : index + 1);
    }

    private Varargs traceback(Varargs arguments) {
        LuaValue message = arguments.arg1();
        if (!message.isnil() && !(message instanceof LuaString) && !(message instanceof LuaNumber)) {
            return message;
        }
        String stack = handledTraceback.isEmpty() ? execution.hook().stack().traceback() : handledTraceback;
        String head = message.isnil() ? "" : LuaArguments.text(arguments, 1, "traceback") + "\n";
        return LuaStrings.of(head + "stack traceback:\n\t" + stack.replace("\n", "\n\t"));
    }
}
