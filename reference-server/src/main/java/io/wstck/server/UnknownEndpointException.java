package io.wstck.server;

import io.wstck.server.scenario.EndpointTarget;
import io.wstck.server.wire.Shown;
import java.io.IOException;

/** A server of a session is to be an endpoint that does not exist, or whose parameters are wrong. */
public final class UnknownEndpointException extends IOException {
    private static final long serialVersionUID = 1L;

    UnknownEndpointException(String server, EndpointTarget target, String problem) {
        super(Shown.sentence("servers." + server + ".endpoint: expected an endpoint, got " + target + ": " + problem));
    }
}
