package io.wstck.tck.report;

import java.util.regex.Pattern;

/** Words for command lines that a reader is told to type. Stateless. */
public final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

    private ShellWord() {}

    /** {@code word} as a POSIX shell must read it, quoted only where it needs to be. */
    public static String quote(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
