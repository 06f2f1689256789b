package io.wstck.tck.implementation.agent;

import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.implementation.LoopbackNameCheck;
import java.nio.file.Path;
import java.util.Optional;

/** Starts or accepts agents: from a command, on a port, in a container or in a browser. Any thread. */
public interface AgentTransport extends AutoCloseable {

    /** How many agents can run at the same time. */
    enum AgentCapacity {
        UNLIMITED,
        /** Each agent needs much memory and CPU: a browser, or a container. */
        FEW,
        /** A user starts the agent by hand. */
        ONE
    }

    AgentCapacity capacity();

    /**
     * Starts an agent, or waits for one.
     *
     * @throws AgentException if none can be started, or none comes
     */
    AgentLink start() throws AgentException, InterruptedException;

    /** The profile of a run without {@code --profile}; empty if the agent's capabilities decide. */
    default Optional<Profile> defaultProfile() {
        return Optional.empty();
    }

    /** The path under which the agent sees a file of this machine. */
    default String pathForAgent(Path file) {
        return file.toString();
    }

    /** See {@link io.wstck.tck.implementation.Implementation#nameProblem}. */
    default Optional<String> nameProblem(String host) throws InterruptedException {
        return LoopbackNameCheck.problem(host);
    }

    /** Ends all agents, and every process that they have started. */
    @Override
    void close();
}
