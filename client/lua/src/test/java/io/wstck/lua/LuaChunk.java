package io.wstck.lua;

import java.util.ArrayList;
import java.util.List;

/**
 * A chunk of a file of chunks. It begins with a line {@code --- title}. Where the host differs from Lua 5.1 by design,
 * a line {@code -- because: reason} follows, and a line {@code --> output} for each line that the host prints.
 *
 * @param reason may be empty
 * @param documentedOutput may be empty
 */
record LuaChunk(String title, String reason, String documentedOutput, String source) {
    private static final String TITLE = "--- ";
    private static final String REASON = "-- because: ";
    private static final String OUTPUT = "--> ";

    static List<LuaChunk> read(String file) {
        List<LuaChunk> chunks = new ArrayList<>();
        for (String part : ("\n" + ReferenceLua.text(file)).split("\n" + TITLE, -1)) {
            if (!part.isBlank()) {
                chunks.add(of(part.lines().toList()));
            }
        }
        return chunks;
    }

    private static LuaChunk of(List<String> lines) {
        List<String> output = new ArrayList<>();
        StringBuilder source = new StringBuilder();
        String reason = "";
        for (String line : lines.subList(1, lines.size())) {
            if (line.startsWith(REASON)) {
                reason = line.substring(REASON.length());
            } else if (line.startsWith(OUTPUT)) {
                output.add(line.substring(OUTPUT.length()));
            } else {
                source.append(line).append('\n');
            }
        }
        return new LuaChunk(lines.getFirst(), reason, String.join("\n", output), source.toString());
    }

    @Override
    public String toString() {
        return title;
    }
}
