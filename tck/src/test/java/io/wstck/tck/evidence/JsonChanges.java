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

/** Every small change that a JSON value can suffer: each part of it altered, emptied, removed, or with something added. */
final class JsonChanges {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonChanges() {}

    /**
     * A changed value.
     *
     * @param what was done, with the path of the part
     */
    record Change(String what, JsonNode value) {
        @Override
        public String toString() {
            return what;
        }
    }

    /** All changes of an object, or of anything in it. */
    static List<Change> of(JsonNode root) {
        List<Change> changes = new ArrayList<>();
        collect(root, root, "", changes);
        return changes;
    }

    private static void collect(JsonNode root, JsonNode part, String path, List<Change> changes) {
        for (JsonNode other : others(part)) {
            if (!path.isEmpty()) {
                changes.add(new Change(path + " = " + excerpt(other), with(root, path, other)));
            }
        }
        if (part.isObject()) {
            changes.add(new Change("added " + path + "/added", added(root, path)));
            for (String name : (Iterable<String>) part::fieldNames) {
                changes.add(new Change("removed " + path + "/" + name, without(root, path, name)));
                collect(root, part.get(name), path + "/" + name, changes);
            }
        }
        if (part.isArray()) {
            for (int i = 0; i < part.size(); i++) {
                changes.add(new Change("removed " + path + "/" + i, without(root, path, Integer.toString(i))));
                collect(root, part.get(i), path + "/" + i, changes);
            }
        }
    }

    /** Altered, emptied, and of another kind. */
    private static List<JsonNode> others(JsonNode part) {
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
        // Numbers of the same value may be of different types.
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
