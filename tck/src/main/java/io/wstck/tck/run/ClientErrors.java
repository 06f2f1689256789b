package io.wstck.tck.run;

import java.util.Arrays;
import java.util.List;

/** Tells errors of the JVM that the client raised from those of the kit. Stateless. */
final class ClientErrors {
    /** What a script calls that is not the client. */
    private static final List<String> OWN = List.of("io.wstck.tck.run.", "io.wstck.tck.cases.", "io.wstck.lua.");

    /** They say how a call came here, not who made the mistake. */
    private static final List<String> PLATFORM = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "org.luaj.");

    private ClientErrors() {}

    /** Whether the innermost frame that is not of the JDK or the Lua interpreter is outside of the kit's own part of a script. */
    static boolean isClients(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .map(StackTraceElement::getClassName)
                .filter(name -> PLATFORM.stream().noneMatch(name::startsWith))
                .findFirst()
                .filter(name -> OWN.stream().noneMatch(name::startsWith))
                .isPresent();
    }
}
