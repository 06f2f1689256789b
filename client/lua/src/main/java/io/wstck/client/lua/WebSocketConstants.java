package io.wstck.client.lua;

import io.wstck.client.CloseCode;
import io.wstck.client.CompressionMode;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.ReadOnlyTable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** The constants of the module {@code websocket} (clauses constants.*). */
final class WebSocketConstants {
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final String TYPE_TEXT = "text";
    static final String TYPE_BINARY = "binary";

    private WebSocketConstants() {}

    /** Returns a new table with all constants; the tables in it are read-only. */
    static LuaTable table() {
        LuaTable module = new LuaTable();
        module.set("TEXT", LuaValue.valueOf(TEXT));
        module.set("BINARY", LuaValue.valueOf(BINARY));
        module.set("TYPE_TEXT", LuaStrings.of(TYPE_TEXT));
        module.set("TYPE_BINARY", LuaStrings.of(TYPE_BINARY));
        module.set("TYPE_PING", LuaStrings.of("ping"));
        module.set("TYPE_PONG", LuaStrings.of("pong"));
        module.set("TYPE_CLOSE", LuaStrings.of("close"));
        module.set("COMPRESSION", compression());
        module.set("CLOSE_CODES", closeCodes());
        return module;
    }

    /** Returns the number of a mode in scripts. */
    static int number(CompressionMode mode) {
        return switch (mode) {
            case DISABLED -> 0;
            case CONTEXT_TAKEOVER -> 1;
            case NO_CONTEXT -> 2;
        };
    }

    private static LuaTable compression() {
        LuaTable table = new LuaTable();
        for (CompressionMode mode : CompressionMode.values()) {
            table.set(mode.name(), LuaValue.valueOf(number(mode)));
        }
        return new ReadOnlyTable("websocket.COMPRESSION", table);
    }

    private static LuaTable closeCodes() {
        LuaTable table = new LuaTable();
        for (CloseCode code : CloseCode.values()) {
            table.set(code.name(), LuaValue.valueOf(code.value()));
        }
        return new ReadOnlyTable("websocket.CLOSE_CODES", table);
    }
}
