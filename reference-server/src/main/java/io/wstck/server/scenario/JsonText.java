package io.wstck.server.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Strings as JSON, for messages. */
final class JsonText {
    private JsonText() {}

    static JsonNode of(String text) {
        return JsonNodeFactory.instance.textNode(text);
    }
}
