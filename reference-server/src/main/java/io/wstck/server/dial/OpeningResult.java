package io.wstck.server.dial;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Transport;
import io.wstck.server.wire.Violation;
import io.wstck.server.wire.deflate.DeflateParameters;
import java.util.List;
import java.util.Optional;

/** The result of an opening handshake. */
public sealed interface OpeningResult {
    /** The bytes of the server's answer; an incomplete answer when the connection is not open. */
    Bytes response();

    /**
     * The connection is open.
     *
     * @param connection the connection after the answer
     * @param deflate the negotiated parameters
     * @param violations the violations in the answer that do not end the connection
     */
    record Opened(Transport connection, Bytes response, Optional<DeflateParameters> deflate, List<Violation> violations)
            implements OpeningResult {
        public Opened {
            violations = List.copyOf(violations);
        }
    }

    /**
     * The connection is not open.
     *
     * @param problem the reason, as a phrase
     */
    record Unopened(Bytes response, String problem, FailureKind kind) implements OpeningResult {}

    /** The kinds of a failed opening handshake. */
    enum FailureKind {
        /** The whole answer did not come in time. */
        TIMEOUT,
        /** Another answer came, or the server ended TCP. */
        REFUSED
    }
}
