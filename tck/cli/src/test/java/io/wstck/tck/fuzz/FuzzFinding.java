package io.wstck.tck.fuzz;

/** An input had an undocumented outcome. */
public final class FuzzFinding extends AssertionError {
    private static final long serialVersionUID = 1L;

    /**
     * @param sentence the expected and the actual outcome
     */
    public FuzzFinding(String sentence) {
        super(sentence);
    }

    /** Throws a finding unless {@code expected} and {@code actual} are equal. */
    static void unlessEqual(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new FuzzFinding(what + ":\n  " + expected + "\n  " + actual);
        }
    }
}
