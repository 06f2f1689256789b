package io.wstck.lua.sandbox;

import static io.wstck.lua.LuaFunctions.put;

import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaStrings;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.BaseLib;
import org.luaj.vm2.lib.jse.JseMathLib;

/** Puts together what a script finds: picked by name, nothing comes along with LuaJ's own set. */
public final class SandboxGlobals {
    private static final List<String> BASE = List.of("ipairs", "rawlen", "type");

    private SandboxGlobals() {}

    /**
     * Fills the globals of a new session.
     *
     * @param output takes each line that is printed
     * @param loader gives the module of a name
     */
    public static void install(
            Execution execution, Consumer<String> output, Function<String, Optional<LuaValue>> loader) {
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

        // Methods of strings come from a copy, so that a script that changes `string` does not change them.
        LuaTable string = new LuaTable();
        new StringLibrary(execution).install(string);
        new StringLibrary(execution).install(execution.stringMethods());

        LuaTable os = new LuaTable();
        new ClockLibrary(execution).install(os);

        LuaTable math = NumberArguments.wrapped((LuaTable) scratch.rawget("math"));
        put(math, "log10", arguments -> LuaValue.valueOf(Math.log10(LuaArguments.number(arguments, 1, "log10"))));

        LuaValue random = math.rawget("random");
        put(math, "random", arguments -> random(random, arguments));

        provide(execution, "table", table);
        provide(execution, "string", string);
        provide(execution, "math", math);
        provide(execution, "os", os);
        provide(execution, "coroutine", execution.coroutines().library());
    }

    /** LuaJ counts the numbers of an interval in an int. */
    private static Varargs random(LuaValue stock, Varargs arguments) {
        if (arguments.narg() != 2) {
            return stock.invoke(arguments);
        }
        int low = LuaArguments.integer(arguments, 1, "random");
        int high = LuaArguments.integer(arguments, 2, "random");
        double count = (double) high - low + 1;
        return count <= Integer.MAX_VALUE
                ? stock.invoke(arguments)
                : LuaValue.valueOf(Math.floor(stock.call().todouble() * count) + low);
    }

    private static void provide(Execution execution, String name, LuaTable library) {
        execution.globals().rawset(name, library);
        execution.provide(name, library);
    }

    /** LuaJ's libraries, in globals that no script sees; they want a table {@code package} while they load. */
    private static Globals stockLibraries() {
        Globals scratch = new Globals();
        LuaTable packages = new LuaTable();
        packages.rawset("loaded", new LuaTable());
        scratch.rawset("package", packages);
        List.of(new BaseLib(), new JseMathLib()).forEach(library -> library.call(LuaValue.NIL, scratch));
        return scratch;
    }
}
