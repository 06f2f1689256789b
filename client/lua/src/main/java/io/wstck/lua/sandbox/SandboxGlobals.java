package io.wstck.lua.sandbox;

import static io.wstck.lua.LuaFunctions.put;

import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaStrings;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.BaseLib;
import org.luaj.vm2.lib.jse.JseMathLib;

/**
 * Fills the globals of a session. It adds each function and library by name, so nothing else of LuaJ's standard set is
 * there.
 */
public final class SandboxGlobals {
    private static final List<String> BASE = List.of("rawlen");

    private SandboxGlobals() {}

    /**
     * Fills the globals of a new session.
     *
     * @param output takes each printed line
     * @param loader returns the module of a name
     */
    public static void install(
            ScriptExecution execution, Consumer<String> output, Function<String, Optional<LuaValue>> loader) {
        Globals globals = execution.globals();
        Globals scratch = stockLibraries();
        execution.loader(loader);

        BASE.forEach(name -> globals.rawset(name, scratch.rawget(name)));
        globals.rawset("_G", globals);
        globals.rawset("_VERSION", LuaStrings.of("Lua 5.2"));
        new BaseLibrary(execution, output).install(globals);
        new LoadFunctions(execution).install(globals);
        globals.finder = name -> null;

        LuaTable table = new LuaTable();
        TableLibrary tables = new TableLibrary(execution);
        tables.install(table);
        put(globals, "unpack", tables::unpack);

        // String methods come from a second table, so that a script that changes `string` does not change them.
        LuaTable string = new LuaTable();
        new StringLibrary(execution).install(string);
        new StringLibrary(execution).install(execution.stringMethods());

        LuaTable os = new LuaTable();
        new OsLibrary(execution).install(os);

        LuaTable math = MathFunctionWrappers.wrap((LuaTable) scratch.rawget("math"));
        put(math, "log10", arguments -> LuaValue.valueOf(Math.log10(LuaArguments.number(arguments, 1, "log10"))));

        put(math, "modf", SandboxGlobals::modf);
        LuaValue random = scratch.rawget("math").rawget("random");
        put(math, "random", arguments -> random(random, arguments));

        provide(execution, "table", table);
        provide(execution, "string", string);
        provide(execution, "math", math);
        provide(execution, "os", os);
        provide(execution, "coroutine", execution.coroutines().library());
    }

    /** Extends LuaJ's function to intervals with more numbers than an int can count. */
    private static Varargs random(LuaValue stock, Varargs arguments) {
        int count = arguments.narg();
        if (count == 0) {
            return stock.call();
        }
        if (count > 2) {
            throw new LuaError("wrong number of arguments");
        }
        int low = count == 1 ? 1 : LuaArguments.integer(arguments, 1, "random");
        int high = LuaArguments.integer(arguments, count, "random");
        if (low > high) {
            throw LuaArguments.badArgument(count, "random", "interval is empty");
        }
        return LuaValue.valueOf(Math.floor(stock.call().todouble() * ((double) high - low + 1)) + low);
    }

    /** LuaJ gives no number as the fraction of an infinite number. */
    private static Varargs modf(Varargs arguments) {
        double number = LuaArguments.number(arguments, 1, "modf");
        double whole = number < 0 ? Math.ceil(number) : Math.floor(number);
        double fraction = Double.isInfinite(number) ? 0 : number - whole;
        return LuaValue.varargsOf(LuaValue.valueOf(whole), LuaValue.valueOf(fraction));
    }

    private static void provide(ScriptExecution execution, String name, LuaTable library) {
        execution.globals().rawset(name, library);
        execution.provide(name, library);
    }

    /** Returns LuaJ's libraries in globals that no script sees. They need a table {@code package} while they load. */
    private static Globals stockLibraries() {
        Globals scratch = new Globals();
        LuaTable packages = new LuaTable();
        packages.rawset("loaded", new LuaTable());
        scratch.rawset("package", packages);
        List.of(new BaseLib(), new JseMathLib()).forEach(library -> library.call(LuaValue.NIL, scratch));
        return scratch;
    }
}
