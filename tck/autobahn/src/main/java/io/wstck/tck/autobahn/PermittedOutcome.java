package io.wstck.tck.autobahn;

import io.wstck.tck.autobahn.exchange.PeerEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * A sequence of peer events that a case permits, and its verdict. The peer may add pings of its own.
 *
 * @param strictest the strictest mode that permits the outcome
 * @param missing the events that may be missing
 * @param why a sentence: the events, and the text that permits them
 */
public record PermittedOutcome(
        AutobahnVerdict verdict, Strictness strictest, List<ExpectedEvent> events, OptionalEvents missing, String why) {
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
        return new PermittedOutcome(
                AutobahnVerdict.OK, Strictness.STRICT, events, OptionalEvents.NONE, "The events are those expected.");
    }

    boolean matches(List<PeerEvent> exchange) {
        List<PeerEvent> counted = exchange.stream()
                .filter(event -> !(event instanceof PeerEvent.Ping))
                .toList();
        int position = 0;
        for (int i = 0; i < events.size(); i++) {
            if (position < counted.size() && events.get(i).matches(counted.get(position))) {
                position++;
            } else if (!mayBeMissing(i)) {
                return false;
            }
        }
        return position == counted.size();
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
        return new PermittedOutcome(verdict, strictest, all, missing, why);
    }

    /** Whether this mode permits the outcome. */
    boolean isPermittedUnder(Strictness strictness) {
        return strictness.compareTo(strictest) <= 0;
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
