package io.wstck.tck.autobahn;

import io.wstck.server.exchange.Happening;
import java.util.List;
import java.util.StringJoiner;

/**
 * What may come from the client, in that order and nothing else but pings of its own, and the verdict if it does.
 *
 * @param strictest the strictest rules that permit it
 */
public record Permitted(Behavior verdict, Strictness strictest, List<Expected> events) {
    public Permitted {
        events = List.copyOf(events);
    }

    /** What everybody permits. */
    static Permitted ok(List<Expected> events) {
        return new Permitted(Behavior.OK, Strictness.STRICT, events);
    }

    boolean matches(List<Happening> happenings) {
        List<Happening> counted = happenings.stream()
                .filter(happening -> !(happening instanceof Happening.Ping))
                .toList();
        if (counted.size() != events.size()) {
            return false;
        }
        for (int i = 0; i < events.size(); i++) {
            if (!events.get(i).matches(counted.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether these rules permit it. */
    boolean under(Strictness rules) {
        return rules.compareTo(strictest) <= 0;
    }

    boolean hasEcho() {
        return events.stream().anyMatch(event -> event instanceof Expected.Echo || event instanceof Expected.Echoes);
    }

    /** {@code OK: text message "a", pong "b"}. */
    String describe() {
        StringJoiner all = new StringJoiner(", ");
        all.setEmptyValue("nothing");
        events.forEach(event -> all.add(event.describe()));
        return verdict.label() + ": " + all;
    }
}
