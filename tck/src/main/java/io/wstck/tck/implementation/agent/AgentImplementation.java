package io.wstck.tck.implementation.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.DescriptionJson;
import io.wstck.tck.implementation.Hindrance;
import io.wstck.tck.implementation.HostedScripts;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.implementation.Trust;
import io.wstck.tck.implementation.calls.CalledSession;
import io.wstck.tck.implementation.calls.HinderedException;
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
 * A client in another program, an agent. One that is lost takes the cases with it that were being played, and is started again for
 * those that come.
 */
public final class AgentImplementation implements Implementation {
    /** Agents that do not start any more are not tried for each of a thousand cases. */
    private static final int STARTS_TRIED = 3;

    /** Each is a process of its own, started for one case that mostly waits. */
    private static final int MANY = 12;

    private static final int A_FEW = 4;

    private final AgentTransport transport;
    private final AgentProtocol protocol = new AgentProtocol();
    private final Trust trust;
    private final Consumer<String> notices;
    private final Description description;
    private final AtomicLong sessions = new AtomicLong();

    /** Guards {@link #shared} and {@link #failures}; held while an agent is started, since all cases wait for it. */
    private final ReentrantLock lock = new ReentrantLock();

    private LiveAgent shared;
    private int failures;

    /** Held while an agent of a case's own is started, one after the other. */
    private final ReentrantLock starting = new ReentrantLock();

    private final AtomicInteger ownFailures = new AtomicInteger();

    /** Agents without a session, on which no call is under way. */
    private final Queue<LiveAgent> idle = new ConcurrentLinkedQueue<>();

    /**
     * Starts the first agent and asks it who it is.
     *
     * @param transport is taken over, and closed also when this fails
     * @param trust must stay open as long as this implementation
     * @param notices told in a sentence that the agent takes its time to answer
     * @throws AgentException when there is no agent, or it says nothing that can be understood
     */
    public static AgentImplementation start(AgentTransport transport, Trust trust, Consumer<String> notices)
            throws AgentException, InterruptedException {
        try {
            return new AgentImplementation(transport, trust, notices);
        } catch (AgentException | InterruptedException | RuntimeException e) {
            transport.close();
            throw e;
        }
    }

    private AgentImplementation(AgentTransport transport, Trust trust, Consumer<String> notices)
            throws AgentException, InterruptedException {
        this.transport = transport;
        this.trust = trust;
        this.notices = notices;
        Greeted greeted = greet(Starts.FIRST);
        shared = greeted.agent();
        description = greeted.description();
    }

