package io.wstck.server.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.wstck.server.scenario.PayloadSpec;
import io.wstck.server.scenario.Step;
import io.wstck.server.wire.Message;
import io.wstck.server.wire.MessageType;

/** Reads and writes the JSON text messages of the example endpoints. */
final class JsonMessages {
    private static final JsonMapper MAPPER = new JsonMapper();

    private JsonMessages() {}

    /** The JSON of a text message; a missing node for anything else. */
    static JsonNode read(Message message) {
        if (message.type() != MessageType.TEXT) {
            return MissingNode.getInstance();
        }
        try {
            return MAPPER.readTree(message.content().text().orElse(""));
        } catch (JsonProcessingException noJson) {
            return MissingNode.getInstance();
        }
    }

    static Step.Send message(JsonNode json) {
        return Step.SendMessage.of(MessageType.TEXT, PayloadSpec.text(json.toString()));
    }
}
