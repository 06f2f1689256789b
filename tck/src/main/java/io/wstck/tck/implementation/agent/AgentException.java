package io.wstck.tck.implementation.agent;

import java.io.Serial;

/** There is no agent to judge a client with; the message is a sentence that says what was expected and what came. */
public final class AgentException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    /** Whose fault it is. */
    public enum Fault {
        /** What the kit was told to start or to listen at cannot be. */
        REQUEST,
        /** There was an agent, but it could not be talked with. */
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
