package io.wstck.server;

import io.wstck.server.scenario.EndpointTarget;
import io.wstck.server.wire.PrintableExcerpt;
import java.io.IOException;

/**
 * Reports that a session cannot open, because a server of it names an endpoint that does not exist, or gives it wrong
 * parameters.
 */
public final class UnknownEndpointException extends IOException {
    private static final long serialVersionUID = 1L;

    UnknownEndpointException(String server, EndpointTarget target, String problem) {
        super(PrintableExcerpt.sentence(
                "servers." + server + ".endpoint: expected an endpoint, got " + target + ": " + problem));
    }
}
