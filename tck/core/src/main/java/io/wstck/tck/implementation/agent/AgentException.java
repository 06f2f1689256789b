package io.wstck.tck.implementation.agent;

import java.io.Serial;

/**
 * Thrown if no agent can be started, or if an agent does not speak the protocol when it starts. The message says what
 * was expected and what came.
 */
public final class AgentException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    /** Whether the user or the agent caused the failure. */
    public enum Fault {
        /** The user's: the command, the port or the browser cannot be used. */
        REQUEST,
        /** The agent's: it started, but did not speak the protocol. */
        AGENT
    }

    public AgentException(Fault fault, String sentence) {
        super(sentence);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
