package io.wstck.server.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the header of one HTTP request, however malformed, up to its empty line and not a byte further. At most
 * {@link #LIMIT} bytes. One thread.
 */
public final class RequestReader {
    /** The longest request header that is read, in bytes. */
    public static final int LIMIT = 64 << 10;

    /** What the bytes are that follow {@link Progress#TOO_LONG}: they may be in the middle of any header. */
    public static final String REST = "the rest of a request header of more than " + LIMIT + " bytes";

    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private int lineLength;

    /** How far reading has come. */
    public enum Progress {
        MORE_NEEDED,
        COMPLETE,
        /** {@link #LIMIT} bytes and no end. */
        TOO_LONG
    }

    /** Reads from {@code in}; what follows the request is left in it. */
    public Progress feed(ByteBuffer in) {
        while (in.hasRemaining()) {
            if (collected.size() >= LIMIT) {
                return Progress.TOO_LONG;
            }
            byte next = in.get();
            collected.write(next);
            if (next == '\n') {
                if (lineLength == 0) {
                    return Progress.COMPLETE;
                }
                lineLength = 0;
            } else if (next != '\r') {
                lineLength++;
            }
        }
        return Progress.MORE_NEEDED;
    }

    /** What was read so far. */
    public Bytes raw() {
        return Bytes.owning(collected.toByteArray());
    }

    /** The header lines of a request or an answer, after its first line and up to its empty one. */
    public static List<Header> headersOf(Bytes raw) {
        RequestReader reader = new RequestReader();
        var _ = reader.feed(raw.buffer());
        return reader.request().headers();
    }

    /** Takes what was read apart; what is no header line becomes a header without a value. */
    public HttpRequest request() {
        // Latin-1 keeps every byte; HTTP says no more about them.
        String text = collected.toString(StandardCharsets.ISO_8859_1);
        List<String> lines = List.of(text.split("\r?\n", -1));
        String line = lines.getFirst();
        String[] words = line.split(" ", -1);
        List<Header> headers = new ArrayList<>();
        for (String header : lines.subList(1, lines.size())) {
            if (!header.isEmpty()) {
                headers.add(header(header));
            }
        }
        String target = words.length > 1 ? words[1] : "";
        return new HttpRequest(line, words[0], target, headers, Optional.of(raw()));
    }

    private static Header header(String line) {
        int colon = line.indexOf(':');
        return colon < 0
                ? new Header(line, "")
                : new Header(line.substring(0, colon), stripBlanks(line.substring(colon + 1)));
    }

    /** Optional white space around a value is blanks and tabs (RFC 9110 §5.5); other control characters are evidence. */
    private static String stripBlanks(String value) {
        int start = 0;
        int end = value.length();
        while (start < end && isBlank(value.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
