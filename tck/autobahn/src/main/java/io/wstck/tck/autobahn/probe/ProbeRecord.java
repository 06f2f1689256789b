package io.wstck.tck.autobahn.probe;

import io.wstck.server.wire.Violation;
import io.wstck.tck.autobahn.exchange.ExchangeRecord;
import io.wstck.tck.autobahn.exchange.PeerEvent;
import io.wstck.tck.autobahn.exchange.WireLogEntry;
import java.time.Duration;
import java.util.List;

/**
 * The record of the connections of probes. Immutable.
 *
 * @param duration the time that they took
 * @param late whether an opening handshake had no answer in time
 */
public record ProbeRecord(
        List<PeerEvent> events, List<Violation> violations, List<WireLogEntry> wire, Duration duration, boolean late) {
    public ProbeRecord {
        events = List.copyOf(events);
        violations = List.copyOf(violations);
        wire = List.copyOf(wire);
    }

    /** The record of the judged connection, with this before it. */
    public ExchangeRecord followedBy(ExchangeRecord judged) {
        return judged.precededBy(events, violations, wire, duration);
    }
}
