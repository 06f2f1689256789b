package io.wstck.tck.autobahn.probe;

import io.wstck.server.dial.OpeningHandshake.RequestWriter;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.Header;
import io.wstck.server.wire.Transport;
import io.wstck.server.wire.handshake.OpeningRequest;
import io.wstck.tck.autobahn.exchange.OutFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The form of an opening handshake's request: how it differs from the usual one.
 *
 * @param method the method of the request line
 * @param version the version of HTTP in the request line
 * @param target the form of the request target
 * @param edit makes the header lines from the usual ones
 * @param writing how the request is written to TCP
 */
public record RequestForm(
        String method, String version, TargetForm target, UnaryOperator<List<Header>> edit, RequestWriting writing) {
    private static final String KEY = "Sec-WebSocket-Key";
    private static final String PROTOCOL = "Sec-WebSocket-Protocol";

    /** The form of a request target (RFC 9112 §3.2). */
    public enum TargetForm {
        ORIGIN,
        ABSOLUTE
    }

    /** How a request is written to TCP. */
    public sealed interface RequestWriting {
        /** In one write. */
        record Whole() implements RequestWriting {}

        /** In pieces of so many bytes, with a pause after each. */
        record Pieces(int bytes, Duration pause) implements RequestWriting {}

        /** In one write with the bytes of a frame behind it. */
        record WithFrame(OutFrame frame) implements RequestWriting {}
    }

    /** The usual request. */
    public static RequestForm usual() {
        return new RequestForm(
                "GET", "HTTP/1.1", TargetForm.ORIGIN, UnaryOperator.identity(), new RequestWriting.Whole());
    }

    private RequestForm edited(UnaryOperator<List<Header>> further) {
        return new RequestForm(method, version, target, headers -> further.apply(edit.apply(headers)), writing);
    }

    /** The same request with another method and version in its line. */
    public RequestForm withLine(String otherMethod, String otherVersion) {
        return new RequestForm(otherMethod, otherVersion, target, edit, writing);
    }

    /** The same request with a target that is a whole URL. */
    public RequestForm withAbsoluteTarget() {
        return new RequestForm(method, version, TargetForm.ABSOLUTE, edit, writing);
    }

    /** The same request, written in another way. */
    public RequestForm written(RequestWriting other) {
        return new RequestForm(method, version, target, edit, other);
    }

    /** The same request without this header. */
    public RequestForm without(String name) {
        return edited(headers -> headers.stream()
                .filter(header -> !header.name().equalsIgnoreCase(name))
                .toList());
    }

    /** The same request with another value of this header, which it has. */
    public RequestForm with(String name, String value) {
        return edited(headers -> headers.stream()
                .map(header -> header.name().equalsIgnoreCase(name) ? new Header(header.name(), value) : header)
                .toList());
    }

    /** The same request with a further header line. */
    public RequestForm adding(String name, String value) {
        return edited(headers -> Stream.concat(headers.stream(), Stream.of(new Header(name, value)))
                .toList());
    }

    /** The same request with other names of its headers. */
    public RequestForm renaming(UnaryOperator<String> names) {
        return edited(headers -> headers.stream()
                .map(header -> new Header(names.apply(header.name()), header.value()))
                .toList());
    }

    /** The same request with other values of its headers. */
    public RequestForm revaluing(UnaryOperator<String> values) {
        return edited(headers -> headers.stream()
                .map(header -> new Header(header.name(), values.apply(header.value())))
                .toList());
    }

    /** The same request with this header alone, in several lines. */
    public RequestForm inLines(String name, String... values) {
        RequestForm form = without(name);
        for (String value : values) {
            form = form.adding(name, value);
        }
        return form;
    }

    /**
     * The request in this form.
     *
     * @param usual the usual request, which has a new key
     * @param base the URL of the server without its path
     */
    OpeningRequest of(OpeningRequest usual, String base) {
        List<Header> headers = edit.apply(usual.headers());
        List<String> offered = new ArrayList<>();
        String key = usual.key();
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(PROTOCOL)) {
                Stream.of(header.value().split(",")).map(String::strip).forEach(offered::add);
            } else if (header.name().equalsIgnoreCase(KEY)) {
                key = header.value().strip();
            }
        }
        String path = usual.target();
        return new OpeningRequest(target == TargetForm.ABSOLUTE ? base + path : path, key, offered, headers);
    }

    /** The bytes of {@code request}, which is in this form. */
    Bytes bytes(Bytes request) {
        String text = request.text().orElseThrow();
        int end = text.indexOf("\r\n");
        String line = text.substring(0, end).replaceFirst("^GET ", method + ' ').replaceFirst("HTTP/1\\.1$", version);
        return Bytes.utf8(line + text.substring(end));
    }

    /** Writes a request in this form. */
    RequestWriter writer() {
        return (transport, request, deadline) -> write(transport, bytes(request), deadline);
    }

    private boolean write(Transport transport, Bytes request, Deadline deadline)
            throws IOException, InterruptedException {
        return switch (writing) {
            case RequestWriting.Whole _ -> transport.writeAll(request.buffer(), deadline);
            case RequestWriting.Pieces pieces -> writePieces(transport, request.buffer(), pieces, deadline);
            case RequestWriting.WithFrame with -> {
                Bytes frame = MaskedFrame.encode(with.frame());
                ByteBuffer both = ByteBuffer.allocate(request.length() + frame.length());
                both.put(request.buffer()).put(frame.buffer()).flip();
                yield transport.writeAll(both, deadline);
            }
        };
    }

    private static boolean writePieces(
            Transport transport, ByteBuffer all, RequestWriting.Pieces pieces, Deadline deadline)
            throws IOException, InterruptedException {
        while (all.hasRemaining()) {
            ByteBuffer piece = all.slice(all.position(), Math.min(pieces.bytes(), all.remaining()));
            all.position(all.position() + piece.remaining());
            if (!transport.writeAll(piece, deadline)) {
                return false;
            }
            if (all.hasRemaining()) {
                transport.await(Transport.Interest.NOTHING, Deadline.in(pieces.pause()));
            }
        }
        return true;
    }
}
