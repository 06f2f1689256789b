package io.wstck.tck.implementation.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.DescriptionJson;
import io.wstck.tck.implementation.Hindrance;
import io.wstck.tck.implementation.calls.HinderedException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Ten small steps that an agent must be able to make before it is worth judging a client through it; tells in plain words what it
 * does wrong. It looks at the agent: whether the client is right is for the cases. For one thread.
 */
public final class AgentSmoke implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final String TEXT = "text";
    private static final String BINARY = "binary";

    private final AgentTransport transport;
    private final AgentProtocol protocol = new AgentProtocol();
    private final Path trust;
    private final URI echo;
    private final URI refused;
    private final Consumer<String> notices;
    private final List<Step> steps = List.of(
            new Step("hello", "says who it is, and what its client has", this::hello),
            new Step("noop", "answers that it is alive", this::noop),
            new Step("connect", "connects to a server that echoes", this::connect),
            new Step("text", "sends a text and receives its echo", this::text),
            new Step("binary", "sends all 256 bytes and receives their echo", this::binary),
            new Step("wait", "says \"none\" when no message comes in time", this::waiting),
            new Step("at once", "answers others while a `receive` waits", this::atOnce),
            new Step("close", "closes, and then receives null", this::closing),
            new Step("failure", "answers a connect that is refused with null and an error", this::failure),
            new Step("end", "lets go of what a session has left open", this::end));

    private Optional<LiveAgent> current = Optional.empty();
    private int sessions;

    /**
     * A smoke test.
     *
     * @param transport is taken over
     * @param trust the PEM file to name in `hello`
     * @param echo a server that echoes
     * @param refused an address that refuses connections
     * @param notices told in a sentence that the agent takes its time to answer
     */
    public AgentSmoke(AgentTransport transport, Path trust, URI echo, URI refused, Consumer<String> notices) {
        this.transport = transport;
        this.trust = trust;
        this.echo = echo;
        this.refused = refused;
        this.notices = notices;
    }

    /** What became of a step. */
    public sealed interface Outcome {
        /** All was as it must be; the detail is for information, and may be empty. */
        record Right(String detail) implements Outcome {}

        /** What the adapter does wrong. */
        record Wrong(String what) implements Outcome {}
    }

    /** Told of each step. */
    @FunctionalInterface
    public interface Listener {
        /** Says what the step was about, and how it went. */
        void done(int number, String name, String what, Outcome outcome);
    }

    private record Step(String name, String what, Body body) {}

    private interface Body {
        String run() throws WrongException, AgentException, InterruptedException;
    }

    private static final class WrongException extends Exception {
        private static final long serialVersionUID = 1L;

        WrongException(String sentence) {
            super(sentence);
        }
    }

    /**
     * Makes all steps, in order, and returns how many went wrong. An agent that is lost in one is started again for the next.
     *
     * @throws AgentException when no agent can be started at all
     */
    public int run(Listener listener) throws AgentException, InterruptedException {
        int wrong = 0;
        for (int index = 0; index < steps.size(); index++) {
            Step step = steps.get(index);
            Outcome outcome = outcome(step);
            listener.done(index + 1, step.name(), step.what(), outcome);
            if (outcome instanceof Outcome.Wrong) {
                wrong++;
            }
            if (index == 0 && wrong > 0) {
                return wrong;
            }
        }
        return wrong;
    }

    private Outcome outcome(Step step) throws AgentException, InterruptedException {
        try {
            return new Outcome.Right(step.body().run());
        } catch (WrongException e) {
            return new Outcome.Wrong("it " + e.getMessage());
        } catch (HinderedException e) {
            String said =
                    e.hindrance() instanceof Hindrance.Lost lost && !lost.said().isEmpty()
                            ? "; it said: " + String.join(" | ", lost.said())
                            : "";
            return new Outcome.Wrong(e.getMessage().replace("the agent broke the protocol: ", "") + said);
        }
    }

    private String hello() throws WrongException, AgentException, InterruptedException {
        LiveAgent agent = LiveAgent.over(transport.start(), protocol);
        current = Optional.of(agent);
        ObjectNode request = protocol.request(Operation.HELLO)
                .put("protocol", AgentProtocol.VERSION)
                .put("trust", transport.seen(trust));
        Optional<Answer> answer = Starts.awaitHello(agent, request, Starts.FIRST, notices);
        JsonNode about = succeeded(Operation.HELLO, answer.orElseThrow(() -> unanswered(Operation.HELLO, Starts.FIRST)))
                .first();
        try {
            Description client = DescriptionJson.read(about);
            return client.name() + " " + client.version() + " (" + client.language() + "), capabilities "
                    + about.path("capabilities")
                    + (about.has("behaviour") ? "; " + client.behaviour() : "");
        } catch (IllegalArgumentException e) {
            throw new WrongException("contradicts itself in `hello`: " + e.getMessage());
        }
    }

    private String noop() throws WrongException, AgentException, InterruptedException {
        first(Operation.NOOP, protocol.request(Operation.NOOP), PATIENCE);
        return "";
    }

    private String connect() throws WrongException, AgentException, InterruptedException {
        open();
        return "";
    }

    private String text() throws WrongException, AgentException, InterruptedException {
        echoed(open(), 1, TEXT, "wstck: Grüße, 世界 🎉".getBytes(StandardCharsets.UTF_8));
        return "";
    }

    private String binary() throws WrongException, AgentException, InterruptedException {
        byte[] all = new byte[256];
        for (int value = 0; value < all.length; value++) {
            all[value] = (byte) value;
        }
        echoed(open(), 2, BINARY, all);
        return "";
    }

    private String waiting() throws WrongException, AgentException, InterruptedException {
        String client = open();
        require(
                "\"none\" when `wait` is 0 and there is no message",
                receive(client).put("wait", 0),
                "none");
        require(
                "\"none\" when nothing has come for the `wait` of " + SHORT.toMillis() + " ms",
                receive(client).put("wait", SHORT.toMillis()),
                "none");
        echoed(client, 1, TEXT, "after".getBytes(StandardCharsets.UTF_8));
        return "";
    }

    private String atOnce() throws WrongException, AgentException, InterruptedException {
        String client = open();
        LiveAgent agent = agent();
        LiveAgent.Call receive = agent.ask(Operation.RECEIVE, receive(client));
        noop();
        byte[] data = "meanwhile".getBytes(StandardCharsets.UTF_8);
        send(client, 1, data);
        Answer answer = agent.await(receive, PATIENCE)
                .orElseThrow(() ->
                        new WrongException("does not answer a `receive` that waits when its message comes: expected"
                                + " one within " + PATIENCE.toSeconds() + " s"));
        message(succeeded(Operation.RECEIVE, answer).first(), TEXT, data);
        return "";
    }

    private String closing() throws WrongException, AgentException, InterruptedException {
        String client = open();
        echoed(client, 1, TEXT, "before".getBytes(StandardCharsets.UTF_8));
        first(
                Operation.CLOSE,
                protocol.request(Operation.CLOSE)
                        .put("client", client)
                        .put("code", 4000)
                        .put("reason", "done"),
                PATIENCE);
        JsonNode after = first(Operation.RECEIVE, receive(client), PATIENCE);
        if (!after.isNull()) {
            throw new WrongException("answers `receive` on a closed connection with " + after + ": expected null");
        }
        return "";
    }

    private String failure() throws WrongException, AgentException, InterruptedException {
        Answer answer = ask(Operation.CONNECT, connectTo(refused, "refused"), PATIENCE);
        if (answer instanceof Answer.Results results && results.values().path(1).has("error")) {
            return results.values().path(1).path("error").path("message").asText();
        }
        throw new WrongException("answers a `connect` to a port that refuses with " + shown(answer)
                + ": expected null and an error with kind, message and retryable");
    }

    private String end() throws WrongException, AgentException, InterruptedException {
        String session = "smoke-end";
        String client = handle(first(Operation.CONNECT, connectTo(echo, session), PATIENCE));
        LiveAgent agent = agent();
        LiveAgent.Call receive = agent.ask(Operation.RECEIVE, receive(client));
        ask(Operation.END, protocol.request(Operation.END).put("session", session), PATIENCE);
        if (agent.await(receive, PATIENCE).isEmpty()) {
            throw new WrongException(
                    "leaves a `receive` without an answer after the `end` of its session: expected null within "
                            + PATIENCE.toSeconds() + " s");
        }
        return "";
    }

    private LiveAgent agent() throws WrongException, AgentException, InterruptedException {
        if (current.isEmpty() || current.get().loss().isPresent()) {
            hello();
        }
        return current.orElseThrow();
    }

    private String open() throws WrongException, AgentException, InterruptedException {
        return handle(first(Operation.CONNECT, connectTo(echo, "smoke-" + ++sessions), PATIENCE));
    }

    private static String handle(JsonNode result) {
        return result.textValue();
    }

    private ObjectNode connectTo(URI url, String session) {
        ObjectNode request =
                protocol.request(Operation.CONNECT).put("session", session).put("url", url.toString());
        request.putObject("options");
        return request;
    }

    private ObjectNode receive(String client) {
        return protocol.request(Operation.RECEIVE).put("client", client);
    }

    private void send(String client, int type, byte[] data)
            throws WrongException, AgentException, InterruptedException {
        first(
                Operation.SEND,
                protocol.request(Operation.SEND)
                        .put("client", client)
                        .put("type", type)
                        .put("data", Base64.getEncoder().encodeToString(data)),
                PATIENCE);
    }

    private void echoed(String client, int type, String name, byte[] data)
            throws WrongException, AgentException, InterruptedException {
        send(client, type, data);
        message(first(Operation.RECEIVE, receive(client), PATIENCE), name, data);
    }

    private static void message(JsonNode result, String type, byte[] data) throws WrongException {
        String expected = "a message of type \"" + type + "\" with the data that were sent, "
                + Base64.getEncoder().encodeToString(data);
        boolean same;
        try {
            same = result.path("type").asText().equals(type)
                    && Arrays.equals(
                            Base64.getDecoder().decode(result.path("data").asText()), data);
        } catch (IllegalArgumentException e) {
            throw new WrongException(
                    "answers `receive` with data that are no base64 (" + e.getMessage() + "): expected " + expected);
        }
        if (!same) {
            throw new WrongException("answers `receive` with " + result + ": expected " + expected);
        }
    }

    private void require(String expected, ObjectNode request, String value)
            throws WrongException, AgentException, InterruptedException {
        JsonNode result = first(Operation.RECEIVE, request, PATIENCE);
        if (!result.asText().equals(value)) {
            throw new WrongException("answers `receive` with " + result + ": expected " + expected);
        }
    }

    private JsonNode first(Operation operation, ObjectNode request, Duration patience)
            throws WrongException, AgentException, InterruptedException {
        return succeeded(operation, ask(operation, request, patience)).first();
    }

    private static Answer.Results succeeded(Operation operation, Answer answer) throws WrongException {
        if (answer instanceof Answer.Results results
                && !results.values().path(1).has("error")) {
            return results;
        }
        throw new WrongException(
                "answers `" + operation.word() + "` with " + shown(answer) + ": expected it to be done");
    }

    private Answer ask(Operation operation, ObjectNode request, Duration patience)
            throws WrongException, AgentException, InterruptedException {
        LiveAgent agent = agent();
        return agent.await(agent.ask(operation, request), patience).orElseThrow(() -> unanswered(operation, patience));
    }

    private WrongException unanswered(Operation operation, Duration patience) {
        return new WrongException("does not answer `" + operation.word() + "`: expected " + protocol.expected(operation)
                + ", within " + patience.toSeconds() + " s");
    }

    private static String shown(Answer answer) {
        return switch (answer) {
            case Answer.Results results -> results.values().toString();
            case Answer.Unsupported(String what) -> "unsupported: " + what;
            case Answer.Trouble(String what) -> "trouble: " + what;
        };
    }

    @Override
    public void close() {
        current.ifPresent(LiveAgent::close);
        transport.close();
    }
}
