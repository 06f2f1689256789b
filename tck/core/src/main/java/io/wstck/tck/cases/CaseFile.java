package io.wstck.tck.cases;

import io.wstck.lua.LuaScript;
import io.wstck.lua.LuaSyntaxException;

/**
 * A case file: its text and its compiled form, which each attempt runs again.
 *
 * @param path relative to the folder of the cases, with slashes: {@code api/closing.lua}
 */
public record CaseFile(String path, String source, LuaScript script) {

    /**
     * Compiles a file.
     *
     * @throws CaseFileException if it does not parse
     */
    public static CaseFile of(String path, String source) throws CaseFileException {
        try {
            return new CaseFile(path, source, LuaScript.compile(path, source));
        } catch (LuaSyntaxException e) {
            throw new CaseFileException(new Position(path, e.line()), "expected Lua 5.1, got: " + e.message());
        }
    }
}
