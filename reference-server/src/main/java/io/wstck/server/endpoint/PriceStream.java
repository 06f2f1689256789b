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
 * The server of the documentation's price stream: the client subscribes with {@code {"action":"subscribe","symbols":[...]}} and
 * gets a price for each symbol, then nothing until it sends a ping, then more prices and a close. One a connection.
 */
final class PriceStream {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int POLICY_VIOLATION = 1008;
    private static final int MAX_SYMBOLS = 100;
    private static final int MAX_SYMBOL_LENGTH = 32;

    private final List<String> symbols = new ArrayList<>();
    private int round;

    private PriceStream() {}

    static Scenario scenario(String segment, Query query, HttpRequest request) {
        PriceStream stream = new PriceStream();
        return Scenario.of(
                HandshakeAnswer.accepting(),
                List.of(
                        new Step.Converse(stream.new Subscribing(), PATIENCE),
                        new Step.ExpectPing(Optional.empty(), Step.Answer.ANSWERED, PATIENCE),
                        new Step.Converse(stream.new Resuming(), Duration.ZERO),
                        Step.SendClose.of(1000, "")));
    }

    /** Whether {@code json} is a subscription; its symbols are added then. */
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

    /** One price for each symbol; a symbol's prices are the same in every run. */
    private List<Step.Send> prices() {
        round++;
        return symbols.stream().map(this::price).toList();
    }

    private Step.Send price(String symbol) {
        double value = (10_000 + Math.floorMod(symbol.hashCode(), 1_000_000) + 25 * round) / 100.0;
        return Sentences.say(
                JsonNodeFactory.instance.objectNode().put("symbol", symbol).put("value", value));
    }

    private abstract class Listening implements Conversation {
        @Override
        public String expected() {
            return "{\"action\":\"subscribe\",\"symbols\":[\"...\"]}";
        }

        @Override
        public Next onLeaving() {
            return Next.REFUSED;
        }

        @Override
        public Turn onMessage(Message message) {
            return subscribe(Sentences.read(message))
                    ? Turn.done(prices())
                    : Turn.refused(POLICY_VIOLATION, "expected " + expected());
        }
    }

    private final class Subscribing extends Listening {
        @Override
        public Turn onQuiet() {
            return Turn.refused(
                    POLICY_VIOLATION, "expected " + expected() + " within " + PATIENCE.toMinutes() + " minutes");
        }
    }

    private final class Resuming extends Listening {
        @Override
        public String expected() {
            return super.expected() + ", or nothing";
        }

        @Override
        public Turn onQuiet() {
            return Turn.done(prices());
        }
    }
}
