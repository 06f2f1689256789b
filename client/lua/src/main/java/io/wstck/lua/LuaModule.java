package io.wstck.lua;

import org.luaj.vm2.LuaValue;

/** A module that the host program offers to scripts. Threads share it; each session gets its own value. */
public interface LuaModule {
    /** Selects where scripts find a module: by {@code require}, or also as a global. */
    enum Visibility {
        /** The module is a global, and {@code require} returns it too. */
        GLOBAL_AND_REQUIRE,
        /** Only {@code require} returns the module. */
        REQUIRE_ONLY
    }

    /** {@return the name for {@code require}} */
    String name();

    /**
     * Makes the value of the module for one session. Called at most once per session.
     *
     * @param session the session that gets the value
     * @return the value of the module
     */
    LuaValue load(LuaSession session);

    /** {@return where scripts find the module} */
    Visibility visibility();
}
