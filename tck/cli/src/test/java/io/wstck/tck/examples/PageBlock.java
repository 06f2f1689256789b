package io.wstck.tck.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a Markdown page.
 *
 * @param marker the text of the HTML comment above it, or an empty text
 * @param language the word behind the opening fence, for example {@code console}
 * @param text its lines, each with a line break
 */
record PageBlock(String marker, String language, String text) {
    private static final Pattern BLOCK =
            Pattern.compile("(?:^<!-- (.*?) -->\n\n)?^```(\\w*)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    /** The fenced blocks of a page, in their order. */
    static List<PageBlock> of(Path page) throws IOException {
        return BLOCK.matcher(Files.readString(page))
                .results()
                .map(found ->
                        new PageBlock(found.group(1) == null ? "" : found.group(1), found.group(2), found.group(3)))
                .toList();
    }

    /** The words of a command line. Single quotes keep blanks together; the pages use no other quotes. */
    static List<String> words(String command) {
        return WORD.matcher(command).results().map(PageBlock::word).toList();
    }

    private static String word(MatchResult found) {
        return found.group(1) == null ? found.group(2) : found.group(1);
    }

    /** The text behind a prefix of the marker, or an empty text if the marker begins otherwise. */
    String markedAs(String prefix) {
        Matcher matcher = Pattern.compile(Pattern.quote(prefix) + "(.*)").matcher(marker);
        return matcher.matches() ? matcher.group(1) : "";
    }
}
