package io.wstck.tck.mutation;

import java.util.Locale;

/**
 * What became of a mutant.
 *
 * @param detail one line: the case that caught it, or what went wrong
 * @param cases how many were played
 */
record Outcome(Kind kind, String detail, int cases, long millis) {
    private static final String SEPARATOR = "\t";

    /** The kinds of outcomes, in the order of the table. */
    enum Kind {
        /** A case failed, or warned about a <em>should</em>, twice. */
        CAUGHT,
        /** All cases that reach it passed. */
        SURVIVED,
        /** No case reaches it. */
        UNREACHED,
        /** The kit, which uses the modules itself, could not go on, or the changed class is not valid. */
        UNDECIDED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** As one line. */
    String line() {
        return String.join(
                SEPARATOR, kind.name(), Integer.toString(cases), Long.toString(millis), detail.replaceAll("\\s+", " "));
    }

    /** Reads what {@link #line} has written. */
    static Outcome parse(String line) {
        String[] fields = line.split(SEPARATOR, 4);
        return new Outcome(Kind.valueOf(fields[0]), fields[3], Integer.parseInt(fields[1]), Long.parseLong(fields[2]));
    }
}
