package io.wstck.lua;

import org.luaj.vm2.LuaValue;

/** A module that the host program offers to scripts. Shared by threads; its value is made anew for every session. */
public interface LuaModule {
    /** Where scripts find a module. */
    enum Visibility {
        GLOBAL_AND_REQUIRE,
        REQUIRE_ONLY
    }

    /** The name for {@code require}. */
    String name();

    /** Makes the value of the module for one session; called at most once a session. */
    LuaValue load(LuaSession session);

    Visibility visibility();
}
