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
 * The documented module {@code time}, and whether a script has asked it for anything that depends on a clock.
 *
 * @param used told each time, on the script's thread
 */
record NoticedClock(LuaModule time, Runnable used) implements LuaModule {
    private static final List<String> CLOCKS = List.of("after", "sleep", "now", "since");

    static NoticedClock of(Runnable used) {
        return new NoticedClock(new TimeModule(), used);
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
        for (String name : CLOCKS) {
            LuaValue function = module.rawget(LuaStrings.of(name));
            LuaFunctions.put(module, name, arguments -> {
                used.run();
                return function.invoke(arguments);
            });
        }
        return module;
    }
}
