package io.wstck.tck.run;

import io.wstck.lua.LuaFunctions;
import io.wstck.lua.LuaModule;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.time.TimeModule;
import java.util.List;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * Wraps the documented module {@code time}, and reports each call of a function that depends on a clock.
 *
 * @param onUse called with each such call, on the script's thread
 */
record WatchedTimeModule(LuaModule time, Runnable onUse) implements LuaModule {
    private static final List<String> CLOCK_FUNCTIONS = List.of("after", "sleep", "now", "since");

    static WatchedTimeModule of(Runnable onUse) {
        return new WatchedTimeModule(new TimeModule(), onUse);
    }

    @Override
    public String name() {
        return time.name();
    }

    @Override
    public Visibility visibility() {
        return time.visibility();
    }

    @Override
    public LuaValue load(LuaSession session) {
        LuaTable module = time.load(session).checktable();
        for (String name : CLOCK_FUNCTIONS) {
            LuaValue function = module.rawget(LuaStrings.of(name));
            LuaFunctions.put(module, name, arguments -> {
                onUse.run();
                return function.invoke(arguments);
            });
        }
        return module;
    }
}
