package io.wstck.lua.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.wstck.lua.LoopGuard;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaStrings;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** Reads one JSON text into Lua values, token by token, within the limits of the session. */
final class JsonDecoder {
    /** Longer strings are not converted to Java strings first, which would take a few large copies. */
    private static final int LONG_TEXT = 64 * 1024;

    private final LoopGuard guard = LoopGuard.current();
    private final LuaSession session;
    private final GuardedInputStream source;
    private final JsonParser parser;
    private int values;

    private JsonDecoder(LuaSession session, GuardedInputStream source, JsonParser parser) {
        this.session = session;
        this.source = source;
        this.parser = parser;
    }

    /**
     * Returns the value of a text.
     *
     * @throws JsonParseException when the text is not JSON
     * @throws java.nio.charset.CharacterCodingException when it is not valid UTF-8
     */
    static LuaValue decode(LuaSession session, JsonFactory factory, LuaString text) throws IOException {
        GuardedInputStream source = new GuardedInputStream(text);
        Reader reader = new InputStreamReader(source, StandardCharsets.UTF_8.newDecoder());
        try (JsonParser parser = factory.createParser(reader)) {
            return new JsonDecoder(session, source, parser).decodeSingle();
        }
    }

    private LuaValue decodeSingle() throws IOException {
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
        if (parser.getTextLength() < LONG_TEXT) {
            return LuaStrings.of(parser.getText());
        }
        BoundedOutputStream output = new BoundedOutputStream(session);
        try (Writer writer = new OutputStreamWriter(output, StandardCharsets.UTF_8)) {
            parser.getText(writer);
        }
        return output.string();
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
        while (nextName() != JsonToken.END_OBJECT) {
            LuaString key = LuaStrings.of(parser.currentName());
            table.rawset(key, value(parser.nextToken()));
        }
        return table;
    }

    /**
     * Reads the next name with a limit of its length, because the parser checks the length only after it has read the
     * whole name.
     */
    private JsonToken nextName() throws IOException {
        source.limitTo(LuaStrings.MAX_TEXT_BYTES);
        JsonToken token = parser.nextToken();
        source.limitTo(Integer.MAX_VALUE);
        return token;
    }
}
