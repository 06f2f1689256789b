package io.wstck.tck.implementation.agent;

import java.util.ArrayList;
import java.util.List;

/** Splits a command line into words as a shell does, without any of a shell's substitutions. Stateless. */
public final class CommandWords {
    private CommandWords() {}

    /**
     * The words: separated by blanks; single quotes keep everything, double quotes keep blanks, a backslash keeps the next
     * character, but not in single quotes.
     *
     * @throws IllegalArgumentException with a sentence, when there is no word, or a quote is not closed
     */
    public static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        for (int at = 0; at < line.length(); at++) {
            char character = line.charAt(at);
            if (character == '\'' || character == '"') {
                at = quoted(line, at, word);
                begun = true;
            } else if (Character.isWhitespace(character)) {
                if (begun) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                begun = false;
            } else {
                if (character == '\\' && at + 1 < line.length()) {
                    at++;
                }
                word.append(line.charAt(at));
                begun = true;
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        if (words.isEmpty()) {
            throw new IllegalArgumentException("expected a command, got nothing but blanks");
        }
        return words;
    }

    /** Appends what stands between quotes, and returns where the closing one is. */
    private static int quoted(String line, int opening, StringBuilder word) {
        char quote = line.charAt(opening);
        for (int at = opening + 1; at < line.length(); at++) {
            char character = line.charAt(at);
            if (character == quote) {
                return at;
            }
            if (character == '\\'
                    && quote == '"'
                    && at + 1 < line.length()
                    && "\"\\".indexOf(line.charAt(at + 1)) >= 0) {
                at++;
            }
            word.append(line.charAt(at));
        }
        throw new IllegalArgumentException(
                "expected a closing " + quote + " for the one at character " + (opening + 1));
    }
}
