package io.wstck.server;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the libraries below off the console, unless somebody has set a level for them. */
final class Quiet {
    // Loggers are held weakly by the JDK, and a level would be forgotten with them.
    private static final List<Logger> LOGGERS =
            List.of(Logger.getLogger("org.xnio"), Logger.getLogger("io.undertow"), Logger.getLogger("org.jboss"));

    private Quiet() {}

    static void silenceServerLogs() {
        for (Logger logger : LOGGERS) {
            if (logger.getLevel() == null) {
                logger.setLevel(Level.OFF);
            }
        }
    }
}
