package io.wstck.server.scenario;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Header;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.RequestReader;
import io.wstck.server.wire.deflate.DeflateAnswer;
import io.wstck.server.wire.deflate.DeflateParameters;
import io.wstck.server.wire.handshake.AcceptKey;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The part of a scenario that tells how the server answers the handshake request, correctly or not.
 *
 * @param deflate the parameters for accepting permessage-deflate; absent: not accepted
 * @param location the server of the session that a header {@code Location} names
 * @param headers header lines after the standard ones
 * @param omit standard headers to leave out, by lower-case names
 * @param set replacement values of standard headers, by lower-case names
 * @param accept the form of {@code Sec-WebSocket-Accept}
 * @param raw bytes to send in place of the whole answer
 * @param glue the number of leading steps that are sent in the same write
 * @param chop the number of bytes per write
 */
public record HandshakeAnswer(
        int status,
        String phrase,
        Optional<RedirectLocation> location,
        List<Header> headers,
        Set<String> omit,
        Map<String, String> set,
        AcceptHeaderForm accept,
        SubprotocolSelection protocol,
        Optional<DeflateAnswer> deflate,
        Optional<String> body,
        Optional<Bytes> raw,
        int glue,
        OptionalInt chop,
        AfterAnswer after) {
    /** The status code of an accepted handshake. */
    public static final int SWITCHING_PROTOCOLS = 101;

    public HandshakeAnswer {
        headers = List.copyOf(headers);
        omit = Set.copyOf(omit);
        set = Map.copyOf(set);
    }

    /** Tells how the server selects the subprotocol of its answer. */
    public sealed interface SubprotocolSelection {
        /** Selects an offered subprotocol by its position. Selects none if none was offered. */
        enum OfferPosition implements SubprotocolSelection {
            FIRST,
            LAST,
            NONE
        }

        /** Selects this subprotocol, offered or not. */
        record FixedToken(String token) implements SubprotocolSelection {}
    }

    /** Tells what the server does with the connection after an answer other than 101. */
    public enum AfterAnswer {
        END,
        KEEP_OPEN
    }

    /** The correct 101. */
    public static HandshakeAnswer accepting() {
        return accepting(SubprotocolSelection.OfferPosition.NONE, Optional.empty());
    }

    /** A correct 101 that selects a subprotocol, and accepts permessage-deflate if it is offered. */
    public static HandshakeAnswer accepting(SubprotocolSelection protocol, Optional<DeflateAnswer> deflate) {
        return new HandshakeAnswer(
                SWITCHING_PROTOCOLS,
                "Switching Protocols",
                Optional.empty(),
                List.of(),
                Set.of(),
                Map.of(),
                AcceptHeaderForm.RIGHT,
                protocol,
                deflate,
                Optional.empty(),
                Optional.empty(),
                0,
                OptionalInt.empty(),
                AfterAnswer.END);
    }

    /** An answer with this status. Then the server ends the connection. */
    public static HandshakeAnswer refusing(int status, String phrase, List<Header> headers) {
        return new HandshakeAnswer(
                status,
                phrase,
                Optional.empty(),
                headers,
                Set.of(),
                Map.of(),
                AcceptHeaderForm.RIGHT,
                SubprotocolSelection.OfferPosition.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                OptionalInt.empty(),
                AfterAnswer.END);
    }

    /** Returns this answer with more header lines at the end. */
    public HandshakeAnswer withHeaders(List<Header> more) {
        List<Header> all = new ArrayList<>(headers);
        all.addAll(more);
        return new HandshakeAnswer(
                status, phrase, location, all, omit, set, accept, protocol, deflate, body, raw, glue, chop, after);
    }

    /** Returns this answer with a header {@code Location} for {@code url}, which is that of the named server. */
    public HandshakeAnswer located(URI url) {
        Header header = new Header("Location", location.orElseThrow().value(url));
        return withHeaders(List.of(header));
    }

    /** Returns this answer with this body. */
    public HandshakeAnswer withBody(String text) {
        return new HandshakeAnswer(
                status,
                phrase,
                location,
                headers,
                omit,
                set,
                accept,
                protocol,
                deflate,
                Optional.of(text),
                raw,
                glue,
                chop,
                after);
    }

    /** The status line that an {@code own} listener sends, unless the answer is {@code raw}. */
    public String statusLine() {
        return "HTTP/1.1 " + status + " " + phrase;
    }

    /** Whether frames follow the answer: after a 101, after a raw answer, or if the connection stays open. */
    public boolean framesFollow() {
        return status == SWITCHING_PROTOCOLS || raw.isPresent() || after == AfterAnswer.KEEP_OPEN;
    }

    /** The permessage-deflate parameters in the answer to {@code request}, valid or not. */
    public Optional<DeflateParameters> deflateFor(HttpRequest request) {
        return DeflateParameters.fromAnswer(raw.map(RequestReader::headersOf).orElseGet(() -> headersFor(request)));
    }

    /** The header lines of the answer to {@code request}, in their order. */
    public List<Header> headersFor(HttpRequest request) {
        List<Header> lines = new ArrayList<>();
        if (status == SWITCHING_PROTOCOLS) {
            standard(lines, new Header("Upgrade", "websocket"));
            standard(lines, new Header("Connection", "Upgrade"));
            String key =
                    request.values("Sec-WebSocket-Key").stream().findFirst().orElse("");
            standard(lines, accept.of("Sec-WebSocket-Accept", AcceptKey.answer(key)));
            select(request).ifPresent(token -> lines.add(new Header("Sec-WebSocket-Protocol", token)));
            deflate.flatMap(accepted -> accepted.answer(request)).ifPresent(lines::add);
        }
        lines.addAll(headers);
        if (status != SWITCHING_PROTOCOLS || body.isPresent()) {
            lines.add(new Header("Content-Length", String.valueOf(bodyBytes().length())));
        }
        return lines;
    }

    private void standard(List<Header> lines, Header header) {
        String key = header.name().toLowerCase(Locale.ROOT);
        if (!omit.contains(key)) {
            lines.add(new Header(header.name(), set.getOrDefault(key, header.value())));
        }
    }

    private Optional<String> select(HttpRequest request) {
        List<String> offered = request.elements("Sec-WebSocket-Protocol");
        return switch (protocol) {
            case SubprotocolSelection.FixedToken exactly -> Optional.of(exactly.token());
            case SubprotocolSelection.OfferPosition place ->
                switch (place) {
                    case FIRST -> offered.stream().findFirst();
                    case LAST -> offered.isEmpty() ? Optional.empty() : Optional.of(offered.getLast());
                    case NONE -> Optional.empty();
                };
        };
    }

    /** The body in UTF-8. */
    public Bytes bodyBytes() {
        return Bytes.utf8(body.orElse(""));
    }

    /** The bytes of the whole answer. */
    public Bytes bytesFor(HttpRequest request) {
        if (raw.isPresent()) {
            return raw.get();
        }
        StringBuilder text = new StringBuilder(statusLine()).append("\r\n");
        headersFor(request)
                .forEach(header -> text.append(header.name())
                        .append(": ")
                        .append(header.value())
                        .append("\r\n"));
        text.append("\r\n").append(body.orElse(""));
        return Bytes.utf8(text.toString());
    }
}
