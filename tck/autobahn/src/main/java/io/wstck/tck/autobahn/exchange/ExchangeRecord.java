package io.wstck.tck.autobahn.exchange;

import io.wstck.server.wire.EndpointRole;
import io.wstck.server.wire.Violation;
import io.wstck.server.wire.deflate.DeflateParameters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The record of one exchange, in order. Immutable. Its size is bounded, except for messages that are not echoes.
 *
 * @param peer the role of the side that is judged
 * @param unopened the reason why the connection was never open, a sentence; empty if it was
 * @param actionsBegun the number of actions that began before the peer closed or ended the connection, or a wait
 * timed out
 * @param events the peer's events, and pauses, in their order
 * @param violations the peer's violations of the RFCs, also those in its handshake
 * @param deflate the negotiated parameters
 * @param received frames and bytes from the peer
 * @param sent frames and bytes from the kit
 * @param wire the wire log, without its last lines if it is too long
 * @param started the beginning of the exchange, after the opening handshake
 * @param duration the time to the end of the closing handshake, or of the connection without one
 */
public record ExchangeRecord(
        EndpointRole peer,
        Optional<String> unopened,
        int actionsBegun,
        List<PeerEvent> events,
        ExchangeEnd ending,
        List<Violation> violations,
        Optional<DeflateParameters> deflate,
        TrafficTotals received,
        TrafficTotals sent,
        List<WireLogEntry> wire,
        Instant started,
        Duration duration) {
    public ExchangeRecord {
        events = List.copyOf(events);
        violations = List.copyOf(violations);
        wire = List.copyOf(wire);
    }

    /**
     * The same record with what happened on connections before this one.
     *
     * @param elapsed the time that those took
     */
    public ExchangeRecord precededBy(
            List<PeerEvent> earlierEvents,
            List<Violation> earlierViolations,
            List<WireLogEntry> earlierWire,
            Duration elapsed) {
        return new ExchangeRecord(
                peer,
                unopened,
                actionsBegun,
                Stream.concat(earlierEvents.stream(), events.stream()).toList(),
                ending,
                Stream.concat(earlierViolations.stream(), violations.stream()).toList(),
                deflate,
                received,
                sent,
                Stream.concat(earlierWire.stream(), wire.stream().map(entry -> entry.later(elapsed)))
                        .toList(),
                started.minus(elapsed),
                duration.plus(elapsed));
    }

    /**
     * The record of a connection that was never open.
     *
     * @param problem the reason, a sentence
     */
    public static ExchangeRecord unopened(
            EndpointRole peer, String problem, ExchangeEnd.Timeout timeout, Instant started, Duration duration) {
        ExchangeEnd end = new ExchangeEnd(
                ExchangeEnd.EndInitiator.PEER_DROP, Optional.empty(), Optional.empty(), Optional.empty(), timeout);
        return new ExchangeRecord(
                peer,
                Optional.of(problem),
                0,
                List.of(),
                end,
                List.of(),
                Optional.empty(),
                TrafficTotals.NONE,
                TrafficTotals.NONE,
                List.of(),
                started,
                duration);
    }
}
