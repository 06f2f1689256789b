package io.wstck.tck.run;

/** Describes the machine that a run uses. */
public final class Platform {
    private Platform() {}

    /** Returns the operating system, the number of processors and the Java version as one phrase. */
    public static String phrase() {
        return String.join(
                ", ",
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors() + " processors",
                "Java " + Runtime.version());
    }
}
