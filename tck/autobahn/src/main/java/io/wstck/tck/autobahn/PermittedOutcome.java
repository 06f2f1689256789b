package io.wstck.tck.autobahn;

import io.wstck.tck.autobahn.exchange.PeerEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A sequence of peer events that a case permits in every mode, and its verdict. The peer may add pings of its own.
 *
 * @param missing the events that may be missing
 * @param why a sentence: the events, and the text that permits them
 */
public record PermittedOutcome(
        AutobahnVerdict verdict, List<ExpectedEvent> events, OptionalEvents missing, String why) {
    /** The events of an outcome that may be missing. */
    public enum OptionalEvents {
        NONE,
        /** Each pong but the last event (RFC 6455 §5.5.3: a peer may answer only the latest of several pings). */
        EARLIER_PONGS
    }

    public PermittedOutcome {
        events = List.copyOf(events);
    }

    /** An outcome that every mode permits. */
    static PermittedOutcome ok(List<ExpectedEvent> events) {
        return new PermittedOutcome(AutobahnVerdict.OK, events, OptionalEvents.NONE, "The events are those expected.");
    }

    /**
     * The first event that differs from this outcome.
     *
     * @param position the number of events before it
     * @param expected the event that was due; empty if none was
     * @param actual the event that came; empty if none came
     */
    record FirstDifference(int position, Optional<ExpectedEvent> expected, Optional<PeerEvent> actual) {}

    boolean matches(List<PeerEvent> exchange) {
        return firstDifference(exchange).isEmpty();
    }

    /** The first difference; empty if the events match. */
    Optional<FirstDifference> firstDifference(List<PeerEvent> exchange) {
        List<PeerEvent> counted = exchange.stream()
                .filter(event -> !(event instanceof PeerEvent.Ping))
                .toList();
        int position = 0;
        for (int i = 0; i < events.size(); i++) {
            if (position < counted.size() && events.get(i).matches(counted.get(position))) {
                position++;
            } else if (!mayBeMissing(i)) {
                return Optional.of(new FirstDifference(position, Optional.of(events.get(i)), at(counted, position)));
            }
        }
        return position == counted.size()
                ? Optional.empty()
                : Optional.of(new FirstDifference(position, Optional.empty(), at(counted, position)));
    }

    private static Optional<PeerEvent> at(List<PeerEvent> counted, int position) {
        return position < counted.size() ? Optional.of(counted.get(position)) : Optional.empty();
    }

    private boolean mayBeMissing(int event) {
        return missing == OptionalEvents.EARLIER_PONGS
                && event < events.size() - 1
                && events.get(event) instanceof ExpectedEvent.Pong;
    }

    /** The same outcome with further events before its own. */
    PermittedOutcome precededBy(List<ExpectedEvent> prefix) {
        List<ExpectedEvent> all = new ArrayList<>(prefix);
        all.addAll(events);
        return new PermittedOutcome(verdict, all, missing, why);
    }

    boolean hasEcho() {
        return events.stream()
                .anyMatch(event -> event instanceof ExpectedEvent.Echo || event instanceof ExpectedEvent.Echoes);
    }

    /** {@code OK: text message "a", pong "b"}. */
    String describe() {
        StringJoiner all = new StringJoiner(", ");
        all.setEmptyValue("nothing");
        events.forEach(event -> all.add(event.describe()));
        String pongs = missing == OptionalEvents.EARLIER_PONGS ? ", of the pongs at least the last one" : "";
        return verdict.label() + ": " + all + pongs;
    }
}
