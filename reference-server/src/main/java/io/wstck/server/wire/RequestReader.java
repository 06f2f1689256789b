package io.wstck.server.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the header of one HTTP request, well-formed or not. It stops after the empty line, or after {@link #LIMIT}
 * bytes. One thread.
 */
public final class RequestReader {
    /** The longest request header, in bytes. */
    public static final int LIMIT = 64 << 10;

    /** Describes the bytes that follow {@link Progress#TOO_LONG}. They may start in the middle of a header. */
    public static final String REST_DESCRIPTION = "the rest of a request header of more than " + LIMIT + " bytes";

    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private int lineLength;

    /** The state of the reader. */
    public enum Progress {
        MORE_NEEDED,
        COMPLETE,
        /** The header has more than {@link #LIMIT} bytes. */
        TOO_LONG
    }

    /** Reads from {@code in}. Bytes after the request stay in the buffer. */
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

    /** The bytes that were read so far. */
    public Bytes raw() {
        return Bytes.owning(collected.toByteArray());
    }

    /** The header lines of an HTTP message: those between its first line and the empty line. */
    public static List<Header> headersOf(Bytes raw) {
        RequestReader reader = new RequestReader();
        var _ = reader.feed(raw.buffer());
        return reader.request().headers();
    }

    /** Parses the bytes that were read. A malformed header line becomes a header without a value. */
    public HttpRequest request() {
        // Latin-1 keeps every byte. HTTP does not define the charset.
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

    /** Strips blanks and tabs around a value (RFC 9110 §5.5). Other control characters are evidence and stay. */
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
