package io.wstck.server;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Switches off the logging of the server's libraries. They log to {@code java.util.logging}, whose levels are shared by
 * the whole process. So the server itself does not change them.
 */
public final class ServerLogging {
    // The JDK holds loggers weakly, and loses a level with its logger.
    private static final List<Logger> LOGGERS =
            List.of(Logger.getLogger("org.xnio"), Logger.getLogger("io.undertow"), Logger.getLogger("org.jboss"));

    private ServerLogging() {}

    /** Switches off the loggers that have no level. For a command-line program, which owns its process. */
    public static void silence() {
        for (Logger logger : LOGGERS) {
            if (logger.getLevel() == null) {
                logger.setLevel(Level.OFF);
            }
        }
    }
}
