package io.wstck.tck.implementation.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.lua.errors.ErrorKind;
import io.wstck.tck.implementation.ImplementationSession.Context;
import io.wstck.tck.implementation.NotJudgedReason;
import io.wstck.tck.implementation.PolicyRule;
import io.wstck.tck.implementation.calls.CallFailedException;
import io.wstck.tck.implementation.calls.CalledConnection;
import io.wstck.tck.implementation.calls.ClientCalls;
import io.wstck.tck.implementation.calls.ConnectCall;
import io.wstck.tck.implementation.calls.NotJudgedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Sends the calls of one case to an agent as requests, and turns the answers into results or exceptions. Any thread.
 */
final class AgentCalls implements ClientCalls {
    /** How long an agent may take to answer {@code noop} or {@code end} on a busy machine. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

    private final LiveAgent agent;
    private final AgentProtocol protocol;
    private final String session;
    private final ConstantsSource constants;
    private final Consumer<SessionEnd> onEnd;
    private final AtomicBoolean closing = new AtomicBoolean();
    /** Guards the order of requests: no request follows {@code end}. */
    private final ReentrantLock ending = new ReentrantLock();

    private boolean ended; // guarded by ending
    private final Queue<LiveAgent.Call> sent = new ConcurrentLinkedQueue<>();
    private final TransferLog transfers;

    /** Which constants scripts see. */
    enum ConstantsSource {
        CLIENT,
        KIT
    }

    /** How a session ended. */
    enum SessionEnd {
        /** Every call was answered, including {@code end}. */
        CLEAN,
        CALLS_LEFT
    }

    /**
     * Creates the calls of a session.
     *
     * @param onEnd called when the session has ended; closes an agent that served only this session
     */
    AgentCalls(
            LiveAgent agent,
            AgentProtocol protocol,
            String session,
            ConstantsSource constants,
            Consumer<SessionEnd> onEnd) {
        this.agent = agent;
        this.protocol = protocol;
        this.session = session;
        this.constants = constants;
        this.onEnd = onEnd;
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
            case KIT -> Optional.empty();
            case CLIENT ->
                Optional.of((ObjectNode) results(
                                Operation.CONSTANTS,
                                agent.await(ask(Operation.CONSTANTS, request(Operation.CONSTANTS))))
                        .first());
        };
    }

    private static void policy(List<PolicyRule> rules, ArrayNode array) {
        for (PolicyRule rule : rules) {
            ObjectNode entry =
                    array.addObject().put("effect", rule.effect().word()).put("action", rule.action());
            rule.resource().ifPresent(resource -> entry.put("resource", resource));
        }
    }

    ObjectNode request(Operation operation) {
        return protocol.request(operation);
    }

    String session() {
        return session;
    }

    /**
     * Makes a call and returns its first result.
     *
     * @throws CallFailedException if the client's call failed
     */
    JsonNode call(Operation operation, ObjectNode request) throws CallFailedException, InterruptedException {
        return succeeded(results(operation, agent.await(ask(operation, request))));
    }

    /** Makes a call that cannot fail and returns its first result; empty if it does not come in time. */
    Optional<JsonNode> call(Operation operation, ObjectNode request, Duration time) throws InterruptedException {
        return agent.await(ask(operation, request), time)
                .map(answer -> results(operation, answer).first());
    }

    /**
     * Makes a call, unless the session has ended. A thread that starts late may still ask for a message, but the agent
     * no longer knows the session.
     *
     * @return the first result; empty if the session has ended
     */
    Optional<JsonNode> callUnlessEnded(Operation operation, ObjectNode request)
            throws CallFailedException, InterruptedException {
        Optional<LiveAgent.Call> call = askUnlessEnded(operation, request);
        return call.isEmpty() ? Optional.empty() : Optional.of(succeeded(results(operation, agent.await(call.get()))));
    }

    private LiveAgent.Call ask(Operation operation, ObjectNode request) {
        return askUnlessEnded(operation, request)
                .orElseThrow(() ->
                        NotJudgedException.trouble("`" + operation.word() + "` was called after the session ended"));
    }

    private Optional<LiveAgent.Call> askUnlessEnded(Operation operation, ObjectNode request) {
        sent.removeIf(call -> !call.underWay());
        ending.lock();
        try {
            if (ended) {
                return Optional.empty();
            }
            LiveAgent.Call call = agent.ask(operation, request);
            sent.add(call);
            transfers.track(call);
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
    public Duration transferTime(long begin, long end) throws InterruptedException {
        return transfers.within(begin, end);
    }

    private static Answer.Results results(Operation operation, Answer answer) {
        return switch (answer) {
            case Answer.Results results -> results;
            case Answer.Unsupported(String what) -> throw NotJudgedException.unsupported(what);
            case Answer.Trouble(String what) ->
                throw NotJudgedException.trouble("the agent could not " + operation.word() + ": " + what);
        };
    }

    private static JsonNode succeeded(Answer.Results results) throws CallFailedException {
        JsonNode error = results.values().path(1).path("error");
        if (error.isMissingNode()) {
            return results.first();
        }
        throw new CallFailedException(
                ErrorKind.of(error.path("kind").asText()),
                error.path("message").asText(),
                error.path("retryable").asBoolean()
                        ? CallFailedException.Retry.WORTH_IT
                        : CallFailedException.Retry.USELESS);
    }

    /** Ends the agent because of a message that the schema allows and the protocol does not. */
    NotJudgedException protocolViolation(String what) {
        agent.lose(NotJudgedReason.LossKind.MISBEHAVED, "the agent broke the protocol: " + what);
        return new NotJudgedException(
                agent.loss().<NotJudgedReason>map(lost -> lost).orElseThrow());
    }

    @Override
    public Optional<NotJudgedReason> notJudgedReason() {
        return agent.loss().map(lost -> lost);
    }

    @Override
    public Optional<NotJudgedReason> overtime() {
        String hanging = sent.stream()
                .filter(LiveAgent.Call::underWay)
                .map(call -> "`" + call.operation().word() + "`")
                .distinct()
                .collect(Collectors.joining(", "));
        if (hanging.isEmpty() || notJudgedReason().isPresent()) {
            return notJudgedReason();
        }
        return isAlive()
                ? Optional.of(new NotJudgedReason.HangingCall(
                        "time was over in " + hanging + ", which the agent had not answered; `noop` it still answered"))
                : notJudgedReason();
    }

    /** Whether the agent answers {@code noop}. One that does not is ended. */
    private boolean isAlive() {
        try {
            if (agent.await(agent.ask(Operation.NOOP, request(Operation.NOOP)), ANSWER_TIMEOUT)
                    .isPresent()) {
                return true;
            }
            agent.lose(
                    NotJudgedReason.LossKind.HUNG,
                    "the agent hangs: `noop` was not answered within " + ANSWER_TIMEOUT.toSeconds() + " s");
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } catch (NotJudgedException e) {
            // The agent was lost meanwhile; its loss is the reason.
            return false;
        }
    }

    /** Ends the session. A slow agent may go on with it; an agent that answers nothing is ended. */
    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            return;
        }
        SessionEnd end = SessionEnd.CALLS_LEFT;
        try {
            if (agent.await(askEnd(), ANSWER_TIMEOUT).isEmpty()) {
                isAlive();
            } else if (sent.stream().noneMatch(LiveAgent.Call::underWay)) {
                end = SessionEnd.CLEAN;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (NotJudgedException e) {
            // All sessions of a lost agent have ended.
            return;
        } finally {
            onEnd.accept(end);
        }
    }
}
