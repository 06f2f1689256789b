package io.wstck.server.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Converts strings to JSON, which shows them in quotes in the sentences of a {@link ScenarioSyntaxException}. */
final class JsonText {
    private JsonText() {}

    static JsonNode of(String text) {
        return JsonNodeFactory.instance.textNode(text);
    }
}
