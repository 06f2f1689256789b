package io.wstck.tck.autobahn;

import io.wstck.server.exchange.Happening;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * What may come from the client, in that order and nothing else but pings of its own, and the verdict if it does.
 *
 * @param strictest the strictest rules that permit it
 * @param missing what of it need not come
 * @param why a sentence for people: what came, and the text that permits it
 */
public record Permitted(Behavior verdict, Strictness strictest, List<Expected> events, Missing missing, String why) {
    /** What need not come. */
    public enum Missing {
        NONE,
        /** Any pong but the last event (RFC 6455 §5.5.3: of several pings the most recent may be answered alone). */
        EARLIER_PONGS
    }

    public Permitted {
        events = List.copyOf(events);
    }

    /** What everybody permits. */
    static Permitted ok(List<Expected> events) {
        return new Permitted(Behavior.OK, Strictness.STRICT, events, Missing.NONE, "What came is what is expected.");
    }

    boolean matches(List<Happening> happenings) {
        List<Happening> counted = happenings.stream()
                .filter(happening -> !(happening instanceof Happening.Ping))
                .toList();
        int at = 0;
        for (int i = 0; i < events.size(); i++) {
            if (at < counted.size() && events.get(i).matches(counted.get(at))) {
                at++;
            } else if (!mayBeMissing(i)) {
                return false;
            }
        }
        return at == counted.size();
    }

    private boolean mayBeMissing(int event) {
        return missing == Missing.EARLIER_PONGS
                && event < events.size() - 1
                && events.get(event) instanceof Expected.Pong;
    }

    /** The same with other events before these. */
    Permitted after(List<Expected> before) {
        List<Expected> all = new ArrayList<>(before);
        all.addAll(events);
        return new Permitted(verdict, strictest, all, missing, why);
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
        String pongs = missing == Missing.EARLIER_PONGS ? ", of the pongs at least the last one" : "";
        return verdict.label() + ": " + all + pongs;
    }
}
