package io.wstck.tck.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.lua.LuaFunctions;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.json.LuaJson;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.judge.JournalReading;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.luaj.vm2.LuaTable;

/** What the wire's {@code w} stands on: the journal as Lua tables. */
final class WireHost {
    private static final List<String> BYTES = List.of("data", "raw", "head");

    private WireHost() {}

    static LuaTable table(TestCase testCase, LuaSession lua, CheckRecorder recorder, JournalReading journal) {
        LuaTable host = new LuaTable();
        recorder.install(host, testCase, lua);
        LuaTable entries = new LuaTable();
        for (JsonNode entry : journal.judged()) {
            entries.rawset(entries.length() + 1, entry((ObjectNode) entry));
        }
        host.rawset(LuaStrings.of("entries"), entries);
        LuaFunctions.put(
                host, "sha256", arguments -> LuaStrings.of(sha256(LuaStrings.bytes(arguments.checkstring(1)))));
        return host;
    }

    private static LuaTable entry(ObjectNode entry) {
        LuaTable table = LuaJson.toLua(entry).checktable();
        for (String field : BYTES) {
            JsonNode value = entry.get(field);
            if (value != null && value.isTextual()) {
                table.rawset(
                        LuaStrings.of(field), LuaStrings.of(Base64.getDecoder().decode(value.asText())));
            }
        }
        return table;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
