package io.wstck.tck.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.lua.LuaStrings;
import java.util.Base64;
import java.util.Set;
import java.util.TreeMap;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Converts the Lua table of a scenario in a case file to the JSON form of the reference server, in which bytes are
 * base64.
 */
final class ScenarioJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> BYTES = Set.of("data", "raw");
    private static final Set<String> LISTS =
            Set.of("frames", "tcp", "headers", "omit", "fragments", "interleave", "codes");

    /** Scenarios never nest this deep. A table that contains itself does. */
    private static final int MAX_DEPTH = 32;

    private ScenarioJson() {}

    /**
     * Converts a scenario.
     *
     * @throws IllegalArgumentException naming the field that has no JSON form
     */
    static ObjectNode of(LuaTable scenario) {
        return object(scenario, "", 0);
    }

    private static ObjectNode object(LuaTable table, String path, int depth) {
        requirePlain(table, path);
        TreeMap<String, LuaValue> fields = new TreeMap<>();
        for (Varargs entry = table.next(LuaValue.NIL); !entry.isnil(1); entry = table.next(entry.arg1())) {
            if (!(entry.arg1() instanceof LuaString key)) {
                throw new IllegalArgumentException((path.isEmpty() ? "scenario" : path) + ": expected names, got a "
                        + entry.arg1().typename() + " as key");
            }
            fields.put(LuaStrings.text(key), entry.arg(2));
        }
        ObjectNode object = NODES.objectNode();
        fields.forEach(
                (key, value) -> object.set(key, value(key, value, path.isEmpty() ? key : path + "." + key, depth + 1)));
        return object;
    }

    private static JsonNode value(String key, LuaValue value, String path, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException(path + ": expected at most " + MAX_DEPTH + " levels, got more");
        }
        return switch (value.type()) {
            case LuaValue.TBOOLEAN -> NODES.booleanNode(value.toboolean());
            case LuaValue.TNUMBER -> number(value.todouble());
            case LuaValue.TSTRING ->
                BYTES.contains(key)
                        ? NODES.textNode(Base64.getEncoder().encodeToString(LuaStrings.bytes(value)))
                        : NODES.textNode(LuaStrings.text((LuaString) value));
            case LuaValue.TTABLE ->
                isList(key, value.checktable())
                        ? array(value.checktable(), path, depth)
                        : object(value.checktable(), path, depth);
            default -> throw new IllegalArgumentException(path + ": expected data, got a " + value.typename());
        };
    }

    private static boolean isList(String key, LuaTable table) {
        return LISTS.contains(key) || table.rawlen() > 0;
    }

    private static void requirePlain(LuaTable table, String path) {
        if (!isPlain(table)) {
            throw new IllegalArgumentException((path.isEmpty() ? "scenario" : path)
                    + ": expected a plain table, got one with a metatable that has an __index");
        }
    }

    /** Returns whether the raw contents of a table are all that a script would find in it. */
    static boolean isPlain(LuaTable table) {
        return !(table.getmetatable() instanceof LuaTable meta)
                || meta.rawget(LuaValue.INDEX).isnil();
    }

    private static JsonNode number(double number) {
        return number == Math.rint(number) ? NODES.numberNode((long) number) : NODES.numberNode(number);
    }

    private static ArrayNode array(LuaTable table, String path, int depth) {
        requirePlain(table, path);
        ArrayNode array = NODES.arrayNode();
        for (int index = 1; index <= table.rawlen(); index++) {
            array.add(value("", table.rawget(index), path + "[" + (index - 1) + "]", depth + 1));
        }
        return array;
    }
}
