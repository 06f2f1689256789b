package io.wstck.server.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.head.HeadExcerpt;
import io.wstck.server.head.JournalHeads;
import io.wstck.server.head.SensitiveHeaders;
import io.wstck.server.journal.JournalEntry;
import io.wstck.server.journal.JournalJson;
import io.wstck.server.text.Excerpt;
import java.util.List;
import java.util.Map;

/**
 * Converts a journal entry to the JSON that viewers of the live view get. Heads of HTTP messages become excerpts
 * without credentials, and texts are cut. Stateless.
 */
final class LiveEntryJson {
    private static final int LONGEST_TEXT = 300;
    private static final List<String> LEFT_OUT = List.of("seq", "nanos", "headers", "raw", "server", "connection");
    private static final List<String> PAYLOAD = List.of("text", "data", "head");
    private static final JournalHeads HEADS = new JournalHeads(SensitiveHeaders.hideAll());

    private LiveEntryJson() {}

    static ObjectNode json(JournalEntry entry) {
        List<HeadExcerpt> heads = HEADS.of(entry);
        ObjectNode node = JournalJson.toJson(entry);
        node.remove(LEFT_OUT);
        if (!heads.isEmpty()) {
            // The payload of raw bytes would show the credentials that the excerpt hides.
            node.remove(PAYLOAD);
            ArrayNode array = node.putArray("heads");
            heads.forEach(head -> array.add(json(head)));
        }
        for (Map.Entry<String, JsonNode> field : List.copyOf(node.properties())) {
            if (field.getValue().isTextual() && field.getValue().asText().length() > LONGEST_TEXT) {
                node.put(field.getKey(), Excerpt.of(field.getValue().asText(), LONGEST_TEXT));
                node.put("cut", true);
            }
        }
        return node;
    }

    private static ObjectNode json(HeadExcerpt head) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("line", head.line());
        ArrayNode lines = node.putArray("lines");
        head.lines().forEach(lines::add);
        return node;
    }
}
