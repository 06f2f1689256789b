package io.wstck.server;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The log of the libraries that the server is built on. It goes to {@code java.util.logging}, whose levels belong to the whole
 * process, so the server itself leaves them alone.
 */
public final class ServerLogging {
    // The JDK holds loggers weakly, and forgets a level with its logger.
    private static final List<Logger> LOGGERS =
            List.of(Logger.getLogger("org.xnio"), Logger.getLogger("io.undertow"), Logger.getLogger("org.jboss"));

    private ServerLogging() {}

    /** Switches off the loggers for which no level is set. For a command-line program, which owns its process. */
    public static void silence() {
        for (Logger logger : LOGGERS) {
            if (logger.getLevel() == null) {
                logger.setLevel(Level.OFF);
            }
        }
    }
}
