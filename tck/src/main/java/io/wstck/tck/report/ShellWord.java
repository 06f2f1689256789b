package io.wstck.tck.report;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Words for command lines that a reader is told to type. Stateless. */
public final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

    private ShellWord() {}

    /**
     * {@code word} as a POSIX shell must read it, quoted only where it needs to be. A word with control or format characters is printed by
     * {@code printf}, so that it stays the same when the line is made safe for a terminal; line ends at its end are lost.
     */
    public static String quote(String word) {
        if (PLAIN.matcher(word).matches()) {
            return word;
        }
        return word.codePoints().allMatch(Printable::visible)
                ? quoted(word)
                : "\"$(printf " + quoted(format(word)) + ")\"";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** The format of {@code printf} that prints {@code word}, without invisible characters. */
    private static String format(String word) {
        StringBuilder format = new StringBuilder();
        word.codePoints().forEach(point -> {
            if (Printable.visible(point)) {
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
