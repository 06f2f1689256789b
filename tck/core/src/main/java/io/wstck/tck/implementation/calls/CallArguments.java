package io.wstck.tck.implementation.calls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.json.LuaJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalDouble;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Converts the Lua arguments of documented calls to data. A case that passes a wrong Lua type, such as a table for a
 * string, tests the Lua binding. It does not apply to a client without one.
 */
final class CallArguments {
    private CallArguments() {}

    static String url(LuaValue value) {
        return text(value, "connect: the URL");
    }

    static CallOptions options(LuaValue value) {
        if (value.isnil()) {
            return CallOptions.none();
        }
        if (!(value instanceof LuaTable table)) {
            throw provided("connect: the options", "a table", value);
        }
        try {
            ObjectNode options = (ObjectNode) LuaJson.fromLua(table);
            // An empty table may be a list or an object; here it is a list.
            JsonNode protocols = options.path("protocols");
            if (protocols.isObject() && protocols.isEmpty()) {
                options.putArray("protocols");
            }
            return new CallOptions(options);
        } catch (IllegalArgumentException | ClassCastException e) {
            throw NotJudgedException.unsupported(
                    "provided by the kit: an adapter can only be given options that are data: " + e.getMessage());
        }
    }

    static byte[] data(Varargs arguments, int index) {
        LuaValue value = arguments.arg(index);
        if (value instanceof LuaString || value instanceof LuaNumber) {
            return LuaStrings.bytes(value instanceof LuaString string ? string : LuaStrings.of(LuaStrings.show(value)));
        }
        throw provided("send: the data", "a string", value);
    }

    static Optional<MessageType> type(LuaValue value) {
        if (value.isnil()) {
            return Optional.empty();
        }
        for (MessageType type : MessageType.values()) {
            if (value instanceof LuaNumber number && number.todouble() == type.number()) {
                return Optional.of(type);
            }
        }
        throw NotJudgedException.unsupported(
                "provided by the kit: an adapter can only be given 1, 2 or nothing (send: the type)");
    }

    static OptionalDouble code(LuaValue value) {
        if (value.isnil()) {
            return OptionalDouble.empty();
        }
        if (value instanceof LuaNumber number && Double.isFinite(number.todouble())) {
            return OptionalDouble.of(number.todouble());
        }
        throw provided("close: the code", "a number", value);
    }

    static Optional<String> reason(LuaValue value) {
        return value.isnil() ? Optional.empty() : Optional.of(text(value, "close: the reason"));
    }

    private static String text(LuaValue value, String what) {
        if (!(value instanceof LuaString string)) {
            throw provided(what, "a string", value);
        }
        try {
            // LuaJ's own check rejects characters outside the basic multilingual plane.
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(LuaStrings.bytes(string)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw NotJudgedException.unsupported(
                    "provided by the kit: a string that is no valid UTF-8 cannot be given to an adapter (" + what
                            + ")");
        }
    }

    private static NotJudgedException provided(String what, String expected, LuaValue value) {
        return NotJudgedException.unsupported("provided by the kit: an adapter can only be given " + expected
                + ", not a " + value.typename() + " (" + what + ")");
    }
}
