package io.wstck.server.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.journal.JournalEntry;
import io.wstck.server.journal.JournalJson;
import io.wstck.server.text.Excerpt;
import java.util.List;
import java.util.Map;

/** An entry of a journal as viewers get it: in the form of the journal, without headers, its texts bounded. Stateless. */
final class LiveEntry {
    private static final int LONGEST_TEXT = 300;
    private static final List<String> LEFT_OUT = List.of("seq", "nanos", "headers", "raw", "server", "connection");

    private LiveEntry() {}

    static ObjectNode json(JournalEntry entry) {
        ObjectNode node = JournalJson.toJson(entry);
        node.remove(LEFT_OUT);
        for (Map.Entry<String, JsonNode> field : List.copyOf(node.properties())) {
            if (field.getValue().isTextual() && field.getValue().asText().length() > LONGEST_TEXT) {
                node.put(field.getKey(), Excerpt.of(field.getValue().asText(), LONGEST_TEXT));
                node.put("cut", true);
            }
        }
        return node;
    }
}
