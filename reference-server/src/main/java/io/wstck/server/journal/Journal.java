package io.wstck.server.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.wstck.server.wire.Bytes;
import java.util.List;

/**
 * A snapshot of the journal of one session: its entries in order, and how many are missing. Immutable.
 *
 * @param session the session's id
 * @param name the session's name for people
 * @param entries the entries in the order of the events
 * @param dropped the number of entries and connections that exceeded the session's limits
 * @param settled whether all connections had ended
 */
public record Journal(String session, String name, List<JournalEntry> entries, long dropped, boolean settled) {
    /** The version of the JSON form. */
    public static final int VERSION = 1;

    public Journal {
        entries = List.copyOf(entries);
    }

    /** The JSON form of docs/scenarios.md, including its hash. */
    public ObjectNode toJson() {
        ArrayNode array = entriesJson();
        return json(array, hash(array));
    }

    /**
     * The same JSON form, whose entries are one raw value, encoded once for both the hash and the text. It can only be
     * written.
     */
    public ObjectNode toEncodedJson() {
        String encoded = entriesJson().toString();
        return json(JsonNodeFactory.instance.rawValueNode(new RawValue(encoded)), hash(encoded));
    }

    private ArrayNode entriesJson() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(entries.size());
        entries.forEach(entry -> array.add(JournalJson.toJson(entry)));
        return array;
    }

    private ObjectNode json(JsonNode entriesNode, String hash) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("version", VERSION).put("session", session).put("name", name);
        json.set("entries", entriesNode);
        return json.put("dropped", dropped).put("settled", settled).put("sha256", hash);
    }

    /**
     * The value of the field {@code sha256}: SHA-256 over {@code entries} as compact JSON in UTF-8, in lower-case hex.
     */
    public static String hash(ArrayNode entries) {
        return hash(entries.toString());
    }

    private static String hash(String encodedEntries) {
        return Bytes.utf8(encodedEntries).sha256();
    }
}
