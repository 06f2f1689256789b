package io.wstck.tck.mutation;

import java.util.Locale;

/**
 * The outcome of a mutant.
 *
 * @param detail one line: the case that caught it, or the error
 * @param cases the number of played cases
 */
record MutantOutcome(Kind kind, String detail, int cases, long millis) {
    private static final String SEPARATOR = "\t";

    /** The kinds of outcomes, in the order of the table. */
    enum Kind {
        /** A case failed, or warned about a <em>should</em>, twice. */
        CAUGHT,
        /** All cases that reach it passed. */
        SURVIVED,
        /** No case reaches it. */
        UNREACHED,
        /** The kit failed, because it uses the modules itself, or the changed class is not valid. */
        UNDECIDED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The outcome as one line. */
    String line() {
        return String.join(
                SEPARATOR, kind.name(), Integer.toString(cases), Long.toString(millis), detail.replaceAll("\\s+", " "));
    }

    /** Parses the result of {@link #line}. */
    static MutantOutcome parse(String line) {
        String[] fields = line.split(SEPARATOR, 4);
        return new MutantOutcome(
                Kind.valueOf(fields[0]), fields[3], Integer.parseInt(fields[1]), Long.parseLong(fields[2]));
    }
}
