package io.wstck.server.head;

import io.wstck.server.text.Excerpt;
import io.wstck.server.wire.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The head of an HTTP message as people see it: at most {@value #MOST_HEADERS} header lines and some {@value #MOST_CHARACTERS}
 * characters, each value at most {@value #LONGEST_VALUE} characters, credentials by their length. Control and format characters are
 * still in it: the rendering makes them visible.
 *
 * @param line the first line, and what there is to say about the head as a whole
 * @param headers header lines, in order
 * @param leftOut how many header lines follow that are not shown
 * @param negotiated the extension that the head puts in force, in words, or why what it accepts is not valid; absent when it accepts none
 */
public record HeadExcerpt(String line, List<String> headers, int leftOut, Optional<String> negotiated) {
    /** How many header lines are shown. */
    public static final int MOST_HEADERS = 40;

    /** How many characters of header lines are shown, about. */
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
            // Obsolete line folding (RFC 9112 §5.2): a line that begins with a blank belongs to the value before it.
            hidden = isFolded(header) ? hidden : sensitive.hides(header);
            String text = hidden ? hidden(header) : open(header);
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

    /** All that is shown below the first line: the headers, how many more there are, what is negotiated. */
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

    private static String open(Header header) {
        String name = Excerpt.withLength(header.name(), LONGEST_NAME);
        if (header.value().isEmpty()) {
            // Of a line without a colon the journal has it all as the name.
            return tokenLength(header.name()) == header.name().length() ? name + ":" : name;
        }
        return name + ": " + Excerpt.withLength(header.value(), LONGEST_VALUE);
    }

    /** A name that is none may hold a part of the value: only its leading token is shown. */
    private static String hidden(Header header) {
        int end = tokenLength(header.name());
        int bytes = header.value().length() + header.name().length() - end;
        return Excerpt.withLength(header.name().substring(0, end), LONGEST_NAME) + ": (" + bytes + " bytes)";
    }

    /** The length of the token that {@code name} begins with (RFC 9110 §5.6.2). */
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
