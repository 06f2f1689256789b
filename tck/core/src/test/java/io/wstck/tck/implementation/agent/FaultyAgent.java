package io.wstck.tck.implementation.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.ImplementationSession.Context;
import io.wstck.tck.implementation.ParallelCall;
import io.wstck.tck.implementation.PolicyRule;
import io.wstck.tck.implementation.calls.BundledCalledClient;
import io.wstck.tck.implementation.calls.CallFailedException;
import io.wstck.tck.implementation.calls.CallOptions;
import io.wstck.tck.implementation.calls.CalledClient;
import io.wstck.tck.implementation.calls.CalledConnection;
import io.wstck.tck.implementation.calls.ConnectCall;
import io.wstck.tck.implementation.calls.MessageType;
import io.wstck.tck.implementation.calls.Received;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** An agent for tests: the bundled client, or its Lua module. Its arguments name the faults it has. */
public final class FaultyAgent {
    private final ObjectMapper json = new ObjectMapper();
    private final CalledClient client = new BundledCalledClient();
    private final Map<String, CalledConnection> connections = new ConcurrentHashMap<>();
    private final Map<String, List<String>> sessions = new ConcurrentHashMap<>();
    private final Map<String, LuaScriptRunner> scripts = new ConcurrentHashMap<>();
    private final OutputStream out;
    private final AgentFaults faults;
    private Optional<Path> trust = Optional.empty();