    private record Greeted(LiveAgent agent, Description description) {}

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
        return session(urls, current(), _ -> {});
    }

    @Override
    public ImplementationSession openAlone(Map<String, URI> urls) {
        return switch (transport.supply()) {
            case AS_MANY_AS_WANTED, A_FEW -> {
                LiveAgent own = own();
                yield session(urls, own, _ -> own.close());
            }
            case ONE_AT_A_TIME -> open(urls);
        };
    }

    @Override
    public Profile defaultProfile() {
        return transport.defaultProfile().orElseGet(Implementation.super::defaultProfile);
    }

    @Override
    public ImplementationSession openAside(Map<String, URI> urls) {
        return switch (transport.supply()) {
            case AS_MANY_AS_WANTED, A_FEW -> {
                LiveAgent agent = Optional.ofNullable(idle.poll())
                        .filter(left -> left.loss().isEmpty())
                        .orElseGet(this::own);
                yield session(urls, agent, end -> release(agent, end));
            }
            case ONE_AT_A_TIME -> open(urls);
        };
    }

    /** To start an agent costs more than most cases. One that has nothing left to do is therefore used again. */
    private void release(LiveAgent agent, AgentCalls.End end) {
        switch (end) {
            case CLEAN -> idle.add(agent);
            case CALLS_LEFT -> agent.close();
        }
    }

    @Override
    public Home home() {
        return Home.OTHER_PROGRAM;
    }

    @Override
    public int aloneAtOnce() {
        return switch (transport.supply()) {
            case AS_MANY_AS_WANTED -> MANY;
            case A_FEW -> A_FEW;
            case ONE_AT_A_TIME -> 1;
        };
    }

    private ImplementationSession session(Map<String, URI> urls, LiveAgent agent, Consumer<AgentCalls.End> afterwards) {
        AgentCalls.Constants constants = description.capabilities().contains(Capability.CONSTANTS)
                ? AgentCalls.Constants.THE_CLIENTS
                : AgentCalls.Constants.THE_KITS;
        AgentCalls calls = new AgentCalls(agent, protocol, "case-" + sessions.incrementAndGet(), constants, afterwards);
        Optional<HostedScripts> scripts = description.capabilities().contains(Capability.LUA)
                ? Optional.of(new AgentScripts(calls, urls, errors()))
                : Optional.empty();
        return new CalledSession(urls, Optional.empty(), calls, scripts, description.behaviour());
    }

    private AgentScripts.Errors errors() {
        return description.capabilities().contains(Capability.ERROR_KINDS)
                ? AgentScripts.Errors.THE_CLIENTS
                : AgentScripts.Errors.MADE_UP;
    }

    /** An agent for one case; others go on meanwhile. */
    private LiveAgent own() {
        starting.lock();
        try {
            LiveAgent agent = another(ownFailures.get());
            ownFailures.set(0);
            return agent;
        } catch (AgentException e) {
            ownFailures.incrementAndGet();
            throw unstarted(e);
        } finally {
            starting.unlock();
        }
    }

    /** The agent that all cases share, a new one if the last was lost. */
    private LiveAgent current() {
        lock.lock();
        try {
            if (shared.loss().isPresent()) {
                shared = another(failures);
                failures = 0;
            }
            return shared;
        } catch (AgentException e) {
            failures++;
            throw unstarted(e);
        } finally {
            lock.unlock();
        }
    }

    private LiveAgent another(int failed) throws AgentException {
        if (failed >= STARTS_TRIED) {
            throw HinderedException.trouble("no agent any more: " + STARTS_TRIED + " in a row did not start");
        }
        if (Thread.currentThread().isInterrupted()) {
            // The run is over: cases that wait for an agent need none any more.
            throw HinderedException.trouble("the run was interrupted");
        }
        try {
            return greet(Starts.ANOTHER).agent();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HinderedException.trouble("the run was interrupted");
        }
    }

    private static HinderedException unstarted(AgentException e) {
        return HinderedException.trouble("the agent could not be started again: " + e.getMessage());
    }

    private Greeted greet(Duration limit) throws AgentException, InterruptedException {
        LiveAgent agent = LiveAgent.over(transport.start(), protocol);
        try {
            return new Greeted(agent, hello(agent, limit));
        } catch (AgentException | InterruptedException | RuntimeException e) {
            agent.close();
            throw e;
        }
    }

    private Description hello(LiveAgent agent, Duration limit) throws AgentException, InterruptedException {
        ObjectNode request = protocol.request(Operation.HELLO)
                .put("protocol", AgentProtocol.VERSION)
                .put("trust", transport.seen(trust.file()));
        try {
            Answer answer = Starts.awaitHello(agent, request, limit, notices).orElseThrow(() -> silent(agent, limit));
            return switch (answer) {
                case Answer.Results results -> DescriptionJson.read(results.first());
                case Answer.Unsupported(String what) ->
                    throw failed("the agent answers `hello` with unsupported: " + what, agent);
                case Answer.Trouble(String what) ->
                    throw failed("the agent answers `hello` with trouble: " + what, agent);
            };
        } catch (HinderedException e) {
            throw failed(e.getMessage(), agent);
        } catch (IllegalArgumentException e) {
            throw failed("the agent contradicts itself in `hello`: " + e.getMessage(), agent);
        }
    }

    /** Lost for good: only so its last lines are known. */
    private static AgentException silent(LiveAgent agent, Duration limit) {
        String sentence = "expected an answer to `hello` within " + limit.toMinutes() + " min, got none";
        agent.lose(Hindrance.How.HUNG, sentence);
        return failed(sentence, agent);
    }

    private static AgentException failed(String sentence, LiveAgent agent) {
        String said = agent.loss()
                .map(Hindrance.Lost::said)
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
