package io.wstck.tck.implementation.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.implementation.ParallelCall;
import io.wstck.tck.implementation.calls.CallFailedException;
import io.wstck.tck.implementation.calls.CalledConnection;
import io.wstck.tck.implementation.calls.MessageType;
import io.wstck.tck.implementation.calls.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A connection inside an agent, addressed by its handle. */
final class AgentConnection implements CalledConnection {
    private final AgentCalls calls;
    private final String handle;

    AgentConnection(AgentCalls calls, String handle) {
        this.calls = calls;
        this.handle = handle;
    }

    @Override
    public void send(Optional<MessageType> type, byte[] data) throws CallFailedException, InterruptedException {
        ObjectNode request = request(Operation.SEND);
        type.ifPresent(given -> request.put("type", given.number()));
        calls.call(Operation.SEND, request.put("data", Base64.getEncoder().encodeToString(data)));
    }

    @Override
    public void ping() throws CallFailedException, InterruptedException {
        calls.call(Operation.PING, request(Operation.PING));
    }

    @Override
    public List<Optional<String>> parallel(List<ParallelCall> calls) throws CallFailedException, InterruptedException {
        ObjectNode request = request(Operation.PARALLEL);
        ArrayNode list = request.putArray("calls");
        calls.forEach(call -> describe(call, list.addObject()));
        JsonNode results = this.calls.call(Operation.PARALLEL, request);
        if (results.size() != calls.size()) {
            throw this.calls.protocolViolation(
                    "it answers `parallel` with " + results.size() + " results for " + calls.size() + " calls");
        }
        List<Optional<String>> failures = new ArrayList<>();
        results.forEach(result -> failures.add(Optional.of(result.path("error").path("message"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)));
        return failures;
    }

    private static void describe(ParallelCall call, ObjectNode json) {
        switch (call) {
            case ParallelCall.Send(int type, byte[] data) ->
                json.put("op", Operation.SEND.word())
                        .put("type", type)
                        .put("data", Base64.getEncoder().encodeToString(data));
            case ParallelCall.Ping() -> json.put("op", Operation.PING.word());
            case ParallelCall.Close(OptionalInt code) -> {
                json.put("op", Operation.CLOSE.word());
                code.ifPresent(number -> json.put("code", number));
            }
        }
    }

    @Override
    public Received receive(Optional<Duration> wait) throws InterruptedException {
        ObjectNode request = request(Operation.RECEIVE);
        wait.ifPresent(time -> request.put("wait", time.toMillis()));
        JsonNode result;
        try {
            Optional<JsonNode> answer = calls.callUnlessEnded(Operation.RECEIVE, request);
            if (answer.isEmpty()) {
                return Received.closed();
            }
            result = answer.get();
        } catch (CallFailedException e) {
            throw new IllegalStateException("by the schema `receive` cannot fail", e);
        }
        if (result.isNull()) {
            return Received.closed();
        }
        if (result.isTextual()) {
            if (wait.isEmpty()) {
                throw calls.protocolViolation("it answers `receive` with \"none\" though no `wait` was set");
            }
            return Received.nothing();
        }
        return new Received.Message(
                result.path("type").asText(), bytes(result.path("data").asText()));
    }

    private byte[] bytes(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw calls.protocolViolation("it answers `receive` with data that are no base64: " + e.getMessage());
        }
    }

    @Override
    public Echoed echo() throws CallFailedException, InterruptedException {
        JsonNode result = calls.call(Operation.ECHO, request(Operation.ECHO));
        return new Echoed(result.path("messages").asLong(), result.path("bytes").asLong());
    }

    @Override
    public void close(OptionalDouble code, Optional<String> reason) throws CallFailedException, InterruptedException {
        ObjectNode request = request(Operation.CLOSE);
        code.ifPresent(number -> {
            if (number == Math.rint(number) && Math.abs(number) < 0x1p53) {
                request.put("code", (long) number);
            } else {
                request.put("code", number);
            }
        });
        reason.ifPresent(text -> request.put("reason", text));
        calls.call(Operation.CLOSE, request);
    }

    @Override
    public ObjectNode attributes() throws CallFailedException, InterruptedException {
        return (ObjectNode) calls.call(Operation.ATTRIBUTES, request(Operation.ATTRIBUTES));
    }

    /** Does nothing: the end of the session releases all its connections. */
    @Override
    public void release() {}

    private ObjectNode request(Operation operation) {
        return calls.request(operation).put("client", handle);
    }
}
