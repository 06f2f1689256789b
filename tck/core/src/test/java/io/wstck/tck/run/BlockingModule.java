package io.wstck.tck.run;

import io.wstck.lua.LuaFunctions;
import io.wstck.lua.LuaModule;
import io.wstck.lua.LuaSession;
import java.util.concurrent.CountDownLatch;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A module whose {@code connect} blocks until a test releases it.
 *
 * @param interrupts what an interrupt does to the call, and with it the stop of the session
 * @param released ends the call
 */
record BlockingModule(String name, Interrupts interrupts, CountDownLatch released) implements LuaModule {
    /** The effect of an interrupt. */
    enum Interrupts {
        END_THE_CALL,
        DO_NOTHING
    }

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
                if (interrupts == Interrupts.END_THE_CALL) {
                    return LuaValue.NONE;
                }
            }
        }
    }
}
