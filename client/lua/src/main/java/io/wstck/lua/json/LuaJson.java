package io.wstck.lua.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.lua.LoopGuard;
import io.wstck.lua.LuaLimits;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.ReadOnlyTable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Converts Lua values to Jackson's JSON tree and back. A table with the keys 1 to n becomes an array. A table with
 * string keys becomes an object, written in the order of its keys. An empty table becomes an object, unless it came
 * from an empty array. JSON's null becomes nil, which leaves a gap in an array; {@link #NULL} becomes null. Whole
 * numbers are written as integers.
 */
public final class LuaJson {
    /** The value {@code json.null}, which scripts use for null. */
    public static final LuaValue NULL = new LuaUserdata(new JsonNull());

    private static final LuaValue ARRAY_METATABLE = arrayMetatable();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    static final int MAX_VALUES = 1_000_000;
    private static final double MAX_EXACT = 0x1p53;

    private static final int LONG_TEXT = 64 * 1024;

    /** The memory for one character while a Java string is built: once in the builder, once in the string. */
    private static final long BYTES_PER_CHARACTER = 4;

    private final int maxDepth;
    private final long maxTextBytes;
    private final LoopGuard guard = LoopGuard.current();
    private int values;
    private long textBytes;

    private LuaJson(int maxDepth, long maxTextBytes) {
        this.maxDepth = maxDepth;
        this.maxTextBytes = maxTextBytes;
    }

    private record JsonNull() {
        @Override
        public String toString() {
            return "null";
        }
    }

