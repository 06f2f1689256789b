package io.wstck.tck.autobahn.probe;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Header;
import io.wstck.server.wire.RequestReader;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of an answer of HTTP/1.x. An answer to a request of HTTP/1.0 may have that version, too.
 *
 * @param status empty unless the whole head came and begins with a status line
 */
record AnswerHead(OptionalInt status, List<Header> headers) {
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[0-9] ([1-9][0-9]{2})(?: .*)?");

    AnswerHead {
        headers = List.copyOf(headers);
    }

    static AnswerHead parse(Bytes raw) {
        RequestReader reader = new RequestReader();
        if (reader.feed(raw.buffer()) != RequestReader.Progress.COMPLETE) {
            return new AnswerHead(OptionalInt.empty(), List.of());
        }
        Matcher line = STATUS_LINE.matcher(reader.request().line());
        return new AnswerHead(
                line.matches() ? OptionalInt.of(Integer.parseInt(line.group(1))) : OptionalInt.empty(),
                reader.request().headers());
    }
}
