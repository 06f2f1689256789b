package io.wstck.tck.implementation.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.DescriptionJson;
import io.wstck.tck.implementation.SafeText;
import io.wstck.tck.implementation.agent.SmokeStep.WrongException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** The agent of a smoke test: started when it is needed, and again when it was lost. For one thread. */
final class SmokeAgent implements AutoCloseable {
    /** How long an agent may take for a step. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AgentTransport transport;
    private final AgentProtocol protocol = new AgentProtocol();
    private final Path trust;
    private final Consumer<String> notices;

    private Optional<LiveAgent> current = Optional.empty();
    private Optional<Description> description = Optional.empty();

    SmokeAgent(AgentTransport transport, Path trust, Consumer<String> notices) {
        this.transport = transport;
        this.trust = trust;
        this.notices = notices;
    }

    /** Starts an agent, and asks it who it is. */
    String hello() throws WrongException, AgentException, InterruptedException {
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
            description = Optional.of(client);
            return client.name() + " " + client.version() + " (" + client.language() + "), capabilities "
                    + about.path("capabilities")
                    + (about.has("behaviour") ? "; " + client.behaviour() : "");
        } catch (IllegalArgumentException e) {
            throw new WrongException("contradicts itself in `hello`: " + e.getMessage());
        }
    }

    /** As the agent has described its client; empty before a {@link #hello} that is right. */
    Optional<Description> description() {
        return description;
    }

    String noop() throws WrongException, AgentException, InterruptedException {
        first(Operation.NOOP, request(Operation.NOOP), PATIENCE);
        return "";
    }

    ObjectNode request(Operation operation) {
        return protocol.request(operation);
    }

    /** The agent that is alive. */
    LiveAgent agent() throws WrongException, AgentException, InterruptedException {
        if (current.isEmpty() || current.get().loss().isPresent()) {
            hello();
        }
        return current.orElseThrow();
    }

    /** The first result of an answer that is no error. */
    JsonNode first(Operation operation, ObjectNode request, Duration patience)
            throws WrongException, AgentException, InterruptedException {
        return succeeded(operation, ask(operation, request, patience)).first();
    }

    static Answer.Results succeeded(Operation operation, Answer answer) throws WrongException {
        if (answer instanceof Answer.Results results
                && !results.values().path(1).has("error")) {
            return results;
        }
        throw new WrongException(
                "answers `" + operation.word() + "` with " + shown(answer) + ": expected it to be done");
    }

    Answer ask(Operation operation, ObjectNode request, Duration patience)
            throws WrongException, AgentException, InterruptedException {
        LiveAgent agent = agent();
        return agent.await(agent.ask(operation, request), patience).orElseThrow(() -> unanswered(operation, patience));
    }

    WrongException unanswered(Operation operation, Duration patience) {
        return new WrongException("does not answer `" + operation.word() + "`: expected " + protocol.expected(operation)
                + ", within " + patience.toSeconds() + " s");
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
