package io.wstck.lua.json;

import static io.wstck.lua.LuaFunctions.put;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaModule;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.errors.ErrorKind;
import io.wstck.lua.errors.LuaErrors;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The Lua module {@code json}: {@code json.encode}, {@code json.decode}; what fails returns nil and an error of kind INVALID. */
public final class JsonModule implements LuaModule {
    @Override
    public String name() {
        return "json";
    }

    @Override
    public Visibility visibility() {
        return Visibility.GLOBAL_AND_REQUIRE;
    }

    @Override
    public LuaValue load(LuaSession session) {
        int maxDepth = session.limits().jsonDepth();
        JsonMapper mapper = mapper(maxDepth);
        LuaTable module = new LuaTable();
        put(module, "encode", arguments -> encode(mapper, arguments, maxDepth));
        put(module, "decode", arguments -> decode(mapper, arguments));
        put(module, "array", JsonModule::array);
        module.set("null", LuaJson.NULL);
        return module;
    }

    private static JsonMapper mapper(int maxDepth) {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(maxDepth)
                // The length of strings is bounded by that of the Lua string which is read.
                .maxStringLength(Integer.MAX_VALUE)
                .build();
        return JsonMapper.builder(
                        JsonFactory.builder().streamReadConstraints(constraints).build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    private static Varargs encode(JsonMapper mapper, Varargs arguments, int maxDepth) {
        try {
            JsonNode node = LuaJson.fromLua(LuaArguments.any(arguments, 1, "encode"), maxDepth);
            return LuaStrings.of(mapper.writeValueAsString(node));
        } catch (IllegalArgumentException e) {
            return invalid(e.getMessage());
        } catch (JsonProcessingException e) {
            return invalid(e.getOriginalMessage());
        }
    }

    private static Varargs decode(JsonMapper mapper, Varargs arguments) {
        LuaString source = LuaArguments.string(arguments, 1, "decode");
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(source.m_bytes, source.m_offset, source.m_length))
                    .toString();
            JsonNode node = mapper.readTree(text);
            return node.isMissingNode() ? invalid("JSON expected, got nothing") : LuaJson.toLua(node);
        } catch (CharacterCodingException e) {
            return invalid("JSON must be valid UTF-8");
        } catch (JsonProcessingException e) {
            return invalid(e.getOriginalMessage() + where(e));
        }
    }

    private static String where(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }

    private static Varargs array(Varargs arguments) {
        return LuaJson.asArray(arguments.isnoneornil(1) ? new LuaTable() : LuaArguments.table(arguments, 1, "array"));
    }

    private static Varargs invalid(String message) {
        return LuaErrors.failure(ErrorKind.INVALID, message, false);
    }
}
