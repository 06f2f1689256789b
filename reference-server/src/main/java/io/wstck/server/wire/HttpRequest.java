package io.wstck.server.wire;

import java.util.List;
import java.util.Optional;

/**
 * The header of an HTTP request as it came.
 *
 * @param line the request line
 * @param method the first word of the line
 * @param target the second word of the line, or nothing
 * @param headers in order
 * @param raw the bytes, where they were read one by one
 */
public record HttpRequest(String line, String method, String target, List<Header> headers, Optional<Bytes> raw) {
    public HttpRequest {
        headers = List.copyOf(headers);
    }

    /** The values of that header, the name compared without case. */
    public List<String> values(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    /** The comma-separated elements of that header over all its lines, trimmed, empty ones left out. */
    public List<String> elements(String name) {
        return values(name).stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .toList();
    }
}
