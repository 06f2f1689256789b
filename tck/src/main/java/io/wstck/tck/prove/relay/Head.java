package io.wstck.tck.prove.relay;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The head of an HTTP request or response as its lines, byte for byte (in ISO 8859-1, which keeps every byte). Immutable.
 *
 * @param lines start line first, then the headers, without the empty line at the end
 */
public record Head(List<String> lines) {

    public Head {
        lines = List.copyOf(lines);
    }

    /** Reads the bytes of a head, the empty line at its end included. */
    static Head of(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return new Head(List.of(text.substring(0, text.length() - 4).split("\r\n", -1)));
    }

    byte[] bytes() {
        return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The request line or status line. */
    public String start() {
        return lines.getFirst();
    }

    /** Whether it is a response that another one follows (RFC 9110 §15.2). */
    public boolean isInterim() {
        return start().startsWith("HTTP/1.1 1") && !start().startsWith("HTTP/1.1 101");
    }

    /** The value of the first header of that name, without spaces around it. */
    public Optional<String> value(String name) {
        return lines.stream()
                .skip(1)
                .filter(line -> named(line, name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }

    /** With another start line. */
    public Head withStart(String line) {
        List<String> changed = new ArrayList<>(lines);
        changed.set(0, line);
        return new Head(changed);
    }

    /** With all headers of that name replaced by one at the end. */
    public Head with(String name, String value) {
        return without(name).and(name, value);
    }

    /** With one header more. */
    public Head and(String name, String value) {
        List<String> changed = new ArrayList<>(lines);
        changed.add(name + ": " + value);
        return new Head(changed);
    }

    /** With another value in each header of that name. */
    public Head changing(String name, UnaryOperator<String> change) {
        return new Head(lines.stream()
                .map(line -> named(line, name)
                        ? line.substring(0, line.indexOf(':') + 1) + " "
                                + change.apply(
                                        line.substring(line.indexOf(':') + 1).strip())
                        : line)
                .toList());
    }

    public Head without(String name) {
        return new Head(lines.stream().filter(line -> !named(line, name)).toList());
    }

    private static boolean named(String line, String name) {
        return line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":");
    }
}
