package io.wstck.tck.implementation.agent;

import java.util.ArrayList;
import java.util.List;

/** Splits a command line into words as a shell does, but without substitutions. Stateless. */
public final class CommandWords {
    private CommandWords() {}

    /**
     * Splits at blanks. Single quotes keep everything, double quotes keep blanks. A backslash keeps the next character,
     * except in single quotes.
     *
     * @throws IllegalArgumentException if there is no word, or a quote is not closed
     */
    public static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        for (int at = 0; at < line.length(); at++) {
            char character = line.charAt(at);
            if (character == '\'' || character == '"') {
                at = quoted(line, at, word);
                inWord = true;
            } else if (Character.isWhitespace(character)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                inWord = false;
            } else {
                if (character == '\\' && at + 1 < line.length()) {
                    at++;
                }
                word.append(line.charAt(at));
                inWord = true;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        if (words.isEmpty()) {
            throw new IllegalArgumentException("expected a command, got nothing but blanks");
        }
        return words;
    }

    /** Appends the text between quotes; returns the position of the closing quote. */
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
