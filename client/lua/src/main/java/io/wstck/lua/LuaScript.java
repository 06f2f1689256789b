package io.wstck.lua;

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
     * @param source the source text
     * @return the compiled script
     * @throws LuaSyntaxException when the source is not valid Lua, or too large for the compiler
     */
    public static LuaScript compile(String name, String source) throws LuaSyntaxException {
        try {
            return new LuaScript(name, LuaCompiler.compile("@" + name, source.getBytes(StandardCharsets.UTF_8)));
        } catch (LuaCompiler.CompileException e) {
            throw new LuaSyntaxException(name, e.line(), e.message(), e);
        }
    }

    /** {@return the name that errors show} */
    public String name() {
        return name;
    }

    /** {@return the code, for the sessions that run it} */
    public Prototype prototype() {
        return prototype;
    }
}
