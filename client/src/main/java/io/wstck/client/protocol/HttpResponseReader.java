package io.wstck.client.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.wstck.client.Header;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the head of an HTTP response in any portions, strictly: lines end with CR LF, a header's name is a token right before its
 * colon (RFC 9112 §2, §5). Interim responses before it are read and dropped (RFC 9110 §15.2). What follows the head is left in the
 * buffer: those bytes are frames. For one thread at a time.
 */
public final class HttpResponseReader {
    /** The largest head in bytes, with those of the interim responses before it. */
    public static final int LIMIT = 64 * 1024;

    /** The largest number of interim responses before the head. */
    public static final int MAX_INTERIM_RESPONSES = 32;

    private static final String VERSION = "HTTP/1.1 ";

    private final ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    private final List<Header> headers = new ArrayList<>();
    private int size;
    private int interimResponses;
    private boolean afterCarriageReturn;
    private Optional<String> statusLine = Optional.empty();

    /**
     * Takes bytes up to the end of the head.
     *
     * @return the final response, or empty when all bytes are taken and its head is not complete
     * @throws HandshakeException at the first byte that no response can have there, beyond {@link #LIMIT}, or after more than {@link
     *     #MAX_INTERIM_RESPONSES}
     */
    public Optional<HttpResponse> next(ByteBuffer in) throws HandshakeException {
        while (in.hasRemaining()) {
            if (++size > LIMIT) {
                throw new HandshakeException("response head: expected at most " + LIMIT + " bytes");
            }
            int value = in.get() & 0xFF;
            if (afterCarriageReturn) {
                if (value != '\n') {
                    throw new HandshakeException(
                            "response head: expected LF after CR at byte " + size + " (RFC 9112 §2.2)");
                }
                afterCarriageReturn = false;
                String text = line.toString(ISO_8859_1);
                line.reset();
                if (statusLine.isEmpty() || !text.isEmpty()) {
                    take(text);
                } else {
                    HttpResponse response = response();
                    if (!response.isInterim()) {
                        return Optional.of(response);
                    }
                    drop(response);
                }
            } else if (value == '\r') {
                afterCarriageReturn = true;
            } else {
                takeByte(value);
            }
        }
        return Optional.empty();
    }

    /** Returns how many bytes were taken, for messages about a response that was cut. */
    public int size() {
        return size;
    }

    private void takeByte(int value) throws HandshakeException {
        if (value == '\n' || value == 0) {
            throw new HandshakeException(
                    "response head: expected no bare LF and no NUL, got one at byte " + size + " (RFC 9112 §2.2)");
        }
        // Judged at once: what is no HTTP may never end a line.
        if (statusLine.isEmpty() && line.size() < VERSION.length() && value != VERSION.charAt(line.size())) {
            throw new HandshakeException("status line: expected \"" + VERSION + "\", got another byte at " + size);
        }
        line.write(value);
    }

    private void take(String text) throws HandshakeException {
        if (statusLine.isEmpty()) {
            if (!text.matches("HTTP/1\\.1 [1-9][0-9]{2}( .*)?")) {
                throw new HandshakeException(
                        "status line: expected HTTP/1.1 and three digits, got " + Shown.quoted(text));
            }
            statusLine = Optional.of(text);
        } else if (text.startsWith(" ") || text.startsWith("\t")) {
            unfold(text);
        } else {
            int colon = text.indexOf(':');
            if (colon < 0 || !Tokens.isToken(text.substring(0, colon))) {
                throw new HandshakeException(
                        "header line: expected a token and a colon, got " + Shown.quoted(text) + " (RFC 9112 §5)");
            }
            headers.add(new Header(text.substring(0, colon), Tokens.trim(text.substring(colon + 1))));
        }
    }

    /** RFC 9110 §15.2: a client parses any number of interim responses, and may ignore them. The number here is bounded. */
    private void drop(HttpResponse interim) throws HandshakeException {
        if (++interimResponses > MAX_INTERIM_RESPONSES) {
            throw new HandshakeException("response: expected at most " + MAX_INTERIM_RESPONSES
                    + " interim responses, got another one with status " + interim.status() + " (RFC 9110 §15.2)");
        }
        statusLine = Optional.empty();
        headers.clear();
    }

    /** RFC 9112 §5.2: a user agent replaces each folding with spaces. */
    private void unfold(String text) throws HandshakeException {
        if (headers.isEmpty()) {
            throw new HandshakeException("header line: expected a name, got white space (RFC 9112 §2.2)");
        }
        Header folded = headers.removeLast();
        headers.add(new Header(folded.name(), Tokens.trim(folded.value() + " " + Tokens.trim(text))));
    }

    private HttpResponse response() {
        String text = statusLine.orElseThrow();
        int status = Integer.parseInt(text.substring(VERSION.length(), VERSION.length() + 3));
        String phrase = Tokens.trim(text.substring(VERSION.length() + 3));
        return new HttpResponse(status, phrase, List.copyOf(headers));
    }
}
