package io.wstck.server.head;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.text.Excerpt;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Header;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.RequestReader;
import io.wstck.server.wire.deflate.AnswerCheck;
import io.wstck.server.wire.deflate.DeflateParameters;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The heads of HTTP messages in an entry of a journal, in its JSON form (docs/scenarios.md): those of requests and answers, and those
 * that raw bytes begin with, such as interim answers and requests that were never completed. Immutable; any thread.
 */
public final class JournalHeads {
    private static final int LONGEST_REASON = 200;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final String ACCEPTED = "HTTP/1.1 101";
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/[0-9]");
    private static final Pattern INTERIM = Pattern.compile("HTTP/1\\.[0-9] 1(?!01)[0-9]{2}\\b");
    private static final Pattern REQUEST_LINE = Pattern.compile("[A-Z]{3,10} [!-~]");

    private final SensitiveHeaders sensitive;

    public JournalHeads(SensitiveHeaders sensitive) {
        this.sensitive = sensitive;
    }

    /** The heads in {@code entry}, in order; none in an entry about something else, or in bytes that are no HTTP. */
    public List<HeadExcerpt> of(JsonNode entry) {
        return of(entry, Optional.empty());
    }

    /**
     * The same for an entry of a connection whose request is known.
     *
     * @param request the entry of the request that an answer belongs to: what it accepts is compared with the offer
     */
    public List<HeadExcerpt> of(JsonNode entry, Optional<JsonNode> request) {
        return switch (entry.path("type").asText()) {
            case "request" -> List.of(HeadExcerpt.of(entry.path("line").asText(), headers(entry), sensitive));
            case "response" -> response(entry, request.map(JournalHeads::headers));
            case "bytes" -> bytes(entry, entry.path("length").asLong() + " raw bytes");
            case "unread" -> unread(entry);
            default -> List.of();
        };
    }

    /** What permessage-deflate is in force after {@code entry}; absent when it accepts none. */
    public static Optional<DeflateParameters> deflate(JsonNode entry) {
        return accepting(entry).flatMap(DeflateParameters::inForce);
    }

    /** The headers of an answer with the status 101; absent for any other entry. */
    private static Optional<List<Header>> accepting(JsonNode entry) {
        if (!entry.path("type").asText().equals("response")) {
            return Optional.empty();
        }
        Optional<byte[]> raw = raw(entry);
        if (raw.isPresent()) {
            return latin1(raw.get()).startsWith(ACCEPTED)
                    ? Optional.of(RequestReader.headersOf(Bytes.owning(raw.get())))
                    : Optional.empty();
        }
        return entry.path("status").asInt() == SWITCHING_PROTOCOLS ? Optional.of(headers(entry)) : Optional.empty();
    }

    /** What an answer negotiates, or why it is none that a client may accept. */
    private static Optional<String> negotiated(JsonNode entry, Optional<List<Header>> request) {
        return accepting(entry)
                .flatMap(answer -> AnswerCheck.problem(answer, request)
                        .map(problem -> "not a valid answer: " + Excerpt.withEllipsis(problem, LONGEST_REASON))
                        .or(() -> DeflateParameters.inForce(answer).map(DeflateWords::of)));
    }

    private List<HeadExcerpt> response(JsonNode entry, Optional<List<Header>> request) {
        Optional<byte[]> raw = raw(entry);
        List<HeadExcerpt> heads = raw.isPresent()
                ? raw(raw.get())
                : List.of(HeadExcerpt.of(statusLine(entry), headers(entry), sensitive));
        Optional<String> negotiated = negotiated(entry, request);
        if (negotiated.isEmpty() || heads.isEmpty()) {
            return heads;
        }
        List<HeadExcerpt> all = new ArrayList<>(heads);
        all.set(0, heads.getFirst().withNegotiated(negotiated.get()));
        return all;
    }

    private List<HeadExcerpt> unread(JsonNode entry) {
        String detail = entry.path("detail").asText();
        String what =
                entry.path("length").asLong() + " bytes left unread: " + Excerpt.withEllipsis(detail, LONGEST_REASON);
        // They may begin in the middle of a credential, so nothing of them is shown.
        return detail.equals(RequestReader.REST)
                ? List.of(new HeadExcerpt(what, List.of(), 0, Optional.empty()))
                : bytes(entry, what);
    }

    private static String statusLine(JsonNode entry) {
        return entry.path("line").asText("HTTP " + entry.path("status").asInt());
    }

    private List<HeadExcerpt> raw(byte[] bytes) {
        return STATUS_LINE.matcher(latin1(bytes)).lookingAt()
                ? heads(bytes)
                : List.of(HeadExcerpt.of(
                        bytes.length + " bytes that are no HTTP: \"" + latin1(bytes) + "\"", List.of(), sensitive));
    }

    /** The heads that the bytes begin with: interim answers, then one more. */
    private List<HeadExcerpt> heads(byte[] bytes) {
        List<HeadExcerpt> heads = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        boolean interim = true;
        while (interim && in.hasRemaining()) {
            RequestReader reader = new RequestReader();
            RequestReader.Progress progress = reader.feed(in);
            HttpRequest head = reader.request();
            interim = progress == RequestReader.Progress.COMPLETE
                    && INTERIM.matcher(head.line()).lookingAt();
            heads.add(HeadExcerpt.of(head.line(), head.headers(), sensitive));
        }
        if (in.hasRemaining()) {
            HeadExcerpt last = heads.removeLast();
            heads.add(last.withLine(last.line() + " (" + in.remaining() + " bytes follow the head)"));
        }
        return heads;
    }

    /** Bytes below the frame layer, where they begin like a head; {@code what} says what they are. */
    private List<HeadExcerpt> bytes(JsonNode entry, String what) {
        byte[] kept = payload(entry);
        String text = latin1(kept);
        if (!STATUS_LINE.matcher(text).lookingAt()
                && !REQUEST_LINE.matcher(text).lookingAt()) {
            return List.of();
        }
        List<HeadExcerpt> heads = new ArrayList<>(heads(kept));
        String cut = entry.has("sha256") ? ", of which the journal keeps the first " + kept.length : "";
        heads.set(
                0,
                heads.getFirst().withLine(what + cut + ": " + heads.getFirst().line()));
        return heads;
    }

    private static byte[] payload(JsonNode entry) {
        return entry.has("text")
                ? entry.get("text").asText().getBytes(StandardCharsets.UTF_8)
                : decode(entry.path("data").asText(entry.path("head").asText("")));
    }

    private static Optional<byte[]> raw(JsonNode entry) {
        return entry.has("raw") ? Optional.of(decode(entry.get("raw").asText())) : Optional.empty();
    }

    private static byte[] decode(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static List<Header> headers(JsonNode entry) {
        List<Header> headers = new ArrayList<>();
        entry.path("headers")
                .forEach(pair -> headers.add(
                        new Header(pair.path(0).asText(), pair.path(1).asText())));
        return headers;
    }
}
