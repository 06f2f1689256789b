package io.wstck.client.protocol;

import java.util.ArrayList;
import java.util.List;

/** Parses tokens and comma-separated lists in HTTP headers (RFC 9110 §5.6). */
final class HttpTokens {
    private static final String SYMBOLS = "!#$%&'*+-.^_`|~";

    private HttpTokens() {}

    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(HttpTokens::isTokenCharacter);
    }

    /** Returns the elements of a list without surrounding white space; empty ones are left out (RFC 9110 §5.6.1.2). */
    static List<String> parseList(String value) {
        List<String> elements = new ArrayList<>();
        int start = 0;
        while (start <= value.length()) {
            int comma = value.indexOf(',', start);
            int end = comma < 0 ? value.length() : comma;
            String element = trim(value.substring(start, end));
            if (!element.isEmpty()) {
                elements.add(element);
            }
            start = end + 1;
        }
        return elements;
    }

    /** Strips spaces and tabs, the only white space that is allowed around a header value (RFC 9110 §5.6.3). */
    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t';
    }

    private static boolean isTokenCharacter(int character) {
        return (character >= '0' && character <= '9')
                || (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || SYMBOLS.indexOf(character) >= 0;
    }
}
