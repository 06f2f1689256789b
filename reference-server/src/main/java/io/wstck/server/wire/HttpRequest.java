package io.wstck.server.wire;

import java.util.List;
import java.util.Optional;

/**
 * The request line and the headers of an HTTP request, as received.
 *
 * @param line the request line
 * @param method the first word of the line
 * @param target the second word of the line; may be empty
 * @param headers the header lines in their order
 * @param raw the bytes as received; absent where Undertow has parsed the request
 */
public record HttpRequest(String line, String method, String target, List<Header> headers, Optional<Bytes> raw) {
    public HttpRequest {
        headers = List.copyOf(headers);
    }

    /** The values of the header with this name. Case does not matter. */
    public List<String> values(String name) {
        return Header.values(headers, name);
    }

    /** The comma-separated elements of all lines of this header, trimmed, without empty ones. */
    public List<String> elements(String name) {
        return Header.elements(headers, name);
    }
}
