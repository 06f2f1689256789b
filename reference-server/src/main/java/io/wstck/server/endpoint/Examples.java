package io.wstck.server.endpoint;

import io.wstck.server.scenario.HandshakeAnswer;
import io.wstck.server.scenario.PayloadSpec;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.Step;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.MessageType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The servers of the documentation's two examples: the real-time chat, and the price stream with keep-alive. */
final class Examples {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private Examples() {}

    /** Waits for the client to join, chats a little, and closes, which ends the example's loop. */
    static Scenario chat(String segment, Query query, HttpRequest request) {
        return Scenario.of(
                HandshakeAnswer.accepting(),
                List.of(
                        anyMessage(),
                        text("{\"type\":\"joined\",\"members\":[\"ada\",\"you\"]}"),
                        text("{\"type\":\"message\",\"from\":\"ada\",\"text\":\"Welcome!\"}"),
                        text("{\"type\":\"message\",\"from\":\"ada\",\"text\":\"See you.\"}"),
                        Step.SendClose.of(1000, "")));
    }

    /** Waits for the subscription, sends prices, falls silent until the client's ping, sends one more, and closes. */
    static Scenario prices(String segment, Query query, HttpRequest request) {
        return Scenario.of(
                HandshakeAnswer.accepting(),
                List.of(
                        anyMessage(),
                        text("{\"symbol\":\"BTC-USD\",\"value\":64250.5}"),
                        text("{\"symbol\":\"ETH-USD\",\"value\":3120.25}"),
                        new Step.ExpectPing(Optional.empty(), Step.Answer.ANSWERED, PATIENCE),
                        text("{\"symbol\":\"BTC-USD\",\"value\":64251.0}"),
                        Step.SendClose.of(1000, "")));
    }

    private static Step anyMessage() {
        return Step.ExpectMessage.any(MessageType.TEXT, PATIENCE);
    }

    static Step text(String text) {
        return Step.SendMessage.of(MessageType.TEXT, PayloadSpec.text(text));
    }
}
