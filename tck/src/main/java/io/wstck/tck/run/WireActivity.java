package io.wstck.tck.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.stream.StreamSupport;

/** When something was last on the wire that shows that a script goes on. Stateless. */
final class WireActivity {
    private static final int LAST_DATA_OPCODE = 2;

    private WireActivity() {}

    /**
     * How long the wire had been silent at a time. Zero where the journal is full, since it does not tell then.
     *
     * @param begun when the script began, a {@link System#nanoTime}
     * @param at a later one
     */
    static Duration silence(Play play, long begun, long at) {
        long last = play.served().map(served -> last(served, play.epoch(), at)).orElse(begun);
        return Duration.ofNanos(Math.min(at - last, at - begun));
    }

    private static long last(Play.Served served, long epoch, long at) {
        JsonNode journal = served.session().journal().toUnhashedJson();
        if (journal.path("dropped").asLong() > 0) {
            return at;
        }
        return StreamSupport.stream(journal.path("entries").spliterator(), false)
                .filter(WireActivity::showsLife)
                .mapToLong(entry -> epoch + entry.path("nanos").asLong())
                .filter(nanos -> nanos - at <= 0)
                .max()
                .orElse(epoch);
    }

    /** Connections and data, both ways. Control frames are answered by many clients while their script hangs. */
    private static boolean showsLife(JsonNode entry) {
        return switch (entry.path("type").asText()) {
            case "tcp-opened", "request" -> true;
            case "frame" -> entry.path("opcode").asInt() <= LAST_DATA_OPCODE;
            default -> false;
        };
    }
}
