package io.wstck.tck.run;

import java.util.Arrays;
import java.util.List;

/** Tells errors of the JVM that the client raised from errors that the kit raised. Stateless. */
final class ClientErrorCheck {
    /** Packages of the kit that a script calls. */
    private static final List<String> KIT_PREFIXES =
            List.of("io.wstck.tck.run.", "io.wstck.tck.cases.", "io.wstck.lua.");

    /** Packages that appear between the caller and the code at fault. */
    private static final List<String> PLATFORM_PREFIXES =
            List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "org.luaj.");

    private ClientErrorCheck() {}

    /**
     * Returns whether the client raised the error. The innermost frame outside the JDK and the Lua interpreter decides.
     */
    static boolean isClient(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .map(StackTraceElement::getClassName)
                .filter(name -> PLATFORM_PREFIXES.stream().noneMatch(name::startsWith))
                .findFirst()
                .filter(name -> KIT_PREFIXES.stream().noneMatch(name::startsWith))
                .isPresent();
    }
}
