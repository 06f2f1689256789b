package io.wstck.server.scenario;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Header;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.RequestReader;
import io.wstck.server.wire.deflate.DeflateAnswer;
import io.wstck.server.wire.deflate.DeflateParameters;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How a request is answered.
 *
 * @param deflate how permessage-deflate is accepted, if it is
 * @param location the server of the session that a header {@code Location} leads to
 * @param headers sent after the standard ones
 * @param omit lower-case names of standard headers that are left out
 * @param set values by the lower-case name of the standard header that they replace
 * @param accept how the value of {@code Sec-WebSocket-Accept} is written
 * @param raw sent instead of everything else
 * @param glue how many leading steps leave in the same write
 * @param chop bytes a write
 */
public record HandshakeAnswer(
        int status,
        String phrase,
        Optional<Location> location,
        List<Header> headers,
        Set<String> omit,
        Map<String, String> set,
        AcceptForm accept,
        Subprotocol protocol,
        Optional<DeflateAnswer> deflate,
        Optional<String> body,
        Optional<Bytes> raw,
        int glue,
        OptionalInt chop,
        AfterAnswer after) {
    /** The status of an accepted handshake. */
    public static final int SWITCHING_PROTOCOLS = 101;

    private static final String ACCEPT_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    public HandshakeAnswer {
        headers = List.copyOf(headers);
        omit = Set.copyOf(omit);
        set = Map.copyOf(set);
    }

    /** Which of the offered subprotocols is selected. */
    public sealed interface Subprotocol {
        /** One of the offered, by its place; none when none was offered. */
        enum Offered implements Subprotocol {
            FIRST,
            LAST,
            NONE
        }

        /** Exactly this one, offered or not. */
        record Exactly(String token) implements Subprotocol {}
    }

    /** What becomes of the connection after an answer other than 101. */
    public enum AfterAnswer {
        END,
        KEEP_OPEN
    }

    /** The correct 101. */
    public static HandshakeAnswer accepting() {
        return accepting(Subprotocol.Offered.NONE, Optional.empty());
    }

    /** A correct 101 that selects a subprotocol, and accepts permessage-deflate where it is offered. */
    public static HandshakeAnswer accepting(Subprotocol protocol, Optional<DeflateAnswer> deflate) {
        return new HandshakeAnswer(
                SWITCHING_PROTOCOLS,
                "Switching Protocols",
                Optional.empty(),
                List.of(),
                Set.of(),
                Map.of(),
                AcceptForm.RIGHT,
                protocol,
                deflate,
                Optional.empty(),
                Optional.empty(),
                0,
                OptionalInt.empty(),
                AfterAnswer.END);
    }

    /** An answer with that status, and nothing after it. */
    public static HandshakeAnswer refusing(int status, String phrase, List<Header> headers) {
        return new HandshakeAnswer(
                status,
                phrase,
                Optional.empty(),
                headers,
                Set.of(),
                Map.of(),
                AcceptForm.RIGHT,
                Subprotocol.Offered.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                OptionalInt.empty(),
                AfterAnswer.END);
    }

    /** The same with further header lines after those that it has. */
    public HandshakeAnswer with(List<Header> more) {
        List<Header> all = new ArrayList<>(headers);
        all.addAll(more);
        return new HandshakeAnswer(
                status, phrase, location, all, omit, set, accept, protocol, deflate, body, raw, glue, chop, after);
    }

    /** The same with a header {@code Location} in place of the server that it names; the URL is that server's. */
    public HandshakeAnswer located(URI url) {
        Header header = new Header("Location", location.orElseThrow().value(url));
        return with(List.of(header));
    }

    /** The same with that body. */
    public HandshakeAnswer with(String text) {
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

    /** The first line of an answer that is not {@code raw}, as an {@code own} listener sends it. */
    public String statusLine() {
        return "HTTP/1.1 " + status + " " + phrase;
    }

    /** Whether frames follow the answer: after a 101, after bytes of the scenario's own, or when it is kept open. */
    public boolean framesFollow() {
        return status == SWITCHING_PROTOCOLS || raw.isPresent() || after == AfterAnswer.KEEP_OPEN;
    }

    /** What the answer to {@code request} says about permessage-deflate, right or wrong. */
    public Optional<DeflateParameters> deflateFor(HttpRequest request) {
        return DeflateParameters.inForce(raw.map(RequestReader::headersOf).orElseGet(() -> headersFor(request)));
    }

    /** The header lines that answer {@code request}, in their order. */
    public List<Header> headersFor(HttpRequest request) {
        List<Header> lines = new ArrayList<>();
        if (status == SWITCHING_PROTOCOLS) {
            standard(lines, "Upgrade", "websocket");
            standard(lines, "Connection", "Upgrade");
            String key =
                    request.values("Sec-WebSocket-Key").stream().findFirst().orElse("");
            standard(lines, "Sec-WebSocket-Accept", accept.of(acceptFor(key)));
            select(request).ifPresent(token -> lines.add(new Header("Sec-WebSocket-Protocol", token)));
            deflate.flatMap(accepted -> accepted.answer(request)).ifPresent(lines::add);
        }
        lines.addAll(headers);
        if (status != SWITCHING_PROTOCOLS || body.isPresent()) {
            lines.add(new Header("Content-Length", String.valueOf(bodyBytes().length())));
        }
        return lines;
    }

    private void standard(List<Header> lines, String name, String value) {
        String key = name.toLowerCase(java.util.Locale.ROOT);
        if (!omit.contains(key)) {
            lines.add(new Header(name, set.getOrDefault(key, value)));
        }
    }

    private Optional<String> select(HttpRequest request) {
        List<String> offered = request.elements("Sec-WebSocket-Protocol");
        return switch (protocol) {
            case Subprotocol.Exactly exactly -> Optional.of(exactly.token());
            case Subprotocol.Offered place ->
                switch (place) {
                    case FIRST -> offered.stream().findFirst();
                    case LAST -> offered.isEmpty() ? Optional.empty() : Optional.of(offered.getLast());
                    case NONE -> Optional.empty();
                };
        };
    }

    /** The value of {@code Sec-WebSocket-Accept} for a key (RFC 6455 §4.2.2). */
    static String acceptFor(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key + ACCEPT_GUID).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("SHA-1 is required of every Java platform", impossible);
        }
    }

    /** The body, in UTF-8. */
    public Bytes bodyBytes() {
        return Bytes.utf8(body.orElse(""));
    }

    /** The whole answer, as bytes. */
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
