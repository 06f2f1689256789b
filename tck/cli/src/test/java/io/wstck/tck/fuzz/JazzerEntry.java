package io.wstck.tck.fuzz;

/** The class that Jazzer calls. It plays the target that the system property {@value #TARGET_PROPERTY} names. */
public final class JazzerEntry {
    static final String TARGET_PROPERTY = "wstck.fuzz.target";

    private static final FuzzTarget TARGET =
            FuzzTargets.named(System.getProperty(TARGET_PROPERTY)).open();

    private JazzerEntry() {}

    /** Jazzer calls this for each input. An exception is a finding. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        TARGET.play(input);
    }
}
