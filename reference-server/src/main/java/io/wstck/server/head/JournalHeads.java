package io.wstck.server.head;

import io.wstck.server.journal.JournalEntry;
import io.wstck.server.text.Excerpt;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Header;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.RecordedPayload;
import io.wstck.server.wire.RequestReader;
import io.wstck.server.wire.deflate.DeflateAnswerCheck;
import io.wstck.server.wire.deflate.DeflateParameters;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Extracts an excerpt of each HTTP request and answer from journal entries. Requests and answers have heads. Raw bytes
 * may begin with some, such as interim answers and incomplete requests. Immutable; any thread.
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

    /**
     * The heads in {@code entry}, in their order. An entry about something else has none, and neither have bytes that
     * are not HTTP.
     */
    public List<HeadExcerpt> of(JournalEntry entry) {
        return of(entry, Optional.empty());
    }

    /**
     * The heads in an entry of a connection whose request may be known.
     *
     * @param request the request that an answer belongs to; the answer is checked against its offers
     */
    public List<HeadExcerpt> of(JournalEntry entry, Optional<HttpRequest> request) {
        return switch (entry) {
            case JournalEntry.RequestRead read ->
                List.of(HeadExcerpt.of(read.request().line(), read.request().headers(), sensitive));
            case JournalEntry.ResponseSent answer -> response(answer, request.map(HttpRequest::headers));
            case JournalEntry.RawBytes bytes ->
                headsOfBytes(bytes.payload(), bytes.payload().length() + " raw bytes");
            case JournalEntry.UnreadBytes unread -> unread(unread);
            case JournalEntry.TcpOpened _,
                    JournalEntry.Frame _,
                    JournalEntry.TlsResult _,
                    JournalEntry.DataMessage _,
                    JournalEntry.ViolationNoted _,
                    JournalEntry.StepDone _,
                    JournalEntry.CloseNotify _,
                    JournalEntry.ClientEnded _,
                    JournalEntry.ServerEnded _,
                    JournalEntry.ScriptEnded _,
                    JournalEntry.Epilogue _,
                    JournalEntry.ServerFailure _ -> List.of();
        };
    }

    /**
     * The permessage-deflate parameters in force after {@code answer}; absent when it does not accept the extension.
     */
    public static Optional<DeflateParameters> deflate(JournalEntry.ResponseSent answer) {
        return accepted(answer).flatMap(DeflateParameters::fromAnswer);
    }

    /** The headers of an answer with the status 101; absent for other answers. */
    private static Optional<List<Header>> accepted(JournalEntry.ResponseSent answer) {
        if (answer.raw().isPresent()) {
            Bytes raw = answer.raw().get();
            return latin1(raw.toArray()).startsWith(ACCEPTED)
                    ? Optional.of(RequestReader.headersOf(raw))
                    : Optional.empty();
        }
        return answer.status() == SWITCHING_PROTOCOLS ? Optional.of(answer.headers()) : Optional.empty();
    }

    /** The extension that an answer negotiates, or why a client must not accept it. */
    private static Optional<String> negotiated(JournalEntry.ResponseSent answer, Optional<List<Header>> request) {
        return accepted(answer)
                .flatMap(headers -> DeflateAnswerCheck.problem(headers, request)
                        .map(problem -> "not a valid answer: " + Excerpt.withEllipsis(problem, LONGEST_REASON))
                        .or(() -> DeflateParameters.fromAnswer(headers).map(DeflateDescription::of)));
    }

    private List<HeadExcerpt> response(JournalEntry.ResponseSent answer, Optional<List<Header>> request) {
        List<HeadExcerpt> heads = answer.raw()
                .map(raw -> rawAnswerHeads(raw.toArray()))
                .orElseGet(() -> List.of(HeadExcerpt.of(statusLine(answer), answer.headers(), sensitive)));
        Optional<String> negotiated = negotiated(answer, request);
        if (negotiated.isEmpty() || heads.isEmpty()) {
            return heads;
        }
        List<HeadExcerpt> all = new ArrayList<>(heads);
        all.set(0, heads.getFirst().withNegotiated(negotiated.get()));
        return all;
    }

    private List<HeadExcerpt> unread(JournalEntry.UnreadBytes entry) {
        String what = entry.length() + " bytes left unread: " + Excerpt.withEllipsis(entry.detail(), LONGEST_REASON);
        if (entry.isRestOfRequest()) {
            // The bytes may begin in the middle of a credential, so none of them is shown.
            return List.of(new HeadExcerpt(what, List.of(), 0, Optional.empty()));
        }
        return entry.payload().map(payload -> headsOfBytes(payload, what)).orElse(List.of());
    }

    private static String statusLine(JournalEntry.ResponseSent answer) {
        return answer.line().orElse("HTTP " + answer.status());
    }

    private List<HeadExcerpt> rawAnswerHeads(byte[] bytes) {
        return STATUS_LINE.matcher(latin1(bytes)).lookingAt()
                ? heads(bytes)
                : List.of(HeadExcerpt.of(
                        bytes.length + " bytes that are no HTTP: \"" + latin1(bytes) + "\"", List.of(), sensitive));
    }

    /** The heads at the start of the bytes: interim answers, then one other head. */
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

    /** The heads of bytes below the frame layer, if they begin with one. {@code what} describes the bytes. */
    private List<HeadExcerpt> headsOfBytes(RecordedPayload payload, String what) {
        byte[] kept = payload.kept().toArray();
        String text = latin1(kept);
        if (!STATUS_LINE.matcher(text).lookingAt()
                && !REQUEST_LINE.matcher(text).lookingAt()) {
            return List.of();
        }
        List<HeadExcerpt> heads = new ArrayList<>(heads(kept));
        String cut = payload.sha256().isPresent() ? ", of which the journal keeps the first " + kept.length : "";
        heads.set(
                0,
                heads.getFirst().withLine(what + cut + ": " + heads.getFirst().line()));
        return heads;
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
