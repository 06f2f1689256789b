package io.wstck.tck.implementation.agent;

import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.implementation.LocalNames;
import java.nio.file.Path;
import java.util.Optional;

/** A way to get agents to talk with: a command, a port that somebody dials, a container. Any thread. */
public interface AgentTransport extends AutoCloseable {

    /** How many agents there can be at a time. */
    enum Supply {
        AS_MANY_AS_WANTED,
        /** Each needs much of the machine: a browser, or a container. */
        A_FEW,
        /** Somebody starts it by hand. */
        ONE_AT_A_TIME
    }

    Supply supply();

    /**
     * Starts an agent, or waits for one.
     *
     * @throws AgentException when there is none
     */
    AgentLink start() throws AgentException, InterruptedException;

    /** The profile of a run without {@code --profile}; empty if the capabilities of the agent decide. */
    default Optional<Profile> defaultProfile() {
        return Optional.empty();
    }

    /** How its agents name a file of this machine that the kit tells them of. */
    default String seen(Path file) {
        return file.toString();
    }

    /** See {@link io.wstck.tck.implementation.Implementation#nameProblem}. */
    default Optional<String> nameProblem(String host) throws InterruptedException {
        return LocalNames.problem(host);
    }

    /** Ends every agent that is still there, and whatever they have started. */
    @Override
    void close();
}
