package io.wstck.lua.sandbox;

import io.wstck.lua.LuaStrings;
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

/** Compiles source text. Bytecode is never read: a crafted one could do anything to the interpreter. */
public final class Chunk {
    /** The longest source that a script may compile. */
    static final int MAX_BYTES = 16 * 1024 * 1024;

    /** LuaJ's compiler takes time quadratic in the jumps to one place, and looks at nothing meanwhile. */
    private static final int MOST_JUMPS = 10_000;

    private static final List<byte[]> JUMPS = List.of(ascii("goto"), ascii("break"));
    private static final int BYTECODE_SIGNATURE = 0x1b;
    private static final int LONGEST_NAME = 60;
    private static final Pattern COMPLAINT = Pattern.compile("(?s).*?:(\\d+): (.*)");

    /** How LuaJ shows a token of more than one character: its number, and that number as a character. */
    private static final Pattern NUMBERED_TOKEN = Pattern.compile("(?s)\\bsymbol (\\d{3}) \\(.*?\\)");

    private static final int FIRST_TOKEN = 257;
    private static final List<String> TOKENS = List.of(
            ("and break do else elseif end false for function goto if in local nil not or repeat return then true until"
                            + " while .. ... == >= <= ~= :: <eof> <number> <name> <string>")
                    .split(" "));

    private Chunk() {}

    /** Source that does not compile. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private final int line;
        private final String complaint;

        Malformed(int line, String complaint, Throwable cause) {
            super(line + ": " + complaint, cause);
            this.line = line;
            this.complaint = complaint;
        }

        public int line() {
            return line;
        }

        public String complaint() {
            return complaint;
        }
    }

    /**
     * Compiles source text.
     *
     * @param name {@code @file}, {@code =name}, or the source itself, as Lua names chunks
     */
    public static Prototype compile(String name, byte[] source) throws Malformed {
        if (source.length > 0 && source[0] == BYTECODE_SIGNATURE) {
            throw new Malformed(1, "source text expected, got bytecode", new IOException("bytecode"));
        }
        if (jumps(source) > MOST_JUMPS) {
            throw new Malformed(1, "more than " + MOST_JUMPS + " goto and break", new IOException("too many jumps"));
        }
        CountedLines lines = new CountedLines(source);
        try {
            return LuaC.instance.compile(lines, name);
        } catch (LuaError e) {
            Matcher complaint = COMPLAINT.matcher(String.valueOf(e.getMessage()));
            throw complaint.matches()
                    ? new Malformed(Integer.parseInt(complaint.group(1)), readable(complaint.group(2)), e)
                    : new Malformed(lines.line(), String.valueOf(e.getMessage()), e);
        } catch (StackOverflowError e) {
            throw new Malformed(lines.line(), "nested too deeply", e);
        } catch (RuntimeException e) {
            // LuaJ loses its own complaint on the way, with a NullPointerException.
            throw new Malformed(lines.line(), "too much for one function (more than 200 locals or 60 upvalues?)", e);
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory cannot fail", e);
        }
    }

    /** At least as many as there are: the words may also be part of other words and of strings. */
    private static int jumps(byte[] source) {
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

    private static String readable(String complaint) {
        return NUMBERED_TOKEN.matcher(complaint).replaceAll(found -> {
            int token = Integer.parseInt(found.group(1)) - FIRST_TOKEN;
            boolean known = token >= 0 && token < TOKENS.size();
            return Matcher.quoteReplacement(known ? "symbol near '" + TOKENS.get(token) + "'" : found.group());
        });
    }

    /** How errors name a chunk: {@code close.lua}, or {@code [string "first line"]} for source given as a string. */
    static String shortName(LuaString source) {
        String name = LuaStrings.text(source);
        if (name.startsWith("@") || name.startsWith("=")) {
            return name.substring(1);
        }
        String first = name.lines().findFirst().orElse("");
        String shown = LuaStrings.beginning(LuaStrings.of(first), LONGEST_NAME);
        boolean cut = first.length() < name.length() || first.length() > shown.length();
        return "[string \"" + shown + (cut ? "..." : "") + "\"]";
    }

    /** Knows how far the compiler has come; a script that loads a long text can be ended meanwhile. */
    private static final class CountedLines extends InputStream {
        private static final int BYTES_PER_CHECK = 4096;

        /** More than the compiler needs to find that the source has ended. */
        private static final int MOST_READS_AT_END = 64;

        private final Optional<Execution> execution = Execution.current();
        private final InputStream bytes;
        private int newlines;
        private int read;
        private int readsAtEnd;

        CountedLines(byte[] source) {
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
            if (next < 0 && ++readsAtEnd > MOST_READS_AT_END) {
                // LuaJ takes the end of the source for one more space behind \z in a string, for ever.
                throw new LuaError("unfinished string near <eof>");
            }
            if (execution.isPresent()) {
                // Between two bytes the compiler may walk a long list.
                execution.get().checkStop();
                if (++read % BYTES_PER_CHECK == 0) {
                    execution.get().checkMemory();
                }
            }
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            // One byte at a time, so that the line is that which the compiler has reached.
            int next = length == 0 ? 0 : read();
            if (next < 0 || length == 0) {
                return next;
            }
            target[offset] = (byte) next;
            return 1;
        }
    }
}
