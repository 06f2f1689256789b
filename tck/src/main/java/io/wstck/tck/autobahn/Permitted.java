package io.wstck.tck.autobahn;

import io.wstck.server.exchange.Happening;
import java.util.List;
import java.util.StringJoiner;

/** What may come from the client, in that order and nothing else but pings of its own, and the verdict if it does. */
record Permitted(Behavior verdict, List<Expected> events) {
    Permitted {
        events = List.copyOf(events);
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
