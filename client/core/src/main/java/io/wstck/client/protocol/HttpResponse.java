package io.wstck.client.protocol;

import io.wstck.client.Header;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The head of an HTTP response.
 *
 * @param status three digits
 * @param phrase the reason phrase; may be empty
 * @param headers in the order received
 */
public record HttpResponse(int status, String phrase, List<Header> headers) {
    static final int SWITCHING_PROTOCOLS = 101;

    /** Returns whether another response follows: true for 1xx but 101, after which HTTP ends (RFC 9110 §15.2). */
    boolean isInterim() {
        return status < 200 && status != SWITCHING_PROTOCOLS;
    }

    /**
     * Returns the values of all header lines of that name, joined by commas (RFC 9110 §5.2). Names are
     * case-insensitive.
     */
    public Optional<String> header(String name) {
        List<Header> lines = headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .toList();
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(lines.stream().map(Header::value).collect(Collectors.joining(", ")));
    }
}
