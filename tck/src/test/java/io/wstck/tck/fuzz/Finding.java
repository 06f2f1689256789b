package io.wstck.tck.fuzz;

/** An input had an outcome that is not documented. */
public final class Finding extends AssertionError {
    private static final long serialVersionUID = 1L;

    /** @param sentence what was expected and what came */
    public Finding(String sentence) {
        super(sentence);
    }

    /** Throws a finding unless {@code expected} and {@code actual} are equal. */
    static void unlessEqual(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new Finding(what + ":\n  " + expected + "\n  " + actual);
        }
    }
}
