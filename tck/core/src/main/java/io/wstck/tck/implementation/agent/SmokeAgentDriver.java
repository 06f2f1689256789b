package io.wstck.tck.implementation.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.DescriptionJson;
import io.wstck.tck.implementation.SafeText;
import io.wstck.tck.implementation.agent.SmokeStep.StepFailedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Starts the agent that a smoke test checks, sends it the requests of the steps, and starts it again after a loss. For
 * one thread.
 */
final class SmokeAgentDriver implements AutoCloseable {
    /** How long an agent may take for one step. */
    static final Duration STEP_TIMEOUT = Duration.ofSeconds(10);

    private final AgentTransport transport;
    private final AgentProtocol protocol = new AgentProtocol();
    private final Path trust;
    private final Consumer<String> notices;

    private Optional<LiveAgent> current = Optional.empty();
    private Optional<Description> description = Optional.empty();

    SmokeAgentDriver(AgentTransport transport, Path trust, Consumer<String> notices) {
        this.transport = transport;
        this.trust = trust;
        this.notices = notices;
    }

    /** Starts an agent, and asks for its description. */
    String hello() throws StepFailedException, AgentException, InterruptedException {
        LiveAgent agent = LiveAgent.start(transport.start(), protocol);
        current = Optional.of(agent);
        ObjectNode request = protocol.request(Operation.HELLO)
                .put("protocol", AgentProtocol.VERSION)
                .put("trust", transport.pathForAgent(trust));
        Optional<Answer> answer = StartupTimeouts.awaitHello(agent, request, StartupTimeouts.FIRST, notices);
        JsonNode about = succeeded(
                        Operation.HELLO, answer.orElseThrow(() -> unanswered(Operation.HELLO, StartupTimeouts.FIRST)))
                .first();
        try {
            Description client = DescriptionJson.read(about);
            description = Optional.of(client);
            return client.name() + " " + client.version() + " (" + client.language() + "), capabilities "
                    + about.path("capabilities")
                    + (about.has("behaviour") ? "; " + client.behaviour() : "");
        } catch (IllegalArgumentException e) {
            throw new StepFailedException("contradicts itself in `hello`: " + e.getMessage());
        }
    }

    /** The description of the client; empty before a successful {@link #hello}. */
    Optional<Description> description() {
        return description;
    }

    String noop() throws StepFailedException, AgentException, InterruptedException {
        first(Operation.NOOP, request(Operation.NOOP), STEP_TIMEOUT);
        return "";
    }

    ObjectNode request(Operation operation) {
        return protocol.request(operation);
    }

    /** The running agent; starts one if there is none. */
    LiveAgent agent() throws StepFailedException, AgentException, InterruptedException {
        if (current.isEmpty() || current.get().loss().isPresent()) {
            hello();
        }
        return current.orElseThrow();
    }

    /**
     * Makes a call and returns its first result.
     *
     * @throws StepFailedException if the answer is an error
     */
    JsonNode first(Operation operation, ObjectNode request, Duration patience)
            throws StepFailedException, AgentException, InterruptedException {
        return succeeded(operation, ask(operation, request, patience)).first();
    }

    static Answer.Results succeeded(Operation operation, Answer answer) throws StepFailedException {
        if (answer instanceof Answer.Results results
                && !results.values().path(1).has("error")) {
            return results;
        }
        throw new StepFailedException(
                "answers `" + operation.word() + "` with " + shown(answer) + ": expected it to be done");
    }

    Answer ask(Operation operation, ObjectNode request, Duration patience)
            throws StepFailedException, AgentException, InterruptedException {
        LiveAgent agent = agent();
        return agent.await(agent.ask(operation, request), patience).orElseThrow(() -> unanswered(operation, patience));
    }

    StepFailedException unanswered(Operation operation, Duration patience) {
        return new StepFailedException("does not answer `" + operation.word() + "`: expected "
                + protocol.expected(operation) + ", within " + patience.toSeconds() + " s");
    }

    static String shown(Answer answer) {
        return SafeText.bounded(
                switch (answer) {
                    case Answer.Results results -> results.values().toString();
                    case Answer.Unsupported(String what) -> "unsupported: " + what;
                    case Answer.Trouble(String what) -> "trouble: " + what;
                });
    }

    @Override
    public void close() {
        current.ifPresent(LiveAgent::close);
        transport.close();
    }
}
