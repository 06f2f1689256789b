package io.wstck.server.scenario;

import io.wstck.server.text.FormatWord;

/**
 * The forms of {@code Sec-WebSocket-Accept} in an answer: the right value, or one that differs slightly (RFC 6455
 * §4.1).
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
    LONGER("longer");

    private final String word;

    AcceptHeaderForm(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /** Converts the right value to this form. */
    String of(String value) {
        return switch (this) {
            case RIGHT -> value;
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
