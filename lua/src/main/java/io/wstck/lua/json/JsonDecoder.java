package io.wstck.lua.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.sandbox.LoopGuard;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** Reads one JSON text into Lua values, token by token, within the limits of the session. */
final class JsonDecoder {
    /** A Java string while it is made: characters, the array that they are collected in, and the bytes for Lua. */
    private static final long BYTES_PER_CHARACTER = 8;

    private final LoopGuard guard = LoopGuard.current();
    private final JsonParser parser;
    private int values;

    private JsonDecoder(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * The value of a text.
     *
     * @throws JsonParseException when the text is no JSON
     * @throws java.nio.charset.CharacterCodingException when it is not valid UTF-8
     */
    static LuaValue decode(JsonFactory factory, LuaString source) throws IOException {
        Reader text = new InputStreamReader(new GuardedBytes(source), StandardCharsets.UTF_8.newDecoder());
        try (JsonParser parser = factory.createParser(text)) {
            return new JsonDecoder(parser).only();
        }
    }

    private LuaValue only() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new JsonParseException(parser, "JSON expected, got nothing");
        }
        LuaValue value = value(first);
        if (parser.nextToken() != null) {
            throw new JsonParseException(parser, "the end expected after the value, got more");
        }
        return value;
    }

    private LuaValue value(JsonToken token) throws IOException {
        guard.step();
        if (++values > LuaJson.MAX_VALUES) {
            throw new JsonParseException(parser, "at most " + LuaJson.MAX_VALUES + " values expected, got more");
        }
        return switch (token) {
            case START_ARRAY -> array();
            case START_OBJECT -> object();
            case VALUE_STRING -> string();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> LuaValue.valueOf(parser.getDoubleValue());
            case VALUE_TRUE -> LuaValue.TRUE;
            case VALUE_FALSE -> LuaValue.FALSE;
            case VALUE_NULL -> LuaValue.NIL;
            default -> throw new JsonParseException(parser, "a value expected, got " + token);
        };
    }

    private LuaValue string() throws IOException {
        guard.reserve(BYTES_PER_CHARACTER * parser.getTextLength());
        return LuaStrings.of(parser.getText());
    }

    private LuaValue array() throws IOException {
        List<LuaValue> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            elements.add(value(token));
        }
        LuaTable table = new LuaTable(elements.size(), 0);
        for (int i = 0; i < elements.size(); i++) {
            guard.step();
            table.rawset(i + 1, elements.get(i));
        }
        return elements.isEmpty() ? LuaJson.asArray(table) : table;
    }

    private LuaValue object() throws IOException {
        LuaTable table = new LuaTable();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            LuaString key = LuaStrings.of(parser.currentName());
            table.rawset(key, value(parser.nextToken()));
        }
        return table;
    }
}
