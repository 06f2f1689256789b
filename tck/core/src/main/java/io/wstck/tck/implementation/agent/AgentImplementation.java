package io.wstck.tck.implementation.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.implementation.AuthorityFile;
import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.DescriptionJson;
import io.wstck.tck.implementation.HostedScriptRunner;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.implementation.NotJudgedReason;
import io.wstck.tck.implementation.calls.CalledClientSession;
import io.wstck.tck.implementation.calls.NotJudgedException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A client in another process, an agent. If the agent is lost, its running cases are lost too, and a new agent is
 * started for the cases that follow.
 */
public final class AgentImplementation implements Implementation {
    /** After this many failed starts in a row no further agent is started. */
    private static final int MAX_FAILED_STARTS = 3;

    /** Each agent is a process that mostly waits for one case. */
    private static final int MAX_UNLIMITED = 12;

    private static final int MAX_FEW = 4;

    private final AgentTransport transport;
    private final AgentProtocol protocol = new AgentProtocol();
    private final AuthorityFile trust;
    private final Consumer<String> notices;
    private final Description description;
    private final AtomicLong sessions = new AtomicLong();

    /** Guards {@link #shared} and {@link #failures}. Held while an agent starts, because all cases wait for it. */
    private final ReentrantLock lock = new ReentrantLock();

    private LiveAgent shared;
    private int failures;

    /** Held while an agent for one case starts, so that they start one after the other. */
    private final ReentrantLock starting = new ReentrantLock();

    private final AtomicInteger ownFailures = new AtomicInteger();

    /** Agents without a session and without an unanswered call. */
    private final Queue<LiveAgent> idle = new ConcurrentLinkedQueue<>();

    /**
     * Starts the first agent and asks for its description.
     *
     * @param transport closed with the implementation, or when this method fails
     * @param trust must stay open as long as this implementation
     * @param notices gets a sentence if the agent is slow to answer
     * @throws AgentException if there is no agent, or its answer is invalid
     */
    public static AgentImplementation start(AgentTransport transport, AuthorityFile trust, Consumer<String> notices)
            throws AgentException, InterruptedException {
        try {
            return new AgentImplementation(transport, trust, notices);
        } catch (AgentException | InterruptedException | RuntimeException e) {
            transport.close();
            throw e;
        }
    }

    private AgentImplementation(AgentTransport transport, AuthorityFile trust, Consumer<String> notices)
            throws AgentException, InterruptedException {
        this.transport = transport;
        this.trust = trust;
        this.notices = notices;
        StartedAgent started = startAgent(StartupTimeouts.FIRST);
        shared = started.agent();
        description = started.description();
    }

    private record StartedAgent(LiveAgent agent, Description description) {}

    @Override
    public Description description() {
        return description;
    }

    @Override
    public Optional<String> nameProblem(String host) throws InterruptedException {
        return transport.nameProblem(host);
    }

    @Override
    public ImplementationSession open(Map<String, URI> urls) {
        return session(urls, sharedAgent(), _ -> {});
    }

    @Override
    public ImplementationSession openInFreshProcess(Map<String, URI> urls) {
        return switch (transport.capacity()) {
            case UNLIMITED, FEW -> {
                LiveAgent own = startForCase();
                yield session(urls, own, _ -> own.close());
            }
            case ONE -> open(urls);
        };
    }

    @Override
    public Profile defaultProfile() {
        return transport.defaultProfile().orElseGet(Implementation.super::defaultProfile);
    }

    @Override
    public ImplementationSession openInOwnProcess(Map<String, URI> urls) {
        return switch (transport.capacity()) {
            case UNLIMITED, FEW -> {
                LiveAgent agent = Optional.ofNullable(idle.poll())
                        .filter(left -> left.loss().isEmpty())
                        .orElseGet(this::startForCase);
                yield session(urls, agent, end -> release(agent, end));
            }
            case ONE -> open(urls);
        };
    }

    /**
     * Keeps an agent for reuse if it has no unanswered call, since a start costs more than most cases. Closes it
     * otherwise.
     */
    private void release(LiveAgent agent, AgentCalls.SessionEnd end) {
        switch (end) {
            case CLEAN -> idle.add(agent);
            case CALLS_LEFT -> agent.close();
        }
    }

    @Override
    public ClientLocation clientLocation() {
        return ClientLocation.OTHER_PROGRAM;
    }

    @Override
    public int maxOwnProcesses() {
        return switch (transport.capacity()) {
            case UNLIMITED -> MAX_UNLIMITED;
            case FEW -> MAX_FEW;
            case ONE -> 1;
        };
    }

