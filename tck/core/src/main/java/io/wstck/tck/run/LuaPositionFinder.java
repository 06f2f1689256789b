package io.wstck.tck.run;

import io.wstck.lua.LuaFailure;

/** Finds the line of a case file that an error comes from. Stateless. */
final class LuaPositionFinder {
    private LuaPositionFinder() {}

    /**
     * Returns the innermost line in the case file. The error may have been raised in the prelude, which the case
     * called.
     */
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
