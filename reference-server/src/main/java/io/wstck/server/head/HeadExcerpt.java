package io.wstck.server.head;

import io.wstck.server.text.Excerpt;
import io.wstck.server.wire.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An excerpt of the head of an HTTP request or answer, for people to read in reports and the live view. It has at most
 * {@value #MOST_HEADERS} header lines and about {@value #MOST_CHARACTERS} characters. Values are cut at
 * {@value #LONGEST_VALUE} characters. Of credentials it has only the length. It may contain control and format
 * characters, which the renderer makes visible.
 *
 * @param line the first line, with a remark about the whole head
 * @param headers the header lines in their order
 * @param leftOut the number of header lines that are left out at the end
 * @param negotiated the extension that the head puts in force, in words, or why its acceptance is invalid; absent when
 * it accepts none
 */
public record HeadExcerpt(String line, List<String> headers, int leftOut, Optional<String> negotiated) {
    /** The most header lines. */
    public static final int MOST_HEADERS = 40;

    /** The most characters of header lines, approximately. */
    static final int MOST_CHARACTERS = 4000;

    private static final int LONGEST_VALUE = 200;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_LINE = 300;

    public HeadExcerpt {
        headers = List.copyOf(headers);
    }

    static HeadExcerpt of(String line, List<Header> headers, SensitiveHeaders sensitive) {
        List<String> shown = new ArrayList<>();
        int characters = 0;
        boolean hidden = false;
        for (Header header : headers) {
            // Obsolete line folding (RFC 9112 §5.2): a line that begins with a blank continues the value before it.
            hidden = isFolded(header) ? hidden : sensitive.hides(header);
            String text = hidden ? hiddenLine(header) : visibleLine(header);
            characters += text.length();
            if (shown.size() >= MOST_HEADERS || characters > MOST_CHARACTERS) {
                break;
            }
            shown.add(text);
        }
        return new HeadExcerpt(
                Excerpt.withLength(line, LONGEST_LINE), shown, headers.size() - shown.size(), Optional.empty());
    }

    HeadExcerpt withLine(String other) {
        return new HeadExcerpt(other, headers, leftOut, negotiated);
    }

    HeadExcerpt withNegotiated(String extension) {
        return new HeadExcerpt(line, headers, leftOut, Optional.of(extension));
    }

    /** The lines after the first one: the headers, the number of headers left out, the negotiated extension. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(headers);
        if (leftOut > 0) {
            lines.add("… " + leftOut + " more " + (leftOut == 1 ? "header" : "headers"));
        }
        negotiated.ifPresent(lines::add);
        return lines;
    }

    private static boolean isFolded(Header header) {
        return header.name().startsWith(" ") || header.name().startsWith("\t");
    }

    private static String visibleLine(Header header) {
        String name = Excerpt.withLength(header.name(), LONGEST_NAME);
        if (header.value().isEmpty()) {
            // The journal records a line without a colon as a name without a value.
            return tokenLength(header.name()) == header.name().length() ? name + ":" : name;
        }
        return name + ": " + Excerpt.withLength(header.value(), LONGEST_VALUE);
    }

    /**
     * A header line whose value is hidden. An invalid name may contain a part of the value, so only its leading token
     * is shown.
     */
    private static String hiddenLine(Header header) {
        int end = tokenLength(header.name());
        int bytes = header.value().length() + header.name().length() - end;
        return Excerpt.withLength(header.name().substring(0, end), LONGEST_NAME) + ": (" + bytes + " bytes)";
    }

    /** The length of the token at the start of {@code name} (RFC 9110 §5.6.2). */
    private static int tokenLength(String name) {
        int end = 0;
        while (end < name.length() && isTokenCharacter(name.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isTokenCharacter(char c) {
        return c < 128 && (Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }
}
