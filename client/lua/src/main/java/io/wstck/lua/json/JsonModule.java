package io.wstck.lua.json;

import static io.wstck.lua.LuaFunctions.put;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaModule;
import io.wstck.lua.LuaSession;
import io.wstck.lua.errors.ErrorKind;
import io.wstck.lua.errors.LuaErrors;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The Lua module {@code json}: {@code json.encode}, {@code json.decode}. A function that fails returns nil and an error
 * of kind INVALID.
 */
public final class JsonModule implements LuaModule {
    /** How Jackson's messages name a position in the text. Only the line and the column help the author of a script. */
    private static final Pattern SOURCE = Pattern.compile("\\[Source: [^;\\]]*; ([^\\]]*)\\]");

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
        JsonMapper mapper = mapper(session.limits().jsonDepth());
        LuaTable module = new LuaTable();
        put(module, "encode", arguments -> encode(session, mapper, arguments));
        put(module, "decode", arguments -> decode(session, mapper.getFactory(), arguments));
        put(module, "array", JsonModule::array);
        module.set("null", LuaJson.NULL);
        return module;
    }

    private static JsonMapper mapper(int maxDepth) {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(maxDepth)
                // The length of the Lua string that is read bounds the length of strings in it.
                .maxStringLength(Integer.MAX_VALUE)
                .build();
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(constraints)
                        // Names in a script's JSON must not fill caches of the whole JVM.
                        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                        .build())
                .build();
    }

    private static Varargs encode(LuaSession session, JsonMapper mapper, Varargs arguments) {
        BoundedOutputStream output = new BoundedOutputStream(session);
        try {
            // A stream would escape the characters beyond the basic multilingual plane; a writer does not.
            mapper.writeValue(
                    new OutputStreamWriter(output, StandardCharsets.UTF_8),
                    LuaJson.fromLua(LuaArguments.any(arguments, 1, "encode"), session.limits()));
            return output.string();
        } catch (IllegalArgumentException e) {
            return invalid(e.getMessage());
        } catch (JsonProcessingException e) {
            return invalid(e.getOriginalMessage());
        } catch (IOException e) {
            return invalid(e.getMessage());
        }
    }

    private static Varargs decode(LuaSession session, JsonFactory factory, Varargs arguments) {
        try {
            return JsonDecoder.decode(session, factory, LuaArguments.string(arguments, 1, "decode"));
        } catch (CharacterCodingException e) {
            return invalid("JSON must be valid UTF-8");
        } catch (JsonProcessingException e) {
            return invalid(SOURCE.matcher(e.getOriginalMessage()).replaceAll("$1") + where(e));
        } catch (IOException e) {
            return invalid(e.getMessage());
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
