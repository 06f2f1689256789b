package io.wstck.tck.autobahn.probe;

import io.wstck.server.dial.DialException;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.Transport;
import io.wstck.server.wire.handshake.OpeningRequest;
import java.time.Duration;

/** Connections to one server. Any thread. */
public interface ServerAccess {
    /** The time limit for TCP, TLS and the opening handshake of a connection together. */
    Duration OPENING_LIMIT = Duration.ofSeconds(5);

    /**
     * Opens TCP, and TLS if the server has it. The caller owns the connection.
     *
     * @throws DialException when there is no connection before the deadline
     */
    Transport connect(Deadline deadline) throws DialException, InterruptedException;

    /** The usual request without extensions, with a new key. */
    OpeningRequest request();

    /** The URL of the server for HTTP, without a path. */
    String base();
}
