package io.wstck.tck.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.lua.LuaFunctions;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.json.LuaJson;
import io.wstck.server.journal.JournalEntry;
import io.wstck.server.journal.JournalJson;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.implementation.ClientBehaviour.MessageCompression;
import io.wstck.tck.judge.JudgedJournal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;

/**
 * Provides the functions and values behind {@code w} of the wire checks. Journal entries become Lua tables with the
 * fields of their JSON form.
 */
final class WireBindings {
    private static final List<String> BYTES = List.of("data", "raw", "head");

    private static final int DIGESTED_AT_ONCE = 1024 * 1024;

    private WireBindings() {}

    static LuaTable table(
            TestCase testCase,
            LuaSession lua,
            CheckRecorder recorder,
            JudgedJournal journal,
            MessageCompression compresses) {
        LuaTable host = new LuaTable();
        recorder.install(host, testCase, lua);
        LuaTable entries = new LuaTable();
        for (JournalEntry entry : journal.judged()) {
            entries.rawset(entries.length() + 1, entry(JournalJson.toJson(entry)));
        }
        host.rawset(LuaStrings.of("entries"), entries);
        host.rawset(LuaStrings.of("compresses"), LuaStrings.of(compresses.word()));
        LuaFunctions.put(host, "sha256", arguments -> LuaStrings.of(sha256(arguments.checkstring(1), lua)));
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

    private static String sha256(LuaString text, LuaSession lua) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int at = 0; at < text.m_length; at += DIGESTED_AT_ONCE) {
                // Hashing a long text takes seconds. The script may be stopped meanwhile.
                lua.checkStop();
                digest.update(text.m_bytes, text.m_offset + at, Math.min(DIGESTED_AT_ONCE, text.m_length - at));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }
}
