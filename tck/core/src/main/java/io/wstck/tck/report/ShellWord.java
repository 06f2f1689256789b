package io.wstck.tck.report;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Quotes words for command lines that users copy. Stateless. */
public final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

    private ShellWord() {}

    /**
     * Quotes {@code word} for a POSIX shell, if it needs quotes. A word with control or format characters becomes a
     * call of {@code printf}, so that it survives the escaping for a terminal. Line ends at its end are lost.
     */
    public static String quote(String word) {
        if (PLAIN.matcher(word).matches()) {
            return word;
        }
        return word.codePoints().allMatch(EscapedText::visible)
                ? quoted(word)
                : "\"$(printf " + quoted(format(word)) + ")\"";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** The {@code printf} format that prints {@code word}, without invisible characters. */
    private static String format(String word) {
        StringBuilder format = new StringBuilder();
        word.codePoints().forEach(point -> {
            if (EscapedText.visible(point)) {
                String character = Character.toString(point);
                format.append(character.replace("\\", "\\\\").replace("%", "%%"));
            } else {
                for (byte octet : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                    format.append(String.format(Locale.ROOT, "\\%03o", Byte.toUnsignedInt(octet)));
                }
            }
        });
        return format.toString();
    }
}
