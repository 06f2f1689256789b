package io.wstck.tck.prove.relay;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The head of an HTTP request or response as lines. It keeps every byte, because it uses ISO 8859-1. Immutable.
 *
 * @param lines the start line, then the header lines, without the final empty line
 */
public record HttpHead(List<String> lines) {

    public HttpHead {
        lines = List.copyOf(lines);
    }

    /** Parses the bytes of a head, including the final empty line. */
    static HttpHead of(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return new HttpHead(List.of(text.substring(0, text.length() - 4).split("\r\n", -1)));
    }

    byte[] bytes() {
        return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The request line or status line. */
    public String startLine() {
        return lines.getFirst();
    }

    /** Whether this is an interim response (RFC 9110 §15.2). */
    public boolean isInterim() {
        return startLine().startsWith("HTTP/1.1 1") && !startLine().startsWith("HTTP/1.1 101");
    }

    /** The value of the first header with this name, without surrounding spaces. */
    public Optional<String> value(String name) {
        return lines.stream()
                .skip(1)
                .filter(line -> hasName(line, name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }

    /** The same head with another start line. */
    public HttpHead withStartLine(String line) {
        List<String> changed = new ArrayList<>(lines);
        changed.set(0, line);
        return new HttpHead(changed);
    }

    /** The same head with one header in place of all headers with this name. The new header is the last one. */
    public HttpHead with(String name, String value) {
        return without(name).withAdded(name, value);
    }

    /** The same head with one more header. */
    public HttpHead withAdded(String name, String value) {
        List<String> changed = new ArrayList<>(lines);
        changed.add(name + ": " + value);
        return new HttpHead(changed);
    }

    /** The same head, with the change applied to the value of each header with this name. */
    public HttpHead withChanged(String name, UnaryOperator<String> change) {
        return new HttpHead(lines.stream()
                .map(line -> hasName(line, name)
                        ? line.substring(0, line.indexOf(':') + 1) + " "
                                + change.apply(
                                        line.substring(line.indexOf(':') + 1).strip())
                        : line)
                .toList());
    }

    public HttpHead without(String name) {
        return new HttpHead(lines.stream().filter(line -> !hasName(line, name)).toList());
    }

    private static boolean hasName(String line, String name) {
        return line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":");
    }
}
