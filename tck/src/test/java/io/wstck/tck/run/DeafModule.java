package io.wstck.tck.run;

import io.wstck.lua.LuaFunctions;
import io.wstck.lua.LuaModule;
import io.wstck.lua.LuaSession;
import java.util.concurrent.CountDownLatch;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A module whose {@code connect} answers neither an interrupt nor the session's stop.
 *
 * @param released lets it return
 */
record DeafModule(String name, CountDownLatch released) implements LuaModule {
    @Override
    public Visibility visibility() {
        return Visibility.REQUIRE_ONLY;
    }

    @Override
    public LuaValue load(LuaSession session) {
        LuaTable module = new LuaTable();
        LuaFunctions.put(module, "connect", _ -> blocked());
        return module;
    }

    private Varargs blocked() {
        while (true) {
            try {
                released.await();
                return LuaValue.NONE;
            } catch (InterruptedException e) {
                // This is what it is for.
            }
        }
    }
}
