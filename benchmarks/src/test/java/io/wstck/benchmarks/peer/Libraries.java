package io.wstck.benchmarks.peer;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The versions of the measured libraries. */
final class Libraries {
    private static final Pattern VERSION = Pattern.compile("-(\\d.*)\\.jar");

    private Libraries() {}

    /** Returns the version in the name of the jar that has the class. */
    static String version(Class<?> type) {
        Path jar =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
        Matcher matcher = VERSION.matcher(jar.getFileName().toString());
        return matcher.find() ? matcher.group(1) : "unknown version";
    }
}
