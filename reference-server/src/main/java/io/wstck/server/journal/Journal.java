package io.wstck.server.journal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.wire.Bytes;
import java.util.List;

/**
 * A journal as it stood at one moment. Immutable.
 *
 * @param session the session's id
 * @param name the session's name, for people
 * @param entries in the order in which they happened
 * @param dropped how many entries and connections the session was too full to keep
 * @param settled whether every connection had ended
 */
public record Journal(String session, String name, List<JournalEntry> entries, long dropped, boolean settled) {
    /** The version of the JSON form. */
    public static final int VERSION = 1;

    public Journal {
        entries = List.copyOf(entries);
    }

    /** The JSON form of docs/scenarios.md, its hash included. */
    public ObjectNode toJson() {
        ObjectNode json = toUnhashedJson();
        return json.put("sha256", hash((ArrayNode) json.get("entries")));
    }

    /** As {@link #toJson}, without the hash: for whoever reads it in this program, where nobody can change it on its way. */
    public ObjectNode toUnhashedJson() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(entries.size());
        entries.forEach(entry -> array.add(JournalJson.toJson(entry)));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("version", VERSION).put("session", session).put("name", name);
        json.set("entries", array);
        return json.put("dropped", dropped).put("settled", settled);
    }

    /** SHA-256, in lower-case hex, over {@code entries} as compact JSON in UTF-8: what {@code sha256} must be. */
    public static String hash(ArrayNode entries) {
        return Bytes.utf8(entries.toString()).sha256();
    }
}
