package io.wstck.lua;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.compiler.LuaC;

/**
 * Compiles Lua source text to a LuaJ prototype, for {@link LuaScript} and for {@code load} in scripts. It refuses
 * bytecode, because crafted bytecode could do anything to the interpreter.
 */
public final class LuaCompiler {
    /** The longest source that a script may compile. */
    public static final int MAX_BYTES = 16 * 1024 * 1024;

    /** The compiler of LuaJ takes time quadratic in the jumps to one place, and cannot be stopped meanwhile. */
    private static final int MAX_JUMPS = 10_000;

    private static final List<byte[]> JUMPS = List.of(ascii("goto"), ascii("break"));
    private static final int BYTECODE_SIGNATURE = 0x1b;
    private static final int MAX_NAME_BYTES = 60;
    private static final Pattern ERROR_MESSAGE = Pattern.compile("(?s).*?:(\\d+): (.*)");

    /** How LuaJ shows a token of more than one character: its number, and that number as a character. */
    private static final Pattern NUMBERED_TOKEN = Pattern.compile("(?s)\\bsymbol (\\d{3}) \\(.*?\\)");

    private static final int FIRST_TOKEN = 257;
    private static final List<String> TOKENS = List.of(
            ("and break do else elseif end false for function goto if in local nil not or repeat return then true until"
                            + " while .. ... == >= <= ~= :: <eof> <number> <name> <string>")
                    .split(" "));

    private LuaCompiler() {}

    /** Reports source text that does not compile, with the line; {@link LuaSyntaxException} adds the file. */
    public static final class CompileException extends Exception {
        private static final long serialVersionUID = 1L;

        /** The value of {@link #line()}. */
        private final int line;
        /** The value of {@link #message()}. */
        private final String message;

        CompileException(int line, String message, Throwable cause) {
            super(line + ": " + message, cause);
            this.line = line;
            this.message = message;
        }

        /** {@return the line of the error} */
        public int line() {
            return line;
        }

        /** {@return the message without the position} */
        public String message() {
            return message;
        }
    }

    /**
     * Compiles source text.
     *
     * @param name {@code @file}, {@code =name}, or the source text itself, as in Lua
     * @param source the source text, in UTF-8
     * @return the code
     * @throws CompileException if the source is not valid Lua
     */
    public static Prototype compile(String name, byte[] source) throws CompileException {
        if (source.length > 0 && source[0] == BYTECODE_SIGNATURE) {
            throw new CompileException(1, "source text expected, got bytecode", new IOException("bytecode"));
        }
        if (countJumps(source) > MAX_JUMPS) {
            throw new CompileException(
                    1, "more than " + MAX_JUMPS + " goto and break", new IOException("too many jumps"));
        }
        LineCountingInputStream input = new LineCountingInputStream(source);
        try {
            return LuaC.instance.compile(input, name);
        } catch (LuaError e) {
            Matcher matcher = ERROR_MESSAGE.matcher(String.valueOf(e.getMessage()));
            throw matcher.matches()
                    ? new CompileException(Integer.parseInt(matcher.group(1)), readableMessage(matcher.group(2)), e)
                    : new CompileException(input.line(), String.valueOf(e.getMessage()), e);
        } catch (StackOverflowError e) {
            throw new CompileException(input.line(), "nested too deeply", e);
        } catch (RuntimeException e) {
            // LuaJ loses its own error message, and throws a NullPointerException.
            throw new CompileException(
                    input.line(), "too much for one function (more than 200 locals or 60 upvalues?)", e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed unexpectedly", e);
        }
    }

    /** Returns an upper bound of the number of jumps: it also counts the words inside other words and strings. */
    private static int countJumps(byte[] source) {
        LoopGuard guard = LoopGuard.current();
        int count = 0;
        for (int at = 0; at < source.length; at++) {
            guard.step();
            if (source[at] == 'g' || source[at] == 'b') {
                for (byte[] word : JUMPS) {
                    boolean found = at + word.length <= source.length
                            && Arrays.equals(source, at, at + word.length, word, 0, word.length);
                    count += found ? 1 : 0;
                }
            }
        }
        return count;
    }

    private static byte[] ascii(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }

    private static String readableMessage(String message) {
        return NUMBERED_TOKEN.matcher(message).replaceAll(found -> {
            int token = Integer.parseInt(found.group(1)) - FIRST_TOKEN;
            boolean known = token >= 0 && token < TOKENS.size();
            return Matcher.quoteReplacement(known ? "symbol near '" + TOKENS.get(token) + "'" : found.group());
        });
    }

    /**
     * {@return the name of a chunk for errors: {@code close.lua}, or {@code [string "first line"]} for source given as
     * a string}
     *
     * @param source the name that the chunk was compiled with
     */
    public static String shortName(LuaString source) {
        String name = LuaStrings.text(source);
        if (name.startsWith("@") || name.startsWith("=")) {
            return name.substring(1);
        }
        String first = name.lines().findFirst().orElse("");
        String shown = LuaStrings.beginning(LuaStrings.of(first), MAX_NAME_BYTES);
        boolean cut = first.length() < name.length() || first.length() > shown.length();
        return "[string \"" + shown + (cut ? "..." : "") + "\"]";
    }

    /**
     * Counts the lines that the compiler has read. It also checks the session's limits, so that a script can be stopped
     * while it compiles a long text.
     */
    private static final class LineCountingInputStream extends InputStream {
        private static final int BYTES_PER_CHECK = 4096;

        /** More reads than the compiler needs to see the end of the source. */
        private static final int MAX_READS_AT_END = 64;

        private final Optional<LimitChecks> checks = LimitChecks.current();
        private final InputStream bytes;
        private int newlines;
        private int read;
        private int readsAtEnd;

        LineCountingInputStream(byte[] source) {
            bytes = new ByteArrayInputStream(source);
        }

        int line() {
            return newlines + 1;
        }

        @Override
        public int read() throws IOException {
            int next = bytes.read();
            if (next == '\n') {
                newlines++;
            }
            if (next < 0 && ++readsAtEnd > MAX_READS_AT_END) {
                // After \z in a string, LuaJ takes the end of the source for white space, and reads on forever.
                throw new LuaError("unfinished string near <eof>");
            }
            if (checks.isPresent()) {
                // Checked for each byte, because the compiler may walk a long list between two bytes.
                checks.get().checkStop();
                if (++read % BYTES_PER_CHECK == 0) {
                    checks.get().reserve(0);
                }
            }
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            // One byte at a time, so that the line is the line that the compiler has reached.
            int next = length == 0 ? 0 : read();
            if (next < 0 || length == 0) {
                return next;
            }
            target[offset] = (byte) next;
            return 1;
        }
    }
}
