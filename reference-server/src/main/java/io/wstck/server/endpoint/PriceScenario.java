package io.wstck.server.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.wstck.server.scenario.Conversation;
import io.wstck.server.scenario.HandshakeAnswer;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.Step;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the scenario of the endpoint {@code /prices}, the server of the documentation's price stream. The client
 * subscribes with {@code {"action":"subscribe","symbols":[...]}} and gets a price for each symbol. It gets nothing more
 * until it sends a ping, then more prices and a close. One instance per connection.
 */
final class PriceScenario {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final int POLICY_VIOLATION = 1008;
    private static final int MAX_SYMBOLS = 100;
    private static final int MAX_SYMBOL_LENGTH = 32;

    private final List<String> symbols = new ArrayList<>();
    private int round;

    private PriceScenario() {}

    static Scenario scenario(String segment, Query query, HttpRequest request) {
        PriceScenario stream = new PriceScenario();
        return Scenario.of(
                HandshakeAnswer.accepting(),
                List.of(
                        new Step.Converse(stream.new FirstSubscription(), TIMEOUT),
                        new Step.ExpectPing(Optional.empty(), Step.Answer.ANSWERED, TIMEOUT),
                        new Step.Converse(stream.new LaterSubscription(), Duration.ZERO),
                        Step.SendClose.of(1000, "")));
    }

    /** Adds the symbols of a subscription. Returns whether {@code json} is one. */
    private boolean subscribe(JsonNode json) {
        JsonNode wanted = json.path("symbols");
        boolean valid = json.path("action").asText().equals("subscribe")
                && wanted.isArray()
                && !wanted.isEmpty()
                && symbols.size() + wanted.size() <= MAX_SYMBOLS;
        for (JsonNode symbol : wanted) {
            int length = symbol.asText().length();
            valid = valid && symbol.isTextual() && length > 0 && length <= MAX_SYMBOL_LENGTH;
        }
        if (valid) {
            wanted.forEach(symbol -> symbols.add(symbol.asText()));
        }
        return valid;
    }

    /** One price for each symbol. The prices of a symbol are the same in every run. */
    private List<Step.Send> prices() {
        round++;
        return symbols.stream().map(this::price).toList();
    }

    private Step.Send price(String symbol) {
        double value = (10_000 + Math.floorMod(symbol.hashCode(), 1_000_000) + 25 * round) / 100.0;
        return JsonMessages.message(
                JsonNodeFactory.instance.objectNode().put("symbol", symbol).put("value", value));
    }

    private abstract class SubscriptionConversation implements Conversation {
        @Override
        public String expected() {
            return "{\"action\":\"subscribe\",\"symbols\":[\"...\"]}";
        }

        @Override
        public TurnOutcome onClientGone() {
            return TurnOutcome.REFUSED;
        }

        @Override
        public Turn onMessage(Message message) {
            return subscribe(JsonMessages.read(message))
                    ? Turn.done(prices())
                    : Turn.refused(POLICY_VIOLATION, "expected " + expected());
        }
    }

    private final class FirstSubscription extends SubscriptionConversation {
        @Override
        public Turn onTimeout() {
            return Turn.refused(
                    POLICY_VIOLATION, "expected " + expected() + " within " + TIMEOUT.toMinutes() + " minutes");
        }
    }

    private final class LaterSubscription extends SubscriptionConversation {
        @Override
        public String expected() {
            return super.expected() + ", or nothing";
        }

        @Override
        public Turn onTimeout() {
            return Turn.done(prices());
        }
    }
}
