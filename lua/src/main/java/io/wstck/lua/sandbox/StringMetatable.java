package io.wstck.lua.sandbox;

import io.wstck.lua.LuaStrings;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.TwoArgFunction;

/**
 * The metatable of strings, of which LuaJ has one for the whole JVM: it looks the method up among those of the session that
 * the thread runs, so that no session can change another's.
 */
final class StringMetatable {
    private StringMetatable() {}

    /** To be called before the first script runs; doing it again changes nothing. */
    static void install() {
        LuaString.s_metatable = Holder.TABLE;
    }

    private static final class Holder {
        static final LuaValue TABLE = table();

        private static LuaValue table() {
            LuaTable table = new LuaTable();
            table.rawset(LuaValue.INDEX, new Index());
            table.rawset(LuaStrings.of("__metatable"), LuaValue.FALSE);
            return table;
        }
    }

    private static final class Index extends TwoArgFunction {
        @Override
        public LuaValue call(LuaValue string, LuaValue key) {
            return Execution.current()
                    .map(execution -> execution.stringMethods().rawget(key))
                    .orElse(LuaValue.NIL);
        }
    }
}
