package io.wstck.tck.run;

import io.wstck.lua.LuaFailure;

/** Where errors of scripts come from. Stateless. */
final class LuaPositions {
    private LuaPositions() {}

    /** Where the case itself was: an error may be raised below it, in the kit's own Lua. */
    static String in(String file, LuaFailure failure) {
        if (failure.position().startsWith(file + ":")) {
            return failure.position();
        }
        return failure.traceback()
                .lines()
                .filter(line -> line.startsWith(file + ":"))
                .map(line -> line.substring(0, line.indexOf(": ")))
                .findFirst()
                .orElse(failure.position());
    }
}
