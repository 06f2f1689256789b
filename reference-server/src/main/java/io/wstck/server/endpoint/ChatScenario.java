package io.wstck.server.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.scenario.Conversation;
import io.wstck.server.scenario.HandshakeAnswer;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.Step;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.Message;
import io.wstck.server.wire.MessageType;
import java.time.Duration;
import java.util.List;

/**
 * Makes the scenario of the endpoint {@code /chat}, the server of the documentation's real-time chat. The client joins
 * with {@code {"type":"join","room":...}}. The room then sends its messages back, and closes when the client is idle.
 */
final class ChatScenario {
    private static final Duration JOIN_TIMEOUT = Duration.ofMinutes(5);
    private static final int LINGER_MS = 300;
    private static final int MAX_LINGER_MS = 600_000;
    private static final int UNSUPPORTED_DATA = 1003;
    private static final int POLICY_VIOLATION = 1008;

    private ChatScenario() {}

    static Scenario scenario(String segment, Query query, HttpRequest request) throws BadQueryException {
        Duration linger = Duration.ofMillis(query.integer("linger", 0, MAX_LINGER_MS, LINGER_MS));
        return Scenario.of(
                HandshakeAnswer.accepting(),
                List.of(
                        new Step.Converse(new JoinConversation(), JOIN_TIMEOUT),
                        new Step.Converse(new ChatConversation(), linger),
                        Step.SendClose.of(1000, "")));
    }

    private static Step.Send chat(String from, String text) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return JsonMessages.message(
                json.put("type", "message").put("from", from).put("text", text));
    }

    private record JoinConversation() implements Conversation {
        private static final String EXPECTED = "{\"type\":\"join\",\"room\":\"...\"}";

        @Override
        public String expected() {
            return EXPECTED;
        }

        @Override
        public Turn onMessage(Message message) {
            JsonNode json = JsonMessages.read(message);
            boolean joins = json.path("type").asText().equals("join")
                    && (json.path("room").isTextual() || json.path("room").isNumber());
            if (!joins) {
                return Turn.refused(POLICY_VIOLATION, "expected " + EXPECTED);
            }
            ObjectNode joined = JsonNodeFactory.instance.objectNode().put("type", "joined");
            joined.set("room", json.path("room"));
            joined.putArray("members").add("ada").add("you");
            return Turn.done(List.of(JsonMessages.message(joined), chat("ada", "Welcome!")));
        }

        @Override
        public TurnOutcome onClientGone() {
            return TurnOutcome.REFUSED;
        }

        @Override
        public Turn onTimeout() {
            return Turn.refused(
                    POLICY_VIOLATION, "expected " + EXPECTED + " within " + JOIN_TIMEOUT.toMinutes() + " minutes");
        }
    }

    private record ChatConversation() implements Conversation {
        @Override
        public String expected() {
            return "text messages, or none";
        }

        @Override
        public Turn onMessage(Message message) {
            if (message.type() != MessageType.TEXT) {
                return Turn.refused(UNSUPPORTED_DATA, "expected text");
            }
            String raw = message.content().text().orElse("");
            return Turn.continueWith(
                    chat("you", JsonMessages.read(message).path("text").asText(raw)));
        }

        @Override
        public TurnOutcome onClientGone() {
            return TurnOutcome.DONE;
        }

        @Override
        public Turn onTimeout() {
            return Turn.done(List.of(chat("ada", "See you.")));
        }
    }
}
