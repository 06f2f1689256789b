package io.wstck.tck.cli;

import io.wstck.tck.report.ConsoleStyle;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes UTF-8 text in a character set that lacks some characters. A missing character is written as similar ASCII
 * characters, for example {@code ->} for an arrow, or as a question mark. For one thread at a time: its
 * {@link PrintStream} has a lock.
 */
final class SubstitutingOutput extends FilterOutputStream {
    /** The characters that the kit prints beside ASCII, and their ASCII forms. */
    private static final Map<Integer, String> SUBSTITUTES = Map.ofEntries(
            Map.entry((int) '…', "..."),
            Map.entry((int) '·', "-"),
            Map.entry((int) '→', "->"),
            Map.entry((int) '←', "<-"),
            Map.entry((int) '✓', "+"),
            Map.entry((int) '✗', "x"),
            Map.entry((int) '█', "#"),
            Map.entry((int) '░', "."),
            Map.entry((int) '§', "section "),
            Map.entry((int) '×', "x"),
            Map.entry((int) '–', "-"),
            Map.entry((int) '“', "\""),
            Map.entry((int) '”', "\""),
            Map.entry((int) '‘', "'"),
            Map.entry((int) '’', "'"));

    private final Charset charset;
    private final CharsetEncoder encoder;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    /** The start of a character whose other bytes have not been written yet. */
    private ByteBuffer incomplete = ByteBuffer.allocate(0);

    private SubstitutingOutput(OutputStream out, Charset charset) {
        super(out);
        this.charset = charset;
        this.encoder = charset.newEncoder();
    }

    /**
     * A print stream for a character set. A file or a pipe gets UTF-8 in place of ASCII: the default locale C means
     * ASCII, but programs and CI servers read UTF-8.
     */
    static PrintStream stream(OutputStream out, Charset charset, ConsoleStyle.Screen screen) {
        boolean readsUtf8 = charset.equals(StandardCharsets.US_ASCII) && screen == ConsoleStyle.Screen.STREAM;
        if (readsUtf8 || !charset.canEncode() || charset.newEncoder().canEncode("…→✓█")) {
            return new PrintStream(out, false, readsUtf8 ? StandardCharsets.UTF_8 : charset);
        }
        return new PrintStream(new SubstitutingOutput(out, charset), false, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer input = ByteBuffer.allocate(incomplete.remaining() + length)
                .put(incomplete)
                .put(bytes, offset, length)
                .flip();
        CharBuffer text = CharBuffer.allocate(input.remaining());
        decoder.decode(input, text, false);
        incomplete = input;
        out.write(substitute(text.flip().toString()).getBytes(charset));
    }

    private String substitute(String text) {
        StringBuilder written = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            String character = Character.toString(point);
            written.append(encoder.canEncode(character) ? character : SUBSTITUTES.getOrDefault(point, "?"));
        });
        return written.toString();
    }
}
