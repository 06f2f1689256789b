package io.wstck.server;

import java.io.IOException;

/** A server of a session asks for an address or a port that this machine does not have, or not for this program. */
public final class UnavailableListenerException extends IOException {
    private static final long serialVersionUID = 1L;

    UnavailableListenerException(String server, String problem) {
        this(server, problem, null);
    }

    UnavailableListenerException(String server, String problem, Exception cause) {
        super("servers." + server + ".listener: " + problem, cause);
    }
}
