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
 * The server of the documentation's real-time chat: the client joins with {@code {"type":"join","room":...}}, what it sends
 * then is chatted back, and the room closes when it has been quiet.
 */
final class ChatRoom {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int LINGER_MS = 1_000;
    private static final int MAX_LINGER_MS = 600_000;
    private static final int UNSUPPORTED_DATA = 1003;
    private static final int POLICY_VIOLATION = 1008;

    private ChatRoom() {}

    static Scenario scenario(String segment, Query query, HttpRequest request) throws BadQueryException {
        Duration linger = Duration.ofMillis(query.integer("linger", 0, MAX_LINGER_MS, LINGER_MS));
        return Scenario.of(
                HandshakeAnswer.accepting(),
                List.of(
                        new Step.Converse(new Joining(), PATIENCE),
                        new Step.Converse(new Chatting(), linger),
                        Step.SendClose.of(1000, "")));
    }

    private static Step.Send chat(String from, String text) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return Sentences.say(json.put("type", "message").put("from", from).put("text", text));
    }

    private record Joining() implements Conversation {
        private static final String EXPECTED = "{\"type\":\"join\",\"room\":\"...\"}";

        @Override
        public String expected() {
            return EXPECTED;
        }

        @Override
        public Turn onMessage(Message message) {
            JsonNode json = Sentences.read(message);
            boolean joins = json.path("type").asText().equals("join")
                    && (json.path("room").isTextual() || json.path("room").isNumber());
            if (!joins) {
                return Turn.refused(POLICY_VIOLATION, "expected " + EXPECTED);
            }
            ObjectNode joined = JsonNodeFactory.instance.objectNode().put("type", "joined");
            joined.set("room", json.path("room"));
            joined.putArray("members").add("ada").add("you");
            return Turn.done(List.of(Sentences.say(joined), chat("ada", "Welcome!")));
        }

        @Override
        public Next onLeaving() {
            return Next.REFUSED;
        }

        @Override
        public Turn onQuiet() {
            return Turn.refused(
                    POLICY_VIOLATION, "expected " + EXPECTED + " within " + PATIENCE.toMinutes() + " minutes");
        }
    }

    private record Chatting() implements Conversation {
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
            return Turn.goOn(chat("you", Sentences.read(message).path("text").asText(raw)));
        }

        @Override
        public Next onLeaving() {
            return Next.DONE;
        }

        @Override
        public Turn onQuiet() {
            return Turn.done(List.of(chat("ada", "See you.")));
        }
    }
}
