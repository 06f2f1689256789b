package io.wstck.tck.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Computes the digests of an evidence line, for its field {@code sha256}. Each is a SHA-256 in lower-case hex over
 * compact JSON in UTF-8. Each part of the line has its own digest, so that an error can name the part. Stateless.
 */
final class LineDigests {
    static final String FIELD = "sha256";

    private static final String FIELDS = "fields";
    private static final String SCRIPT = "script";
    private static final String JOURNAL = "journal";
    private static final String ENTRIES = "entries";

    private LineDigests() {}

    /** Adds the digests to a line that is complete otherwise. */
    static ObjectNode add(ObjectNode line) {
        line.set(FIELD, of(line));
        return line;
    }

    /** The digests of a line. */
    static ObjectNode of(JsonNode line) {
        ObjectNode digests = JsonNodeFactory.instance.objectNode();
        digests.put(FIELDS, sha256(without(line, Set.of(SCRIPT, JOURNAL, FIELD))));
        if (line.has(SCRIPT)) {
            digests.put(SCRIPT, sha256(line.get(SCRIPT)));
        }
        if (line.has(JOURNAL)) {
            // The journal's own digest covers its entries, and this digest covers the journal's.
            digests.put(JOURNAL, sha256(without(line.get(JOURNAL), Set.of(ENTRIES))));
        }
        return digests;
    }

    /** One sentence for each part of the line that does not match its digest. */
    static List<String> differences(JsonNode line) {
        JsonNode kept = line.path(FIELD);
        ObjectNode found = of(line);
        List<String> differences = new ArrayList<>();
        for (Map.Entry<String, JsonNode> digest : kept.properties()) {
            if (!found.has(digest.getKey())) {
                differences.add("expected " + phrase(digest.getKey()) + ", which has a digest, found none");
            }
        }
        for (Map.Entry<String, JsonNode> digest : found.properties()) {
            JsonNode expected = kept.path(digest.getKey());
            if (!expected.isTextual()) {
                differences.add("expected a digest over " + phrase(digest.getKey()) + ", found none");
            } else if (!expected.equals(digest.getValue())) {
                differences.add(phrase(digest.getKey()) + " changed: expected SHA-256 " + expected.asText() + ", found "
                        + digest.getValue().asText());
            }
        }
        return differences;
    }

    private static String phrase(String part) {
        return switch (part) {
            case FIELDS -> "its fields beside script and journal";
            case SCRIPT -> "its script";
            case JOURNAL -> "its journal beside the entries";
            default -> "a part \"" + part + "\"";
        };
    }

    private static JsonNode without(JsonNode node, Set<String> names) {
        if (!node.isObject()) {
            return node;
        }
        ObjectNode rest = JsonNodeFactory.instance.objectNode();
        node.properties().stream()
                .filter(field -> !names.contains(field.getKey()))
                .forEach(field -> rest.set(field.getKey(), field.getValue()));
        return rest;
    }

    private static String sha256(JsonNode node) {
        return Bytes.utf8(node.toString()).sha256();
    }
}
