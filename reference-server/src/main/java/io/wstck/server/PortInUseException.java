package io.wstck.server;

import java.io.IOException;

/** The address that the server was to listen on is taken; the message says which, and what to do. */
public final class PortInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    PortInUseException(String bind, int port, Throwable cause) {
        super(
                "Cannot listen on " + bind + " port " + port + " (" + cause.getMessage()
                        + "): choose another port, or 0 for a free one.",
                cause);
    }
}
