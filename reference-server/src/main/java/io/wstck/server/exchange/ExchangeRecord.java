package io.wstck.server.exchange;

import io.wstck.server.wire.Violation;
import io.wstck.server.wire.deflate.DeflateParameters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happened on one connection, in order. Immutable; bounded but for the content of messages that are no echoes.
 *
 * @param begun how many acts of the exchange were begun before the client closed or ended the connection, or was waited for in vain
 * @param happenings what came from the client, and waits, in their order
 * @param violations of the RFCs by the client, those of its handshake included
 * @param deflate what was negotiated
 * @param received frames and bytes from the client
 * @param sent frames and bytes of the server
 * @param wire the log of the wire, its last lines left out beyond a bound
 * @param started when the exchange began, after the opening handshake
 * @param duration up to the end of the closing handshake, or of the connection where there was none
 */
public record ExchangeRecord(
        int begun,
        List<Happening> happenings,
        Ending ending,
        List<Violation> violations,
        Optional<DeflateParameters> deflate,
        Traffic received,
        Traffic sent,
        List<WireLine> wire,
        Instant started,
        Duration duration) {
    public ExchangeRecord {
        happenings = List.copyOf(happenings);
        violations = List.copyOf(violations);
        wire = List.copyOf(wire);
    }
}
