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
 * The arguments of documented calls as data. What a script gives that no client in another language could be given, a table
 * for a string, is the Lua side's business: the case does not apply.
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
            // A table without anything in it does not say whether it is a list.
            JsonNode protocols = options.path("protocols");
            if (protocols.isObject() && protocols.isEmpty()) {
                options.putArray("protocols");
            }
            return new CallOptions(options);
        } catch (IllegalArgumentException | ClassCastException e) {
            throw HinderedException.unsupported(
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
        throw HinderedException.unsupported(
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
            // LuaJ's own test takes no character beyond the basic multilingual plane.
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(LuaStrings.bytes(string)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw HinderedException.unsupported(
                    "provided by the kit: a string that is no valid UTF-8 cannot be given to an adapter (" + what
                            + ")");
        }
    }

    private static HinderedException provided(String what, String expected, LuaValue value) {
        return HinderedException.unsupported("provided by the kit: an adapter can only be given " + expected
                + ", not a " + value.typename() + " (" + what + ")");
    }
}
