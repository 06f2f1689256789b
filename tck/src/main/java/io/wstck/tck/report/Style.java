package io.wstck.tck.report;

import io.wstck.tck.judge.Verdict;

/**
 * How a console report looks.
 *
 * @param screen where it goes
 * @param colour whether verdicts are coloured
 * @param detail what is told of each case
 */
public record Style(Screen screen, Colour colour, Detail detail) {
    private static final String RESET = "\u001b[0m";

    /** Where the text goes. */
    public enum Screen {
        /** A terminal: the line of progress is rewritten. */
        TERMINAL,
        /** A file or a pipe: a line of progress now and then. */
        STREAM
    }

    /** Whether escape sequences for colours are written. */
    public enum Colour {
        ANSI,
        PLAIN
    }

    /** What is told of a case. */
    public enum Detail {
        /** Failures, warnings and what could not be judged. */
        FINDINGS,
        /** Every case with its whole transcript. */
        TRACE
    }

    String paint(Verdict verdict, String text) {
        return colour == Colour.PLAIN ? text : code(verdict) + text + RESET;
    }

    private static String code(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> "\u001b[32m";
            case FAILED -> "\u001b[1;31m";
            case KNOWN, WARNED -> "\u001b[33m";
            case OBSERVED, SKIPPED -> "\u001b[36m";
            case INCONCLUSIVE -> "\u001b[1;35m";
        };
    }
}
