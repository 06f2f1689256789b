package io.wstck.tck.cases;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Extracts the lines of a case file that declare one case. The excerpt ends where all brackets and blocks are closed
 * again. It skips comments and strings, and does not validate the Lua.
 */
public final class CaseExcerpt {
    /** A longer excerpt means that the end was not found. */
    private static final int MAX_LINES = 120;

    private static final Pattern TOKEN = Pattern.compile("""
            (?x)
              (?<skip> --\\[(?<c>=*)\\[ .*? \\]\\k<c>\\] | --[^\\n]*
                     | \\[(?<s>=*)\\[ .*? \\]\\k<s>\\]
                     | "(?:\\\\.|[^"\\\\])*" | '(?:\\\\.|[^'\\\\])*' )
            | (?<open> [({\\[] | \\b(?:function|if|do|repeat)\\b )
            | (?<close> [)}\\]] | \\b(?:end|until)\\b )
            | (?<line> \\n )
            """, Pattern.DOTALL);

    private CaseExcerpt() {}

    /**
     * Returns the lines of the excerpt.
     *
     * @param line the line of the case, from 1; for a line outside the file the excerpt is empty
     */
    public static List<String> of(String source, int line) {
        List<String> all = source.lines().toList();
        if (line < 1 || line > all.size()) {
            return List.of();
        }
        List<String> rest = all.subList(line - 1, Math.min(all.size(), line - 1 + MAX_LINES));
        return rest.subList(0, length(String.join("\n", rest)));
    }

    private static int length(String text) {
        Matcher token = TOKEN.matcher(text);
        int depth = 0;
        int lines = 1;
        boolean opened = false;
        while (token.find()) {
            if (token.group("open") != null) {
                depth++;
                opened = true;
            } else if (token.group("close") != null) {
                depth--;
            } else if (token.group("line") != null) {
                if (opened && depth <= 0) {
                    return lines;
                }
                lines++;
            } else {
                lines +=
                        (int) token.group("skip").chars().filter(c -> c == '\n').count();
            }
        }
        return lines;
    }
}
