package io.wstck.tck.cli;

import io.wstck.lua.LuaCompiler;
import io.wstck.lua.LuaScript;
import io.wstck.lua.LuaSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads and compiles the Lua text of a command line. Each error is a wrong command line: nothing was run. */
final class LuaSource {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private LuaSource() {}

    /**
     * Compiles a file.
     *
     * @param name of the file in messages
     */
    static LuaScript file(Path file, String name) throws CommandFailure {
        try (InputStream in = Files.newInputStream(file)) {
            return stream(in, name);
        } catch (NoSuchFileException e) {
            throw CommandFailure.usage("expected a Lua script at " + name + ", found no file");
        } catch (AccessDeniedException e) {
            throw CommandFailure.usage("cannot read " + name + ": permission denied");
        } catch (IOException e) {
            throw CommandFailure.usage("cannot read " + name + ": " + e.getMessage());
        }
    }

    /** Compiles all that a stream has. The caller closes it. */
    static LuaScript stream(InputStream in, String name) throws CommandFailure, IOException {
        byte[] bytes = in.readNBytes(LuaCompiler.MAX_BYTES + 1);
        if (bytes.length > LuaCompiler.MAX_BYTES) {
            throw CommandFailure.usage(name + ": expected a Lua script of at most " + LuaCompiler.MAX_BYTES
                    + " bytes, found a longer one");
        }
        try {
            return compile(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException e) {
            throw CommandFailure.usage(name + ": expected a Lua script in UTF-8, found bytes that are not");
        }
    }

    /** Compiles a text. */
    static LuaScript compile(String name, String text) throws CommandFailure {
        try {
            return LuaScript.compile(name, withoutFirstLineMark(text));
        } catch (LuaSyntaxException e) {
            throw CommandFailure.usage(e.getMessage());
        }
    }

    /** Makes a comment of a first line for the shell, such as {@code #!/usr/bin/env wstck}, as Lua does. */
    private static String withoutFirstLineMark(String text) {
        String bare = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        return bare.startsWith("#") ? "--" + bare : bare;
    }
}
