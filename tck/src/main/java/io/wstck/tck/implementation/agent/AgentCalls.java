package io.wstck.tck.implementation.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.lua.errors.ErrorKind;
import io.wstck.tck.implementation.Hindrance;
import io.wstck.tck.implementation.ImplementationSession.Context;
import io.wstck.tck.implementation.PolicyRule;
import io.wstck.tck.implementation.calls.CallFailedException;
import io.wstck.tck.implementation.calls.CalledConnection;
import io.wstck.tck.implementation.calls.ClientCalls;
import io.wstck.tck.implementation.calls.ConnectCall;
import io.wstck.tck.implementation.calls.HinderedException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The calls of one case to one agent. Any thread. */
final class AgentCalls implements ClientCalls {
    /** How long an agent may take to say that it is alive, or to let go of a session: a machine may be busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final LiveAgent agent;
    private final AgentProtocol protocol;
    private final String session;
    private final Constants constants;
    private final Consumer<End> afterwards;
    private final AtomicBoolean closing = new AtomicBoolean();
    /** Guards the order of requests: nothing follows `end`. */
    private final ReentrantLock ending = new ReentrantLock();

    private boolean ended; // guarded by ending
    private final Queue<LiveAgent.Call> made = new ConcurrentLinkedQueue<>();
    private final TransferLog transfers;

    /** Whose constants scripts see. */
    enum Constants {
        THE_CLIENTS,
        THE_KITS
    }

    /** How a session has left its agent. */
    enum End {
        /** Every call was answered, `end` too. */
        CLEAN,
        CALLS_LEFT
    }

    /**
     * The calls of a session.
     *
     * @param afterwards told when the session has ended: lets go of an agent that was there for it alone
     */
    AgentCalls(LiveAgent agent, AgentProtocol protocol, String session, Constants constants, Consumer<End> afterwards) {
        this.agent = agent;
        this.protocol = protocol;
        this.session = session;
        this.constants = constants;
        this.afterwards = afterwards;
        transfers = new TransferLog(agent, protocol);
    }

    @Override
    public CalledConnection connect(ConnectCall call) throws CallFailedException, InterruptedException {
        ObjectNode request = request(Operation.CONNECT).put("session", session).put("url", call.url());
        request.set("options", call.options().json());
        call.policy().ifPresent(rules -> policy(rules, request.putArray("policy")));
        if (call.context() == Context.ABSENT) {
            request.put("context", false);
        }
        return new AgentConnection(this, call(Operation.CONNECT, request).textValue());
    }

    @Override
    public Optional<ObjectNode> constants() throws InterruptedException {
        return switch (constants) {
            case THE_KITS -> Optional.empty();
            case THE_CLIENTS ->
                Optional.of((ObjectNode) results(
                                Operation.CONSTANTS,
                                agent.await(ask(Operation.CONSTANTS, request(Operation.CONSTANTS))))
                        .first());
        };
    }

    private static void policy(List<PolicyRule> rules, ArrayNode array) {
        for (PolicyRule rule : rules) {
            ObjectNode entry = array.addObject()
                    .put("effect", rule.effect().name().toLowerCase(Locale.ROOT))
                    .put("action", rule.action());
            rule.resource().ifPresent(resource -> entry.put("resource", resource));
        }
    }

    ObjectNode request(Operation operation) {
        return protocol.request(operation);
    }

    String session() {
        return session;
    }

    /** The first result of a call that succeeds. */
    JsonNode call(Operation operation, ObjectNode request) throws CallFailedException, InterruptedException {
        return succeeded(results(operation, agent.await(ask(operation, request))));
    }

    /** The first result of a call that cannot fail, if it comes in time. */
    Optional<JsonNode> call(Operation operation, ObjectNode request, Duration time) throws InterruptedException {
        return agent.await(ask(operation, request), time)
                .map(answer -> results(operation, answer).first());
    }

