package io.wstck.tck.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.lua.errors.ErrorKind;
import io.wstck.server.text.FormatWord;
import io.wstck.tck.implementation.DescriptionJson;
import io.wstck.tck.implementation.ImplementationSession.Context;
import io.wstck.tck.implementation.ParallelCall;
import io.wstck.tck.implementation.PolicyRule;
import io.wstck.tck.implementation.calls.CallFailedException;
import io.wstck.tck.implementation.calls.CallOptions;
import io.wstck.tck.implementation.calls.CalledClient;
import io.wstck.tck.implementation.calls.CalledConnection;
import io.wstck.tck.implementation.calls.ConnectCall;
import io.wstck.tck.implementation.calls.MessageType;
import io.wstck.tck.implementation.calls.NotJudgedException;
import io.wstck.tck.implementation.calls.Received;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** Handles the requests of the agent protocol by calls to a client (docs/adapters.md). Any thread. */
final class RequestHandler implements AutoCloseable {
    private final CalledClient client;
    private final Map<String, CalledConnection> connections = new ConcurrentHashMap<>();
    private final Map<String, AgentSession> sessions = new ConcurrentHashMap<>();
    private volatile Optional<Path> trust = Optional.empty();

    RequestHandler(CalledClient client) {
        this.client = client;
    }

    /** Handles a request, and adds its results to the array. */
    void handle(JsonNode request, ArrayNode results) throws CallFailedException, InterruptedException {
        String operation = request.path("op").asText();
        switch (operation) {
            case "hello" -> hello(request, results);
            case "noop" -> results.add(true);
            case "connect" -> results.add(connect(request));
            case "send" -> {
                connection(request)
                        .send(
                                type(request),
                                Base64.getDecoder().decode(request.path("data").asText()));
                results.add(true);
            }
            case "ping" -> {
                connection(request).ping();
                results.add(true);
            }
            case "parallel" -> parallel(request, results.addArray());
            case "receive" -> received(connection(request).receive(wait(request)), results);
            case "echo" -> {
                CalledConnection.Echoed echoed = connection(request).echo();
                results.addObject().put("messages", echoed.messages()).put("bytes", echoed.bytes());
            }
            case "close" -> {
                connection(request).close(code(request), text(request, "reason"));
                results.add(true);
            }
            case "end" -> {
                Optional.ofNullable(sessions.remove(request.path("session").asText()))
                        .ifPresent(this::end);
                results.add(true);
            }
            default -> throw NotJudgedException.unsupported("this agent has no operation " + operation);
        }
    }

    private void parallel(JsonNode request, ArrayNode outcomes) throws CallFailedException, InterruptedException {
        List<ParallelCall> calls = new ArrayList<>();
        for (JsonNode call : request.path("calls")) {
            calls.add(
                    switch (call.path("op").asText()) {
                        case "send" ->
                            new ParallelCall.Send(
                                    call.path("type").asInt(),
                                    Base64.getDecoder().decode(call.path("data").asText()));
                        case "ping" -> new ParallelCall.Ping();
                        default ->
                            new ParallelCall.Close(
                                    call.has("code")
                                            ? OptionalInt.of(call.path("code").asInt())
                                            : OptionalInt.empty());
                    });
        }
        for (Optional<String> failure : connection(request).parallel(calls)) {
            if (failure.isEmpty()) {
                outcomes.add(true);
            } else {
                outcomes.addObject()
                        .putObject("error")
                        .put("kind", ErrorKind.INTERNAL.word())
                        .put("message", failure.get())
                        .put("retryable", false);
            }
        }
    }

    private void hello(JsonNode request, ArrayNode results) {
        trust = text(request, "trust").map(Path::of);
        DescriptionJson.write(client.description(), results.addObject());
    }

    private String connect(JsonNode request) throws CallFailedException, InterruptedException {
        String url = request.path("url").asText();
        AgentSession session = sessions.computeIfAbsent(request.path("session").asText(), _ -> new AgentSession());
        ConnectCall call = new ConnectCall(
                url,
                new CallOptions((ObjectNode) request.path("options")),
                request.has("policy") ? Optional.of(rules(request.path("policy"))) : Optional.empty(),
                request.path("context").asBoolean(true) ? Context.PRESENT : Context.ABSENT,
                trust.filter(_ -> url.startsWith("wss:")));
        String handle = "c" + request.path("id").asText();
        connections.put(handle, session.connect(handle, () -> client.connect(call)));
        return handle;
    }

    private static List<PolicyRule> rules(JsonNode policy) {
        List<PolicyRule> rules = new ArrayList<>();
        policy.forEach(rule -> rules.add(new PolicyRule(
                FormatWord.of(
                        PolicyRule.Effect.class,
                        "an effect",
                        rule.path("effect").asText()),
                rule.path("action").asText(),
                text(rule, "resource"))));
        return rules;
    }

    private CalledConnection connection(JsonNode request) {
        String handle = request.path("client").asText();
        return Optional.ofNullable(connections.get(handle))
                .orElseThrow(() -> NotJudgedException.trouble("expected a handle that is in use, got " + handle));
    }

    private static Optional<MessageType> type(JsonNode request) {
        return switch (request.path("type").asInt()) {
            case 1 -> Optional.of(MessageType.TEXT);
            case 2 -> Optional.of(MessageType.BINARY);
            default -> Optional.empty();
        };
    }

    private static Optional<Duration> wait(JsonNode request) {
        return request.has("wait")
                ? Optional.of(Duration.ofMillis(request.path("wait").asLong()))
                : Optional.empty();
    }

    private static OptionalDouble code(JsonNode request) {
        return request.has("code") ? OptionalDouble.of(request.path("code").asDouble()) : OptionalDouble.empty();
    }

    private static Optional<String> text(JsonNode object, String field) {
        return object.has(field) ? Optional.of(object.path(field).asText()) : Optional.empty();
    }

    private static void received(Received received, ArrayNode results) {
        switch (received) {
            case Received.Message message ->
                results.addObject()
                        .put("type", message.type())
                        .put("data", Base64.getEncoder().encodeToString(message.data()));
            case Received.Closed() -> results.addNull();
            case Received.Nothing() -> results.add("none");
        }
    }

    private void end(AgentSession session) {
        session.end().forEach(connections::remove);
    }

    @Override
    public void close() {
        sessions.values().forEach(this::end);
    }
}