    private ImplementationSession session(
            Map<String, URI> urls, LiveAgent agent, Consumer<AgentCalls.SessionEnd> onEnd) {
        AgentCalls.ConstantsSource constants = description.capabilities().contains(Capability.CONSTANTS)
                ? AgentCalls.ConstantsSource.CLIENT
                : AgentCalls.ConstantsSource.KIT;
        AgentCalls calls = new AgentCalls(agent, protocol, "case-" + sessions.incrementAndGet(), constants, onEnd);
        Optional<HostedScriptRunner> scripts = description.capabilities().contains(Capability.LUA)
                ? Optional.of(new AgentScriptRunner(calls, urls, errors()))
                : Optional.empty();
        return new CalledClientSession(urls, Optional.empty(), calls, scripts, description.behaviour());
    }

    private AgentScriptRunner.ErrorSource errors() {
        return description.capabilities().contains(Capability.ERROR_KINDS)
                ? AgentScriptRunner.ErrorSource.CLIENT
                : AgentScriptRunner.ErrorSource.MADE_UP;
    }

    /** Starts an agent for one case. Other cases go on meanwhile. */
    private LiveAgent startForCase() {
        starting.lock();
        try {
            LiveAgent agent = startAnother(ownFailures.get());
            ownFailures.set(0);
            return agent;
        } catch (AgentException e) {
            ownFailures.incrementAndGet();
            throw startFailure(e);
        } finally {
            starting.unlock();
        }
    }

    /** The agent that all cases share; a new one if the last was lost. */
    private LiveAgent sharedAgent() {
        lock.lock();
        try {
            if (shared.loss().isPresent()) {
                shared = startAnother(failures);
                failures = 0;
            }
            return shared;
        } catch (AgentException e) {
            failures++;
            throw startFailure(e);
        } finally {
            lock.unlock();
        }
    }

    private LiveAgent startAnother(int failed) throws AgentException {
        if (failed >= MAX_FAILED_STARTS) {
            throw NotJudgedException.trouble(
                    "no further agent is started: " + MAX_FAILED_STARTS + " starts in a row failed");
        }
        if (Thread.currentThread().isInterrupted()) {
            // The run was interrupted, so no case needs an agent any more.
            throw NotJudgedException.trouble("the run was interrupted");
        }
        try {
            return startAgent(StartupTimeouts.RESTART).agent();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw NotJudgedException.trouble("the run was interrupted");
        }
    }

    private static NotJudgedException startFailure(AgentException e) {
        return NotJudgedException.trouble("the agent could not be started again: " + e.getMessage());
    }

    private StartedAgent startAgent(Duration limit) throws AgentException, InterruptedException {
        LiveAgent agent = LiveAgent.start(transport.start(), protocol);
        try {
            return new StartedAgent(agent, hello(agent, limit));
        } catch (AgentException | InterruptedException | RuntimeException e) {
            agent.close();
            throw e;
        }
    }

    private Description hello(LiveAgent agent, Duration limit) throws AgentException, InterruptedException {
        ObjectNode request = protocol.request(Operation.HELLO)
                .put("protocol", AgentProtocol.VERSION)
                .put("trust", transport.pathForAgent(trust.file()));
        try {
            Answer answer = StartupTimeouts.awaitHello(agent, request, limit, notices)
                    .orElseThrow(() -> helloTimeout(agent, limit));
            return switch (answer) {
                case Answer.Results results -> DescriptionJson.read(results.first());
                case Answer.Unsupported(String what) ->
                    throw failure("the agent answers `hello` with unsupported: " + what, agent);
                case Answer.Trouble(String what) ->
                    throw failure("the agent answers `hello` with trouble: " + what, agent);
            };
        } catch (NotJudgedException e) {
            throw failure(e.getMessage(), agent);
        } catch (IllegalArgumentException e) {
            throw failure("the agent contradicts itself in `hello`: " + e.getMessage(), agent);
        }
    }

    /** Marks the agent as lost, which makes its last lines of output available. */
    private static AgentException helloTimeout(LiveAgent agent, Duration limit) {
        String sentence = "expected an answer to `hello` within " + limit.toMinutes() + " min, got none";
        agent.lose(NotJudgedReason.LossKind.HUNG, sentence);
        return failure(sentence, agent);
    }

    private static AgentException failure(String sentence, LiveAgent agent) {
        String said = agent.loss()
                .map(NotJudgedReason.LostProgram::outputLines)
                .filter(lines -> !lines.isEmpty())
                .map(lines -> "; it said: " + String.join(" | ", lines))
                .orElse("");
        return new AgentException(AgentException.Fault.AGENT, sentence + said);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            shared.close();
            idle.forEach(LiveAgent::close);
        } finally {
            lock.unlock();
            transport.close();
        }
    }
}
