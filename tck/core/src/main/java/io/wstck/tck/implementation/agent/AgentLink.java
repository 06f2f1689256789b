package io.wstck.tck.implementation.agent;

import io.wstck.tck.implementation.NotJudgedReason;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** The connection to one agent, and its process if the kit started it. Any thread. */
public interface AgentLink extends AgentLinks.Member {

    /** The agent's answers. */
    InputStream input();

    /** The requests to the agent. */
    OutputStream output();

    /**
     * The first five and the last ten lines of the agent's standard error, if the kit can read it. A line has at most
     * 500 characters.
     */
    List<String> outputLines();

    /**
     * How the agent ended, as a phrase such as {@code exit status 1}. Called after {@link #input} has ended. Waits at
     * most 2 s, until the last output was read.
     */
    String ending();

    /**
     * Runs an action some time after the agent's process has ended, if there is one. It is needed because
     * {@link #input} stays open while another process holds it.
     */
    default void whenEnded(Runnable action) {}

    /** The kind of loss that the end of {@link #input} means. */
    default NotJudgedReason.LossKind loss() {
        return NotJudgedReason.LossKind.DIED;
    }

    /** Tells the agent that there are no more requests, and ends it if it has not ended within 1 s. */
    void release();

    /** Ends the agent at once, with all processes that it has started. */
    @Override
    void close();
}
