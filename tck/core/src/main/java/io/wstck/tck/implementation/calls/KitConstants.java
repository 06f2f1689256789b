package io.wstck.tck.implementation.calls;

import io.wstck.lua.LuaStrings;
import java.util.Map;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** The documented constants, for scripts of clients without their own. Cases about constants do not use these. */
final class KitConstants {
    private static final Map<String, Integer> COMPRESSION =
            Map.of("DISABLED", 0, "CONTEXT_TAKEOVER", 1, "NO_CONTEXT", 2);

    private static final Map<String, Integer> CLOSE_CODES = Map.ofEntries(
            Map.entry("NORMAL", 1000),
            Map.entry("GOING_AWAY", 1001),
            Map.entry("PROTOCOL_ERROR", 1002),
            Map.entry("UNSUPPORTED_DATA", 1003),
            Map.entry("NO_STATUS", 1005),
            Map.entry("ABNORMAL_CLOSURE", 1006),
            Map.entry("INVALID_PAYLOAD", 1007),
            Map.entry("POLICY_VIOLATION", 1008),
            Map.entry("MESSAGE_TOO_BIG", 1009),
            Map.entry("INTERNAL_ERROR", 1011),
            Map.entry("SERVICE_RESTART", 1012),
            Map.entry("TRY_AGAIN_LATER", 1013));

    private static final Map<String, MessageType> TYPES =
            Map.of("TEXT", MessageType.TEXT, "BINARY", MessageType.BINARY);

    private static final Map<String, String> TYPE_WORDS = Map.of(
            "TYPE_TEXT", "text",
            "TYPE_BINARY", "binary",
            "TYPE_PING", "ping",
            "TYPE_PONG", "pong",
            "TYPE_CLOSE", "close");

    private KitConstants() {}

    /** Creates a table with all constants. */
    static LuaTable table() {
        LuaTable module = new LuaTable();
        TYPES.forEach((name, type) -> module.set(name, LuaValue.valueOf(type.number())));
        TYPE_WORDS.forEach((name, word) -> module.set(name, LuaStrings.of(word)));
        module.set("COMPRESSION", numbers(COMPRESSION));
        module.set("CLOSE_CODES", numbers(CLOSE_CODES));
        return module;
    }

    private static LuaTable numbers(Map<String, Integer> values) {
        LuaTable table = new LuaTable();
        values.forEach((name, value) -> table.set(name, LuaValue.valueOf(value)));
        return table;
    }
}
