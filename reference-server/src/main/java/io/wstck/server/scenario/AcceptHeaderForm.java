package io.wstck.server.scenario;

import io.wstck.server.text.FormatWord;
import io.wstck.server.wire.Header;
import java.util.Locale;

/**
 * The forms of the header {@code Sec-WebSocket-Accept} in an answer: the right one, another form of it that is right
 * too, or a value that differs slightly (RFC 6455 §4.1).
 */
public enum AcceptHeaderForm implements FormatWord {
    RIGHT("right"),
    OTHER_CASE("other-case"),
    WITHOUT_PADDING("without-padding"),
    MORE_PADDING("more-padding"),
    /**
     * 20 bytes leave two bits of the last letter unused. This form sets one, so that another letter decodes to the same
     * bytes.
     */
    PADDING_BITS("padding-bits"),
    LONGER("longer"),
    /** Right: whitespace before and after the value does not count. */
    BETWEEN_SPACES("between-spaces"),
    BETWEEN_TABS("between-tabs"),
    /** Right: names of headers are case-insensitive. */
    NAME_LOWER_CASE("name-lower-case"),
    NAME_UPPER_CASE("name-upper-case");

    private final String word;

    AcceptHeaderForm(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /** The header in this form, with this name and this right value. */
    Header of(String name, String value) {
        return new Header(writtenName(name), writtenValue(value));
    }

    private String writtenName(String name) {
        return switch (this) {
            case NAME_LOWER_CASE -> name.toLowerCase(Locale.ROOT);
            case NAME_UPPER_CASE -> name.toUpperCase(Locale.ROOT);
            default -> name;
        };
    }

    private String writtenValue(String value) {
        return switch (this) {
            case RIGHT, NAME_LOWER_CASE, NAME_UPPER_CASE -> value;
            case BETWEEN_SPACES -> "  " + value + "  ";
            case BETWEEN_TABS -> "\t" + value + "\t";
            case OTHER_CASE -> firstLetterInOtherCase(value);
            case WITHOUT_PADDING -> value.replace("=", "");
            case MORE_PADDING -> value + "=";
            case PADDING_BITS -> withPaddingBits(value);
            case LONGER -> value + "A";
        };
    }

    private static String firstLetterInOtherCase(String value) {
        for (int at = 0; at < value.length(); at++) {
            char letter = value.charAt(at);
            if (Character.isLetter(letter)) {
                char other =
                        Character.isUpperCase(letter) ? Character.toLowerCase(letter) : Character.toUpperCase(letter);
                return value.substring(0, at) + other + value.substring(at + 1);
            }
        }
        throw new AssertionError("of 27 random characters in base64 one is a letter");
    }

    private static String withPaddingBits(String value) {
        int last = value.indexOf('=') - 1;
        char other = BASE64.charAt(BASE64.indexOf(value.charAt(last)) | 1);
        return value.substring(0, last) + other + value.substring(last + 1);
    }
}