    /** Empty once the session has ended: a thread that starts late may still ask for a message, and the agent has forgotten the client. */
    Optional<JsonNode> unlessEnded(Operation operation, ObjectNode request)
            throws CallFailedException, InterruptedException {
        Optional<LiveAgent.Call> call = askUnlessEnded(operation, request);
        return call.isEmpty() ? Optional.empty() : Optional.of(succeeded(results(operation, agent.await(call.get()))));
    }

    private LiveAgent.Call ask(Operation operation, ObjectNode request) {
        return askUnlessEnded(operation, request)
                .orElseThrow(() ->
                        HinderedException.trouble("`" + operation.word() + "` was called after the session ended"));
    }

    private Optional<LiveAgent.Call> askUnlessEnded(Operation operation, ObjectNode request) {
        made.removeIf(call -> !call.underWay());
        ending.lock();
        try {
            if (ended) {
                return Optional.empty();
            }
            LiveAgent.Call call = agent.ask(operation, request);
            made.add(call);
            transfers.follow(call);
            return Optional.of(call);
        } finally {
            ending.unlock();
        }
    }

    private LiveAgent.Call askEnd() {
        ending.lock();
        try {
            ended = true;
            return agent.ask(Operation.END, request(Operation.END).put("session", session));
        } finally {
            ending.unlock();
        }
    }

    @Override
    public Duration transfer(long begin, long end) throws InterruptedException {
        return transfers.within(begin, end);
    }

    private static Answer.Results results(Operation operation, Answer answer) {
        return switch (answer) {
            case Answer.Results results -> results;
            case Answer.Unsupported(String what) -> throw HinderedException.unsupported(what);
            case Answer.Trouble(String what) ->
                throw HinderedException.trouble("the agent could not " + operation.word() + ": " + what);
        };
    }

    private static JsonNode succeeded(Answer.Results results) throws CallFailedException {
        JsonNode error = results.values().path(1).path("error");
        if (error.isMissingNode()) {
            return results.first();
        }
        throw new CallFailedException(
                ErrorKind.valueOf(error.path("kind").asText()),
                error.path("message").asText(),
                error.path("retryable").asBoolean()
                        ? CallFailedException.Retry.WORTH_IT
                        : CallFailedException.Retry.USELESS);
    }

    /** The agent does not keep to the protocol in a way that the schema cannot say. */
    HinderedException misbehaved(String what) {
        agent.lose(Hindrance.How.MISBEHAVED, "the agent broke the protocol: " + what);
        return new HinderedException(agent.loss().<Hindrance>map(lost -> lost).orElseThrow());
    }

    @Override
    public Optional<Hindrance> hindrance() {
        return agent.loss().map(lost -> lost);
    }

    @Override
    public Optional<Hindrance> overtime() {
        String hanging = made.stream()
                .filter(LiveAgent.Call::underWay)
                .map(call -> "`" + call.operation().word() + "`")
                .distinct()
                .collect(Collectors.joining(", "));
        if (hanging.isEmpty() || hindrance().isPresent()) {
            return hindrance();
        }
        return alive()
                ? Optional.of(new Hindrance.Hangs(
                        "time was over in " + hanging + ", which the agent had not answered; `noop` it still answered"))
                : hindrance();
    }

    /** Whether it answers; an agent that does not is ended. */
    private boolean alive() {
        try {
            if (agent.await(agent.ask(Operation.NOOP, request(Operation.NOOP)), PATIENCE)
                    .isPresent()) {
                return true;
            }
            agent.lose(
                    Hindrance.How.HUNG,
                    "the agent hangs: `noop` was not answered within " + PATIENCE.toSeconds() + " s");
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } catch (HinderedException e) {
            // It was lost meanwhile, which it says itself.
            return false;
        }
    }

    /** Lets go of the session. An agent that takes its time is left to it, one that answers nothing at all is ended. */
    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            return;
        }
        End end = End.CALLS_LEFT;
        try {
            if (agent.await(askEnd(), PATIENCE).isEmpty()) {
                alive();
            } else if (made.stream().noneMatch(LiveAgent.Call::underWay)) {
                end = End.CLEAN;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (HinderedException e) {
            // With the agent all its sessions have ended.
            return;
        } finally {
            afterwards.accept(end);
        }
    }
}
