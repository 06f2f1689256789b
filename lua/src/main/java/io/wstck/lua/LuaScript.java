package io.wstck.lua;

import io.wstck.lua.sandbox.Chunk;
import java.nio.charset.StandardCharsets;
import org.luaj.vm2.Prototype;

/** A compiled script. Immutable: any number of sessions may run it at the same time. */
public final class LuaScript {
    private final String name;
    private final Prototype prototype;

    private LuaScript(String name, Prototype prototype) {
        this.name = name;
        this.prototype = prototype;
    }

    /**
     * Compiles Lua source text.
     *
     * @param name shown in errors, such as {@code close.lua}
     * @throws LuaSyntaxException when the source is no Lua, or more than the compiler can take
     */
    public static LuaScript compile(String name, String source) throws LuaSyntaxException {
        try {
            return new LuaScript(name, Chunk.compile("@" + name, source.getBytes(StandardCharsets.UTF_8)));
        } catch (Chunk.Malformed malformed) {
            throw new LuaSyntaxException(name, malformed.line(), malformed.complaint(), malformed);
        }
    }

    public String name() {
        return name;
    }

    Prototype prototype() {
        return prototype;
    }
}
