package io.wstck.lua.sandbox;

import static io.wstck.lua.LuaFunctions.put;

import io.wstck.lua.LoopGuard;
import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaFunctions;
import io.wstck.lua.LuaNumbers;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.LuaToString;
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

/** The basic functions of Lua that replace LuaJ's, because LuaJ's are wrong or would leave the sandbox. */
final class BaseLibrary {
    private static final LuaValue COUNT = LuaStrings.of("#");
    private static final LuaValue PROTECTION = LuaStrings.of("__metatable");

    private final ScriptExecution execution;
    private final Consumer<String> output;

    /** The traceback of the error that an {@code xpcall} handler handles now. */
    private String handledTraceback = "";

    private final LuaFunction error = LuaFunctions.of("error", arguments -> error(arguments, 0));

    BaseLibrary(ScriptExecution execution, Consumer<String> output) {
        this.execution = execution;
        this.output = output;
    }

    void install(LuaTable globals) {
        put(globals, "assert", BaseLibrary::assertion);
        put(globals, "collectgarbage", BaseLibrary::collectGarbage);
        globals.rawset("error", error);
        put(globals, "getmetatable", BaseLibrary::getMetatable);
        put(globals, "pcall", this::pcall);
        put(globals, "print", this::print);
        put(globals, "tonumber", BaseLibrary::toNumber);
        put(globals, "tostring", arguments -> LuaToString.of(LuaArguments.any(arguments, 1, "tostring")));
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
        LuaFunction nextElement = LuaFunctions.of("ipairs", BaseLibrary::nextElement);
        put(
                globals,
                "ipairs",
                arguments ->
                        LuaValue.varargsOf(nextElement, LuaArguments.table(arguments, 1, "ipairs"), LuaValue.ZERO));
        put(
                globals,
                "type",
                arguments ->
                        LuaStrings.of(LuaArguments.any(arguments, 1, "type").typename()));
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
        // The collector belongs to the host. Scripts only get the memory that the JVM uses, roughly.
        return switch (option) {
            case "count" ->
                LuaValue.valueOf((Runtime.getRuntime().totalMemory()
                                - Runtime.getRuntime().freeMemory())
                        / 1024.0);
            case "collect", "stop", "restart", "step", "setpause", "setstepmul" -> LuaValue.ZERO;
            default ->
                throw LuaArguments.badArgument(
                        1, "collectgarbage", "invalid option '" + LuaStrings.excerpt(LuaStrings.of(option)) + "'");
        };
    }

    private static LuaValue getMetatable(Varargs arguments) {
        LuaValue value = LuaArguments.any(arguments, 1, "getmetatable");
        // The metatable of strings belongs to the whole JVM.
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
            throw LuaArguments.typeError(arguments, 2, "setmetatable", "nil or table");
        }
        LuaValue current = table.getmetatable();
        if (current != null && !current.rawget(PROTECTION).isnil()) {
            throw new LuaError("cannot change a protected metatable");
        }
        if (isWeak(metatable) || (current != null && isWeak(current))) {
            TableSizeLimit.checkBeforeModeChange(table);
        }
        return table.setmetatable(metatable.isnil() ? null : metatable);
    }

    private static boolean isWeak(LuaValue metatable) {
        return metatable.istable() && !metatable.rawget(LuaValue.MODE).isnil();
    }

    private LuaValue rawEqual(Varargs arguments) {
        LuaValue one = LuaArguments.any(arguments, 1, "rawequal");
        LuaValue other = LuaArguments.any(arguments, 2, "rawequal");
        return LuaValue.valueOf(StoppableComparison.same(one, other, LoopGuard.of(execution)));
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

    private static Varargs nextElement(Varargs arguments) {
        LuaTable table = LuaArguments.table(arguments, 1, "ipairs");
        int index = LuaArguments.integer(arguments, 2, "ipairs") + 1;
        LuaValue element = table.rawget(index);
        return element.isnil() ? LuaValue.NIL : LuaValue.varargsOf(LuaValue.valueOf(index), element);
    }

    private Varargs rawSet(Varargs arguments) {
        LuaTable table = LuaArguments.table(arguments, 1, "rawset");
        LuaValue key = LuaArguments.any(arguments, 2, "rawset");
        if (key.isnil()) {
            throw LuaArguments.badArgument(2, "rawset", "index is nil");
        }
        ExecutionHook.checkKey(key);
        execution.hook().tableSizeLimit().checkBeforeSet(table);
        table.rawset(key, LuaArguments.any(arguments, 3, "rawset"));
        return table;
    }

    /** Raises an error. So many levels are functions written in Java, which have no line. */
    private Varargs error(Varargs arguments, int withoutLine) {
        LuaValue value = arguments.arg1();
        int level = LuaArguments.integer(arguments, 2, "error", 1);
        if (level > 0 && (value instanceof LuaString || value instanceof LuaNumber)) {
            String position = execution.hook().stack().position(level - withoutLine);
            LuaStringBuilder message = new LuaStringBuilder(execution, "error");
            message.add(LuaStrings.bytes(LuaStrings.of(position.isEmpty() ? "" : position + ": ")));
            message.add(LuaToString.of(value));
            throw new RaisedError(message.string());
        }
        throw new RaisedError(value);
    }

    private Varargs pcall(Varargs arguments) {
        LuaValue function = LuaArguments.any(arguments, 1, "pcall");
        return callProtected(() -> called(function, arguments.subargs(2)), ErrorReport::value);
    }

    private Varargs xpcall(Varargs arguments) {
        LuaValue function = LuaArguments.any(arguments, 1, "xpcall");
        LuaValue handler = LuaArguments.any(arguments, 2, "xpcall");
        return callProtected(() -> called(function, arguments.subargs(3)), report -> callHandler(handler, report));
    }

    private Varargs called(LuaValue function, Varargs arguments) {
        if (!OperandErrorMessage.callable(function)) {
            throw new LuaError("attempt to call a " + function.typename() + " value");
        }
        // Level 1 would be pcall, which has no line.
        return function.raweq(error) ? error(arguments, 1) : function.invoke(arguments);
    }

    private LuaValue callHandler(LuaValue handler, ErrorReport report) {
        String outer = handledTraceback;
        handledTraceback = report.traceback();
        try {
            return handler.call(report.value());
        } catch (LuaError e) {
            return LuaStrings.of("error in error handling");
        } finally {
            handledTraceback = outer;
        }
    }

    /** Calls the body and catches exceptions. It does not catch Java errors, so a script cannot catch its own end. */
    private static Varargs callProtected(
            Supplier<Varargs> body, java.util.function.Function<ErrorReport, LuaValue> onError) {
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
            LuaString text = LuaToString.of(arguments.arg(i));
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
                case LuaString string -> LuaNumbers.parse(string);
                default -> LuaValue.NIL;
            };
        }
        if (base < 2 || base > 36) {
            throw LuaArguments.badArgument(2, "tonumber", "base out of range");
        }
        return LuaNumbers.parse(LuaArguments.string(arguments, 1, "tonumber"), base);
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
            throw LuaArguments.badArgument(1, "select", "index out of range");
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
