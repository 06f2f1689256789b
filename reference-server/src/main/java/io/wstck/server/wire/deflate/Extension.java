package io.wstck.server.wire.deflate;

import io.wstck.server.wire.PrintableExcerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One element of {@code Sec-WebSocket-Extensions} (RFC 6455 §9.1). */
record Extension(String name, List<Parameter> parameters) {
    static final String HEADER = "Sec-WebSocket-Extensions";

    private static final String DEFLATE = "permessage-deflate";
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern PARAMETER =
            Pattern.compile("[ \t]*(" + TOKEN + ")[ \t]*(?:=[ \t]*(.*))?", Pattern.DOTALL);

    Extension {
        parameters = List.copyOf(parameters);
    }

    /** A parameter, with or without a value. */
    record Parameter(String name, Optional<String> value) {}

    /** The header does not follow the grammar. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(String problem) {
            super(problem);
        }
    }

    /**
     * The elements of a header's value.
     *
     * @throws MalformedException that names the malformed part
     */
    static List<Extension> parse(String header) throws MalformedException {
        List<Extension> all = new ArrayList<>();
        for (String element : split(header, ',')) {
            if (!element.isBlank()) {
                all.add(one(element));
            }
        }
        return all;
    }

    /** The elements of a header's value, without malformed ones. */
    static List<Extension> parseLeniently(String header) {
        List<Extension> all = new ArrayList<>();
        for (String element : split(header, ',')) {
            List<Parameter> parts = new ArrayList<>();
            for (String part : split(element, ';')) {
                parameter(part).ifPresent(parts::add);
            }
            if (!parts.isEmpty()) {
                all.add(new Extension(parts.getFirst().name(), parts.subList(1, parts.size())));
            }
        }
        return all;
    }

    private static Extension one(String element) throws MalformedException {
        List<Parameter> parts = new ArrayList<>();
        for (String part : split(element, ';')) {
            parts.add(parameter(part)
                    .orElseThrow(() -> new MalformedException(
                            "expected name or name=value, got \"" + PrintableExcerpt.text(part) + '"')));
        }
        Parameter name = parts.getFirst();
        if (name.value().isPresent()) {
            throw new MalformedException(
                    "expected the name of an extension, got \"" + PrintableExcerpt.text(element.strip()) + '"');
        }
        return new Extension(name.name(), parts.subList(1, parts.size()));
    }

    private static Optional<Parameter> parameter(String part) {
        Matcher matcher = PARAMETER.matcher(part);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        if (matcher.group(2) == null) {
            return Optional.of(new Parameter(matcher.group(1), Optional.empty()));
        }
        // A quoted value must be a token too (RFC 6455 §9.1).
        return unquoted(withoutTrailingBlanks(matcher.group(2)))
                .filter(value -> value.matches(TOKEN))
                .map(value -> new Parameter(matcher.group(1), Optional.of(value)));
    }

    private static String withoutTrailingBlanks(String text) {
        int end = text.length();
        while (end > 0 && " \t".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(0, end);
    }

    /**
     * Removes the quotes of a quoted string. Text without quotes stays as it is. Empty when a quoted string does not
     * end, or ends early. This is no regular expression, because that needs stack for each escape, and a header may
     * have 30,000.
     */
    private static Optional<String> unquoted(String text) {
        if (!text.startsWith("\"")) {
            return Optional.of(text);
        }
        StringBuilder content = new StringBuilder();
        int at = 1;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 1 : 0;
            if (at < text.length()) {
                content.append(text.charAt(at++));
            }
        }
        return at == text.length() - 1 ? Optional.of(content.toString()) : Optional.empty();
    }

    /** Splits {@code text} at separators outside of quotes. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == separator && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
                continue;
            }
            part.append(c);
            if (quoted && c == '\\' && i + 1 < text.length()) {
                part.append(text.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
            }
        }
        parts.add(part.toString());
        return parts;
    }

    boolean isDeflate() {
        return name.equals(DEFLATE);
    }

    boolean has(String parameter) {
        return parameters.stream().anyMatch(given -> given.name().equals(parameter));
    }

    /** The value of the first parameter of that name. */
    Optional<String> value(String parameter) {
        return parameters.stream()
                .filter(given -> given.name().equals(parameter))
                .findFirst()
                .flatMap(Parameter::value);
    }

    /** 8 to 15 without leading zeros (RFC 7692 §7.1.2.1). */
    static boolean isWindowBits(String value) {
        return value.matches("[89]|1[0-5]");
    }

    static Extension deflate(List<Parameter> parameters) {
        return new Extension(DEFLATE, parameters);
    }

    /** The extension as the header has it. */
    String text() {
        StringBuilder text = new StringBuilder(name);
        for (Parameter parameter : parameters) {
            text.append("; ").append(parameter.name());
            parameter.value().ifPresent(value -> text.append('=').append(value));
        }
        return text.toString();
    }
}
