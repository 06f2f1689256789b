package io.wstck.tck.autobahn;

import io.wstck.server.wire.EndpointRole;
import io.wstck.tck.autobahn.PermittedOutcome.FirstDifference;
import io.wstck.tck.autobahn.exchange.ExchangeEnd;
import io.wstck.tck.autobahn.exchange.ExchangeRecord;
import io.wstck.tck.autobahn.exchange.PeerEvent;
import io.wstck.tck.autobahn.exchange.RoleText;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The first event of an exchange that differs from the outcome that the exchange resembles most.
 *
 * @param number the place of the event among those of the peer, from 1; pings do not count
 * @param expected the event that was due; empty if none was
 * @param actual the event that came instead; empty if none came
 */
record EventDifference(int number, Optional<ExpectedEvent> expected, Optional<PeerEvent> actual) {
    /**
     * The first difference to the outcome with which the events agree longest.
     *
     * @param outcomes at least one, none of which matches the events
     */
    static EventDifference of(List<PermittedOutcome> outcomes, List<PeerEvent> events) {
        FirstDifference furthest = outcomes.stream()
                .map(outcome -> outcome.firstDifference(events))
                .flatMap(Optional::stream)
                .max(Comparator.comparingInt(FirstDifference::position))
                .orElseThrow();
        return new EventDifference(furthest.position() + 1, furthest.expected(), furthest.actual());
    }

    /** Whether an event came, so that time is not the problem. */
    boolean hasEvent() {
        return actual.isPresent();
    }

    /** A sentence: the event that was due, and the one that came. */
    String sentence(ExchangeRecord record, VerdictRules rules) {
        String due = expected.map(ExpectedEvent::describe)
                .orElse(
                        rules.close() instanceof CloseRule.ConnectionFailure
                                ? "the end of the connection"
                                : "no further event");
        String came = actual.map(PeerEvent::describe).orElseGet(() -> "nothing" + absence(record));
        return "Event " + number + ": expected " + due + ", got " + came + ".";
    }

    private static String absence(ExchangeRecord record) {
        ExchangeEnd end = record.ending();
        EndpointRole peer = record.peer();
        return switch (end.initiator()) {
            case PEER_CLOSE ->
                RoleText.of(peer, " before the {peer} closed")
                        + end.received()
                                .map(close -> " (" + close.describe() + ")")
                                .orElse("");
            case PEER_DROP -> RoleText.of(peer, " before the {peer} ended TCP");
            case KIT -> " in time";
        };
    }
}
