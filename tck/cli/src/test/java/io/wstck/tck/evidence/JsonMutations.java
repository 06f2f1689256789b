package io.wstck.tck.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/** Makes every small change of a JSON value: each part is altered, emptied, removed or extended. */
final class JsonMutations {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonMutations() {}

    /**
     * A changed value.
     *
     * @param what describes the change, with the path of the part
     */
    record JsonMutation(String what, JsonNode value) {
        @Override
        public String toString() {
            return what;
        }
    }

    /** All changes of an object and of its parts. */
    static List<JsonMutation> of(JsonNode root) {
        List<JsonMutation> changes = new ArrayList<>();
        collect(root, root, "", changes);
        return changes;
    }

    private static void collect(JsonNode root, JsonNode part, String path, List<JsonMutation> changes) {
        for (JsonNode other : replacements(part)) {
            if (!path.isEmpty()) {
                changes.add(new JsonMutation(path + " = " + excerpt(other), with(root, path, other)));
            }
        }
        if (part.isObject()) {
            changes.add(new JsonMutation("added " + path + "/added", added(root, path)));
            for (String name : (Iterable<String>) part::fieldNames) {
                changes.add(new JsonMutation("removed " + path + "/" + name, without(root, path, name)));
                collect(root, part.get(name), path + "/" + name, changes);
            }
        }
        if (part.isArray()) {
            for (int i = 0; i < part.size(); i++) {
                changes.add(new JsonMutation("removed " + path + "/" + i, without(root, path, Integer.toString(i))));
                collect(root, part.get(i), path + "/" + i, changes);
            }
        }
    }

    /** An altered value, an empty one, and one of another type. */
    private static List<JsonNode> replacements(JsonNode part) {
        List<JsonNode> others = new ArrayList<>(List.of(NullNode.instance));
        if (part.isTextual()) {
            others.add(TextNode.valueOf(""));
            others.add(TextNode.valueOf(part.asText() + "x"));
        } else if (part.isIntegralNumber()) {
            others.add(LongNode.valueOf(0));
            others.add(LongNode.valueOf(part.asLong() + 1));
            others.add(TextNode.valueOf(part.asText()));
        } else if (part.isNumber()) {
            others.add(DoubleNode.valueOf(0));
            others.add(DoubleNode.valueOf(part.asDouble() + 1));
        } else if (part.isBoolean()) {
            others.add(BooleanNode.valueOf(!part.asBoolean()));
        } else if (part.isObject()) {
            others.add(NODES.objectNode());
        } else if (part.isArray()) {
            others.add(NODES.arrayNode());
            ArrayNode longer = part.deepCopy();
            others.add(longer.add(part.isEmpty() ? TextNode.valueOf("added") : part.get(0)));
            if (part.size() > 1 && !part.get(0).equals(part.get(1))) {
                ArrayNode swapped = part.deepCopy();
                swapped.set(0, part.get(1));
                others.add(swapped.set(1, part.get(0)));
            }
        }
        // Compares as text, because numbers of the same value may have different types.
        others.removeIf(other -> other.toString().equals(part.toString()));
        return others;
    }

    private static JsonNode with(JsonNode root, String path, JsonNode value) {
        JsonNode copy = root.deepCopy();
        int slash = path.lastIndexOf('/');
        JsonNode parent = copy.at(path.substring(0, slash));
        String name = path.substring(slash + 1);
        if (parent instanceof ObjectNode object) {
            object.set(name, value);
        } else {
            ((ArrayNode) parent).set(Integer.parseInt(name), value);
        }
        return copy;
    }

    private static JsonNode without(JsonNode root, String path, String name) {
        JsonNode copy = root.deepCopy();
        JsonNode parent = copy.at(path);
        if (parent instanceof ObjectNode object) {
            object.remove(name);
        } else {
            ((ArrayNode) parent).remove(Integer.parseInt(name));
        }
        return copy;
    }

    private static JsonNode added(JsonNode root, String path) {
        JsonNode copy = root.deepCopy();
        ((ObjectNode) copy.at(path)).put("added", "x");
        return copy;
    }

    private static String excerpt(JsonNode node) {
        String text = node.toString();
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
