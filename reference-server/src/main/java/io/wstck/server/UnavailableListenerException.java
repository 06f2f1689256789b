package io.wstck.server;

import java.io.IOException;

/**
 * Reports that a session cannot open, because a server of it needs an address or a port that this program cannot use.
 */
public final class UnavailableListenerException extends IOException {
    private static final long serialVersionUID = 1L;

    UnavailableListenerException(String server, String problem) {
        this(server, problem, null);
    }

    UnavailableListenerException(String server, String problem, Exception cause) {
        super("servers." + server + ".listener: " + problem, cause);
    }
}
