package io.wstck.server.wire;

import java.util.List;

/** One header line of an HTTP message. */
public record Header(String name, String value) {
    /** The values of the headers with this name, in their order. Case does not matter. */
    static List<String> values(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    /** The comma-separated elements of all lines of this header, trimmed, without empty ones. */
    static List<String> elements(List<Header> headers, String name) {
        return values(headers, name).stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .toList();
    }
}
