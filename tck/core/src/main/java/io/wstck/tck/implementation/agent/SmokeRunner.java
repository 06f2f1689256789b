package io.wstck.tck.implementation.agent;

import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.implementation.NotJudgedReason;
import io.wstck.tck.implementation.agent.SmokeStep.StepFailedException;
import io.wstck.tck.implementation.calls.NotJudgedException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Smoke test of an agent: small steps that every agent must pass, with plain messages about its mistakes. It tests the
 * agent; the cases test the client. For one thread.
 */
public final class SmokeRunner implements AutoCloseable {
    private final SmokeAgentDriver agent;
    private final URI echo;
    private final URI refused;

    /**
     * Creates a smoke test.
     *
     * @param transport closed with this object
     * @param trust the PEM file to name in {@code hello}
     * @param echo URL of a server that echoes
     * @param refused URL that refuses connections
     * @param notices gets a sentence if the agent is slow to answer
     */
    public SmokeRunner(AgentTransport transport, Path trust, URI echo, URI refused, Consumer<String> notices) {
        agent = new SmokeAgentDriver(transport, trust, notices);
        this.echo = echo;
        this.refused = refused;
    }

    /** The result of a step. */
    public sealed interface SmokeOutcome {
        /**
         * The step passed.
         *
         * @param detail information for the user; may be empty
         */
        record StepPassed(String detail) implements SmokeOutcome {}

        /**
         * The step failed.
         *
         * @param what the adapter's mistake
         */
        record StepFailed(String what) implements SmokeOutcome {}
    }

    /** Receives the result of each step. */
    @FunctionalInterface
    public interface Listener {
        /** Called after each step. */
        void done(int number, String name, String what, SmokeOutcome outcome);
    }

    /**
     * Runs all steps in order. An agent that is lost in a step is started again for the next.
     *
     * @return how many steps failed
     * @throws AgentException if no agent can be started
     */
    public int run(Listener listener) throws AgentException, InterruptedException {
        SmokeStep hello = new SmokeStep("hello", "describes its client and its capabilities", agent::hello);
        if (tell(listener, 1, hello) instanceof SmokeOutcome.StepFailed) {
            return 1;
        }
        int wrong = 0;
        int number = 1;
        for (SmokeStep step : steps()) {
            number++;
            if (tell(listener, number, step) instanceof SmokeOutcome.StepFailed) {
                wrong++;
            }
        }
        return wrong;
    }

    /** An agent that runs whole scripts has other steps than one that makes single calls. */
    private List<SmokeStep> steps() {
        boolean hostsLua = agent.description()
                .filter(client -> client.capabilities().contains(Capability.LUA))
                .isPresent();
        List<SmokeStep> steps = new ArrayList<>();
        steps.add(new SmokeStep("noop", "answers that it is alive", agent::noop));
        steps.addAll(
                hostsLua
                        ? new ScriptSmokeSteps(agent, echo).steps()
                        : new CallSmokeSteps(agent, echo, refused).steps());
        return steps;
    }

    private SmokeOutcome tell(Listener listener, int number, SmokeStep step)
            throws AgentException, InterruptedException {
        SmokeOutcome outcome = outcome(step);
        listener.done(number, step.name(), step.what(), outcome);
        return outcome;
    }

    private static SmokeOutcome outcome(SmokeStep step) throws AgentException, InterruptedException {
        try {
            return new SmokeOutcome.StepPassed(step.body().run());
        } catch (StepFailedException e) {
            return new SmokeOutcome.StepFailed("it " + e.getMessage());
        } catch (NotJudgedException e) {
            String said = e.notJudgedReason() instanceof NotJudgedReason.LostProgram lost
                            && !lost.outputLines().isEmpty()
                    ? "; it said: " + String.join(" | ", lost.outputLines())
                    : "";
            return new SmokeOutcome.StepFailed(e.getMessage().replace("the agent broke the protocol: ", "") + said);
        }
    }

    @Override
    public void close() {
        agent.close();
    }
}
