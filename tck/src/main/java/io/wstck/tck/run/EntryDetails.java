package io.wstck.tck.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.head.HeadExcerpt;
import io.wstck.server.head.JournalHeads;
import io.wstck.server.head.SensitiveHeaders;
import io.wstck.tck.judge.JournalReading;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A journal with what is shown of its entries beside their own words: heads of HTTP messages without credentials, and the content of
 * compressed messages. Immutable.
 */
final class EntryDetails {
    private final List<JsonNode> entries;
    private final IdentityHashMap<JsonNode, List<HeadExcerpt>> heads = new IdentityHashMap<>();
    private final Inflations inflations;

    private EntryDetails(List<JsonNode> entries, JournalHeads reader) {
        this.entries = List.copyOf(entries);
        this.inflations = Inflations.of(entries);
        Map<Integer, JsonNode> requests = new HashMap<>();
        for (JsonNode entry : entries) {
            int connection = entry.path("connection").asInt();
            List<HeadExcerpt> found = reader.of(entry, Optional.ofNullable(requests.get(connection)));
            if (entry.path("type").asText().equals("request")) {
                requests.put(connection, entry);
            }
            if (!found.isEmpty()) {
                heads.put(entry, found);
            }
        }
    }

    /**
     * The details of a journal.
     *
     * @param ownText the file of the case: a credential in it is the kit's own, and is shown
     */
    static EntryDetails of(JournalReading journal, String ownText) {
        return new EntryDetails(journal.all(), new JournalHeads(SensitiveHeaders.except(ownText)));
    }

    /** Every entry of the journal, in order. */
    List<JsonNode> entries() {
        return entries;
    }

    /** The heads in an entry; none in an entry about something else. */
    List<HeadExcerpt> heads(JsonNode entry) {
        return heads.getOrDefault(entry, List.of());
    }

    /** What the kit says of the compressed message that the frame {@code entry} ends; absent where the journal says it. */
    Optional<Inflation> inflation(JsonNode entry) {
        return inflations.after(entry);
    }
}
