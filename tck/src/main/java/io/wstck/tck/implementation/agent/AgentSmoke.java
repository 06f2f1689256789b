package io.wstck.tck.implementation.agent;

import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.implementation.Hindrance;
import io.wstck.tck.implementation.agent.SmokeStep.WrongException;
import io.wstck.tck.implementation.calls.HinderedException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Small steps that an agent must be able to make before it is worth judging a client through it; tells in plain words what it
 * does wrong. It looks at the agent: whether the client is right is for the cases. For one thread.
 */
public final class AgentSmoke implements AutoCloseable {
    private final SmokeAgent agent;
    private final URI echo;
    private final URI refused;

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
        agent = new SmokeAgent(transport, trust, notices);
        this.echo = echo;
        this.refused = refused;
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

    /**
     * Makes all steps, in order, and returns how many went wrong. An agent that is lost in one is started again for the next.
     *
     * @throws AgentException when no agent can be started at all
     */
    public int run(Listener listener) throws AgentException, InterruptedException {
        SmokeStep hello = new SmokeStep("hello", "says who it is, and what its client has", agent::hello);
        if (tell(listener, 1, hello) instanceof Outcome.Wrong) {
            return 1;
        }
        int wrong = 0;
        int number = 1;
        for (SmokeStep step : steps()) {
            number++;
            if (tell(listener, number, step) instanceof Outcome.Wrong) {
                wrong++;
            }
        }
        return wrong;
    }

    /** What an agent has to do depends on whether it plays whole scripts or makes single calls. */
    private List<SmokeStep> steps() {
        boolean hostsLua = agent.description()
                .filter(client -> client.capabilities().contains(Capability.LUA))
                .isPresent();
        List<SmokeStep> steps = new ArrayList<>();
        steps.add(new SmokeStep("noop", "answers that it is alive", agent::noop));
        steps.addAll(hostsLua ? new ScriptSteps(agent, echo).steps() : new CallSteps(agent, echo, refused).steps());
        return steps;
    }

    private Outcome tell(Listener listener, int number, SmokeStep step) throws AgentException, InterruptedException {
        Outcome outcome = outcome(step);
        listener.done(number, step.name(), step.what(), outcome);
        return outcome;
    }

    private static Outcome outcome(SmokeStep step) throws AgentException, InterruptedException {
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

    @Override
    public void close() {
        agent.close();
    }
}
