package io.wstck.server.wire;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of an HTTP response, as received.
 *
 * @param line the status line
 * @param status the status code, 100 to 999; empty when the line is not the status line of HTTP/1.1
 * @param headers the header lines in their order
 */
public record HttpResponse(String line, OptionalInt status, List<Header> headers) {
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int FIRST_FINAL = 200;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 ([1-9][0-9]{2})(?: .*)?");

    public HttpResponse {
        headers = List.copyOf(headers);
    }

    /** Parses the head of a response, well-formed or not. */
    public static HttpResponse parse(Bytes raw) {
        RequestReader reader = new RequestReader();
        var _ = reader.feed(raw.buffer());
        return of(reader.request());
    }

    /** Interprets a head that was read as that of a response. */
    public static HttpResponse of(HttpRequest head) {
        Matcher line = STATUS_LINE.matcher(head.line());
        OptionalInt status = line.matches() ? OptionalInt.of(Integer.parseInt(line.group(1))) : OptionalInt.empty();
        return new HttpResponse(head.line(), status, head.headers());
    }

    /** Whether another answer follows: the status is 1xx, but not 101 (RFC 9110 §15.2). */
    public boolean isInterim() {
        return status.isPresent() && status.getAsInt() < FIRST_FINAL && status.getAsInt() != SWITCHING_PROTOCOLS;
    }

    /** The values of the header with this name. Case does not matter. */
    public List<String> values(String name) {
        return Header.values(headers, name);
    }

    /** The comma-separated elements of all lines of this header, trimmed, without empty ones. */
    public List<String> elements(String name) {
        return Header.elements(headers, name);
    }
}