    /** Returns a new Lua value for the JSON. Any thread may call it. */
    public static LuaValue toLua(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> LuaStrings.of(node.textValue());
            case NUMBER -> LuaValue.valueOf(node.doubleValue());
            case BOOLEAN -> LuaValue.valueOf(node.booleanValue());
            case ARRAY -> array(node);
            case OBJECT -> object(node);
            case NULL, MISSING -> LuaValue.NIL;
            case BINARY, POJO -> throw new IllegalArgumentException("JSON expected, got " + node.getNodeType());
        };
    }

    /**
     * Returns the JSON for a value. Called on the thread that runs the session.
     *
     * @throws IllegalArgumentException when the value has no JSON form: a function, a string that is not UTF-8, NaN,
     * mixed keys, or too deep nesting
     */
    public static JsonNode fromLua(LuaValue value) {
        return fromLua(value, LuaLimits.defaults());
    }

    /**
     * Returns the JSON for a value as {@link #fromLua(LuaValue)} does, with the limits of a session: the nesting, and
     * the total bytes of all strings.
     */
    public static JsonNode fromLua(LuaValue value, LuaLimits limits) {
        return new LuaJson(limits.jsonDepth(), limits.stringBytes()).node(value, 0);
    }

    /** Marks a table as an array, even while it is empty. */
    static LuaTable asArray(LuaTable table) {
        table.setmetatable(ARRAY_METATABLE);
        return table;
    }

    private static LuaValue array(JsonNode node) {
        LuaTable table = new LuaTable(node.size(), 0);
        for (int i = 0; i < node.size(); i++) {
            table.rawset(i + 1, toLua(node.get(i)));
        }
        return node.isEmpty() ? asArray(table) : table;
    }

    private static LuaValue object(JsonNode node) {
        LuaTable table = new LuaTable(0, node.size());
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            table.rawset(LuaStrings.of(field.getKey()), toLua(field.getValue()));
        }
        return table;
    }

    private JsonNode node(LuaValue value, int depth) {
        guard.step();
        if (++values > MAX_VALUES) {
            throw new IllegalArgumentException("more than " + MAX_VALUES + " values cannot be written as JSON");
        }
        if (value.raweq(NULL)) {
            return NODES.nullNode();
        }
        return switch (value.type()) {
            case LuaValue.TNIL -> NODES.nullNode();
            case LuaValue.TBOOLEAN -> NODES.booleanNode(value.toboolean());
            case LuaValue.TNUMBER -> number((LuaNumber) value);
            case LuaValue.TSTRING -> NODES.textNode(text((LuaString) value));
            case LuaValue.TTABLE -> table((LuaTable) value, depth + 1);
            default -> throw new IllegalArgumentException("a " + value.typename() + " cannot be written as JSON");
        };
    }

    private static JsonNode number(LuaNumber number) {
        double value = number.todouble();
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("the number " + LuaStrings.show(number) + " cannot be written as JSON");
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) <= MAX_EXACT;
        return whole ? NODES.numberNode((long) value) : NODES.numberNode(value);
    }

    private String text(LuaString string) {
        textBytes += string.m_length;
        if (textBytes > maxTextBytes) {
            throw new IllegalArgumentException(
                    "strings of more than " + maxTextBytes + " bytes cannot be written as JSON");
        }
        try {
            if (string.m_length > LONG_TEXT) {
                return longText(string);
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(string.m_bytes, string.m_offset, string.m_length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a string that is not valid UTF-8 cannot be written as JSON", e);
        }
    }

    private String longText(LuaString string) throws CharacterCodingException {
        guard.reserve(BYTES_PER_CHARACTER * string.m_length);
        StringBuilder text = new StringBuilder(string.m_length);
        char[] piece = new char[LONG_TEXT];
        try (Reader reader =
                new InputStreamReader(new GuardedInputStream(string), StandardCharsets.UTF_8.newDecoder())) {
            for (int count = reader.read(piece); count >= 0; count = reader.read(piece)) {
                text.append(piece, 0, count);
            }
        } catch (CharacterCodingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed unexpectedly", e);
        }
        return text.toString();
    }

    private JsonNode table(LuaTable table, int depth) {
        if (depth > maxDepth) {
            throw new IllegalArgumentException(
                    "tables nested more than " + maxDepth + " deep (or in a circle) cannot be written as JSON");
        }
        LuaValue first = table.next(LuaValue.NIL).arg1();
        boolean marked = ARRAY_METATABLE.equals(table.getmetatable());
        if (first.isnil()) {
            return marked ? NODES.arrayNode() : NODES.objectNode();
        }
        return first instanceof LuaNumber ? arrayOf(table, depth) : objectOf(table, depth);
    }

    private JsonNode arrayOf(LuaTable table, int depth) {
        int length = table.length();
        int count = 0;
        for (Varargs entry = next(table, LuaValue.NIL); !entry.isnil(1); entry = next(table, entry.arg1())) {
            guard.step();
            LuaValue key = entry.arg1();
            if (!(key instanceof LuaNumber) || !key.isint() || key.toint() < 1 || key.toint() > length) {
                throw new IllegalArgumentException("a table whose keys are neither 1 to n nor all strings (key "
                        + LuaStrings.show(key) + ") cannot be written as JSON");
            }
            count++;
        }
        if (count != length) {
            throw new IllegalArgumentException("an array with gaps cannot be written as JSON; json.null fills them");
        }
        ArrayNode array = NODES.arrayNode(length);
        for (int i = 1; i <= length; i++) {
            array.add(node(table.rawget(i), depth));
        }
        return array;
    }

    private JsonNode objectOf(LuaTable table, int depth) {
        Map<String, LuaValue> fields = new TreeMap<>();
        for (Varargs entry = next(table, LuaValue.NIL); !entry.isnil(1); entry = next(table, entry.arg1())) {
            guard.step();
            if (!(entry.arg1() instanceof LuaString key)) {
                throw new IllegalArgumentException("a table whose keys are neither 1 to n nor all strings (key "
                        + LuaStrings.show(entry.arg1()) + ") cannot be written as JSON");
            }
            fields.put(text(key), entry.arg(2));
        }
        ObjectNode object = NODES.objectNode();
        fields.forEach((key, value) -> object.set(key, node(value, depth)));
        return object;
    }

    private static Varargs next(LuaTable table, LuaValue key) {
        return table.next(key);
    }

    private static LuaValue arrayMetatable() {
        LuaTable metatable = new LuaTable();
        metatable.rawset(LuaStrings.of("__metatable"), LuaValue.FALSE);
        return new ReadOnlyTable("metatable of JSON arrays", metatable);
    }
}
