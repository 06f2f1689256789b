package io.wstck.tck.report;

import io.wstck.tck.judge.Verdict;

/**
 * The style of a console report.
 *
 * @param screen where it is printed
 * @param colour whether verdicts are coloured
 * @param detail how much is printed about each case
 */
public record ConsoleStyle(Screen screen, Colour colour, Detail detail) {
    private static final String RESET = "\u001b[0m";

    /** Where the report is printed. */
    public enum Screen {
        /** A terminal: the progress line is rewritten. */
        TERMINAL,
        /** A file or a pipe: a progress line from time to time. */
        STREAM
    }

    /** Whether colours are written as escape sequences. */
    public enum Colour {
        ANSI,
        PLAIN
    }

    /** How much is printed about a case. */
    public enum Detail {
        /** Failures, warnings and cases without a verdict. */
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
