package io.wstck.launch;

import java.lang.reflect.InvocationTargetException;

/**
 * The main class of the runnable jar. It checks the version of Java before it loads a class of the kit. This class is
 * compiled for Java 8, so that an older Java prints a sentence instead of an {@code UnsupportedClassVersionError}.
 */
public final class Launch {
    /** The oldest Java that can load the classes of the kit. */
    private static final int REQUIRED = 25;

    /** The exit status for a wrong command line; nothing was run. */
    private static final int USAGE = 2;

    private static final String MAIN = "io.wstck.tck.cli.Main";

    private Launch() {}

    /**
     * Starts the kit with these arguments. On a Java that is too old it prints one sentence and ends with status 2.
     *
     * @throws ReflectiveOperationException if the jar lacks the main class of the kit
     */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        String version = System.getProperty("java.specification.version", "");
        if (!isSupported(version)) {
            System.err.println("wstck: expected Java " + REQUIRED + " or newer, got Java " + version + " at "
                    + System.getProperty("java.home"));
            System.exit(USAGE);
        }
        try {
            // By reflection, because javac cannot compile a call of a newer class for Java 8.
            Class.forName(MAIN).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the kit failed", e.getCause());
        }
    }

    /**
     * Whether the kit runs on this Java.
     *
     * @param version the value of {@code java.specification.version}: "1.8" for Java 8, and "9", "11" or "25" after it
     */
    static boolean isSupported(String version) {
        return version.matches("[0-9]{1,4}") && Integer.parseInt(version) >= REQUIRED;
    }
}