    private FaultyAgent(OutputStream out, AgentFaults faults) {
        this.out = out;
        this.faults = faults;
        json.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Integer.MAX_VALUE)
                        .build());
    }

    /** The command that starts this agent with these faults. */
    public static String command(String... faults) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                FaultyAgent.class.getName()));
        words.addAll(Arrays.asList(faults));
        return words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        String control = System.getenv("WSTCK_CONTROL");
        if (control == null) {
            serve(System.in, System.out, arguments);
            return;
        }
        URI address = URI.create("tcp://" + control);
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setTcpNoDelay(true);
            serve(socket.getInputStream(), socket.getOutputStream(), arguments);
        }
    }

    private static void serve(InputStream in, OutputStream out, String[] arguments)
            throws IOException, InterruptedException {
        FaultyAgent agent = new FaultyAgent(out, new AgentFaults(arguments));
        agent.faults.recordStart();
        if (agent.faults.lua()) {
            LuaScriptRunner.warmUp();
        }
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            JsonNode request = agent.json.readTree(line);
            if (agent.faults.hangs(request)) {
                // Blocks the reader, as an agent with a single stuck thread does.
                new java.util.concurrent.CountDownLatch(1).await();
            }
            Thread.ofVirtual().start(() -> agent.answer(request));
            if (agent.faults.stopsReading(request)) {
                new java.util.concurrent.CountDownLatch(1).await();
            }
        }
        // Threads of the client must not keep the JVM alive.
        System.exit(0);
    }

    private void answer(JsonNode request) {
        ObjectNode answer = json.createObjectNode();
        answer.set("id", request.path("id"));
        try {
            if (faults.commit(request, this::print)) {
                return;
            }
            faults.delayRequest(request);
            ArrayNode results = JsonNodeFactory.instance.arrayNode();
            try {
                perform(request, results);
            } catch (CallFailedException e) {
                results.removeAll()
                        .addNull()
                        .addObject()
                        .putObject("error")
                        .put("kind", e.kind().name())
                        .put("message", e.getMessage())
                        .put("retryable", e.retry() == CallFailedException.Retry.WORTH_IT);
            }
            answer.set("results", results);
            if (request.path("op").asText().equals("send") && faults.elapsed().isPresent()) {
                answer.put("elapsed_ms", Double.parseDouble(faults.elapsed().get()));
            }
        } catch (RuntimeException e) {
            answer.put("trouble", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        print(answer.toString() + "\n");
        if (faults.twice(request)) {
            print(answer.toString() + "\n");
        }
    }

    private void print(String text) {
        synchronized (out) {
            try {
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (IOException e) {
                throw new IllegalStateException("the kit does not listen any more", e);
            }
        }
    }

    private void perform(JsonNode request, ArrayNode results) throws CallFailedException, InterruptedException {
        switch (request.path("op").asText()) {
            case "hello" -> hello(request, results);
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
                connection(request)
                        .close(
                                request.has("code")
                                        ? OptionalDouble.of(request.path("code").asDouble())
                                        : OptionalDouble.empty(),
                                request.has("reason")
                                        ? Optional.of(request.path("reason").asText())
                                        : Optional.empty());
                results.add(true);
            }
            case "script" -> {
                LuaScriptRunner script = new LuaScriptRunner(trust);
                scripts.put(request.path("session").asText(), script);
                results.add(script.play((ObjectNode) request, faults.atLimit()));
            }
            case "constants" ->
                results.addObject()
                        .put("TEXT", 1)
                        .put("BINARY", 3)
                        .putObject("COMPRESSION")
                        .put("DISABLED", 0);
            case "noop" -> results.add(true);
            case "end" -> {
                for (String handle :
                        sessions.getOrDefault(request.path("session").asText(), List.of())) {
                    connections.remove(handle).release();
                }
                Optional.ofNullable(scripts.remove(request.path("session").asText()))
                        .ifPresent(LuaScriptRunner::close);
                results.add(true);
            }
            default -> throw new IllegalArgumentException("no such operation: " + request.path("op"));
        }
    }

    private void parallel(JsonNode request, ArrayNode outcomes) throws CallFailedException, InterruptedException {
        List<ParallelCall> calls = new ArrayList<>();
        for (JsonNode call : request.path("calls")) {
            calls.add(
                    call.path("op").asText().equals("send")
                            ? new ParallelCall.Send(
                                    call.path("type").asInt(),
                                    Base64.getDecoder().decode(call.path("data").asText()))
                            : call.path("op").asText().equals("ping")
                                    ? new ParallelCall.Ping()
                                    : new ParallelCall.Close(
                                            OptionalInt.of(call.path("code").asInt(1000))));
        }
        for (Optional<String> failure : connection(request).parallel(calls)) {
            if (failure.isEmpty()) {
                outcomes.add(true);
            } else {
                outcomes.addObject()
                        .putObject("error")
                        .put("kind", "INTERNAL")
                        .put("message", failure.get())
                        .put("retryable", false);
            }
        }
    }

    private JsonNode json(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void hello(JsonNode request, ArrayNode results) {
        trust = Optional.of(Path.of(request.path("trust").asText()));
        Description description = client.description();
        ObjectNode about = results.addObject()
                .put("name", description.name())
                .put("version", description.version())
                .put("language", description.language());
        ArrayNode capabilities = about.putArray("capabilities");
        for (Capability capability : Capability.values()) {
            boolean claimed = description.capabilities().contains(capability)
                    || faults.lua()
                    || (faults.constants() && capability == Capability.CONSTANTS);
            // Scripts in the agent's own Lua cannot make parallel calls.
            claimed &= !faults.lua() || capability != Capability.PARALLEL_CALLS;
            if (claimed && !faults.without().equals(Optional.of(capability.word()))) {
                capabilities.add(capability.word());
            }
        }
        if (faults.behaviour().isPresent()) {
            about.set("behaviour", json(faults.behaviour().get()));
        }
    }

    private String connect(JsonNode request) throws CallFailedException, InterruptedException {
        CalledConnection made = client.connect(new ConnectCall(
                request.path("url").asText(),
                new CallOptions(options((ObjectNode) request.path("options"))),
                request.has("policy") ? Optional.of(rules(request.path("policy"))) : Optional.empty(),
                request.has("context") ? Context.ABSENT : Context.PRESENT,
                request.path("url").asText().startsWith("wss:") ? trust : Optional.empty()));
        String handle = "c" + request.path("id").asText();
        connections.put(handle, made);
        sessions.computeIfAbsent(
                        request.path("session").asText(), _ -> new java.util.concurrent.CopyOnWriteArrayList<>())
                .add(handle);
        return handle;
    }

    /** The options for the client, without those that it decides itself. */
    private ObjectNode options(ObjectNode given) {
        if (faults.compress().isPresent()) {
            if (given.has("compression_threshold")) {
                throw new IllegalArgumentException("expected no compression_threshold, which cannot be set");
            }
            given.put(
                    "compression_threshold",
                    switch (faults.compress().get()) {
                        case "never" -> 100_000_000;
                        case "always" -> 0;
                        default -> 4_000;
                    });
        }
        if (faults.takesShortMessages()) {
            given.put("read_limit", 1 << 16);
        }
        if (faults.offers() && !given.has("compression")) {
            given.put("compression", 1);
        }
        return given;
    }

    static List<PolicyRule> rules(JsonNode policy) {
        List<PolicyRule> rules = new ArrayList<>();
        policy.forEach(rule -> rules.add(new PolicyRule(
                PolicyRule.Effect.valueOf(rule.path("effect").asText().toUpperCase(Locale.ROOT)),
                rule.path("action").asText(),
                rule.has("resource") ? Optional.of(rule.path("resource").asText()) : Optional.empty())));
        return rules;
    }

    private CalledConnection connection(JsonNode request) {
        return connections.get(request.path("client").asText());
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
}
