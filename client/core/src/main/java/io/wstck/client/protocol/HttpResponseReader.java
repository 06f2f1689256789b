package io.wstck.client.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.wstck.client.Header;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parses the head of an HTTP response, which may arrive in any portions. It is strict: lines end with CR LF, and a
 * header's name is a token right before its colon (RFC 9112 §2, §5). Interim responses before the head are dropped (RFC
 * 9110 §15.2). Bytes after the head stay in the buffer: they are frames. For one thread at a time.
 */
public final class HttpResponseReader {
    /** The largest head in bytes, including the interim responses before it. */
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
     * @throws HandshakeException at the first illegal byte, beyond {@link #LIMIT}, or after more than
     * {@link #MAX_INTERIM_RESPONSES}
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
                    takeLine(text);
                } else {
                    HttpResponse response = response();
                    if (!response.isInterim()) {
                        return Optional.of(response);
                    }
                    dropInterim(response);
                }
            } else if (value == '\r') {
                afterCarriageReturn = true;
            } else {
                takeByte(value);
            }
        }
        return Optional.empty();
    }

    /** Returns the number of bytes taken, for messages about a truncated response. */
    public int size() {
        return size;
    }

    private void takeByte(int value) throws HandshakeException {
        if (value == '\n' || value == 0) {
            throw new HandshakeException(
                    "response head: expected no bare LF and no NUL, got one at byte " + size + " (RFC 9112 §2.2)");
        }
        // Checked at once, because input that is not HTTP may never end a line.
        if (statusLine.isEmpty() && line.size() < VERSION.length() && value != VERSION.charAt(line.size())) {
            throw new HandshakeException("status line: expected \"" + VERSION + "\", got another byte at " + size);
        }
        line.write(value);
    }

    private void takeLine(String text) throws HandshakeException {
        if (statusLine.isEmpty()) {
            if (!text.matches("HTTP/1\\.1 [1-9][0-9]{2}( .*)?")) {
                throw new HandshakeException(
                        "status line: expected HTTP/1.1 and three digits, got " + PrintableText.quoted(text));
            }
            statusLine = Optional.of(text);
        } else if (text.startsWith(" ") || text.startsWith("\t")) {
            unfold(text);
        } else {
            int colon = text.indexOf(':');
            if (colon < 0 || !HttpTokens.isToken(text.substring(0, colon))) {
                throw new HandshakeException("header line: expected a token and a colon, got "
                        + PrintableText.quoted(text) + " (RFC 9112 §5)");
            }
            headers.add(new Header(text.substring(0, colon), HttpTokens.trim(text.substring(colon + 1))));
        }
    }

    /**
     * RFC 9110 §15.2: a client parses any number of interim responses, and may ignore them. The number here is bounded.
     */
    private void dropInterim(HttpResponse interim) throws HandshakeException {
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
        headers.add(new Header(folded.name(), HttpTokens.trim(folded.value() + " " + HttpTokens.trim(text))));
    }

    private HttpResponse response() {
        String text = statusLine.orElseThrow();
        int status = Integer.parseInt(text.substring(VERSION.length(), VERSION.length() + 3));
        String phrase = HttpTokens.trim(text.substring(VERSION.length() + 3));
        return new HttpResponse(status, phrase, List.copyOf(headers));
    }
}
