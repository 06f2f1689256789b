package io.wstck.server;

import java.io.IOException;

/** Reports that a server cannot start because its port is in use. The message names the address and the remedy. */
public final class PortInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    PortInUseException(String bind, int port, Throwable cause) {
        super(
                "Cannot listen on " + bind + " port " + port + " (" + cause.getMessage()
                        + "): choose another port, or 0 for a free one.",
                cause);
    }
}
