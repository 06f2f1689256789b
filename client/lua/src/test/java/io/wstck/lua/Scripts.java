package io.wstck.lua;

import io.wstck.lua.host.LuaHost;
import java.util.StringJoiner;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Runs Lua in tests. */
final class Scripts {
    static final LuaHost HOST = LuaHost.builder().build();

    private Scripts() {}

    /** The results of a script in a session of its own, as {@code tostring} shows them, separated by commas. */
    static String eval(String source) {
        try (LuaSession session = HOST.open()) {
            return show(session.run(compile(source)));
        }
    }

    static String eval(LuaSession session, String source) {
        return show(session.run(compile(source)));
    }

    /** The first result of a script. */
    static LuaValue only(LuaSession session, String source) {
        return session.run(compile(source)).arg1();
    }

    static LuaScript compile(String source) {
        try {
            return LuaScript.compile("test.lua", source);
        } catch (LuaSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static String show(Varargs values) {
        StringJoiner shown = new StringJoiner(",");
        for (int i = 1; i <= values.narg(); i++) {
            shown.add(LuaStrings.show(values.arg(i)));
        }
        return shown.toString();
    }
}
