package io.wstck.tck.run;

/** What a run runs on. */
public final class Platform {
    private Platform() {}

    /** Operating system, processors and Java, as one phrase. */
    public static String phrase() {
        return String.join(
                ", ",
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors() + " processors",
                "Java " + Runtime.version());
    }
}
