package io.wstck.tck.implementation.agent;

import io.wstck.tck.implementation.Hindrance;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** The connection with one agent, and the hold on its program where there is one. Any thread. */
public interface AgentLink extends AutoCloseable {

    /** What the agent says. */
    InputStream input();

    /** What the agent hears. */
    OutputStream output();

    /** Its first and last lines on standard error, as far as the kit can know them: the first five and the last ten, of at most 500 characters. */
    List<String> said();

    /**
     * How it ended, as a phrase such as {@code exit status 1}. Asked when {@link #input} has ended; waits for two seconds at most, until
     * {@link #said} has its last words, too.
     */
    String ending();

    /**
     * Runs an action some time after the agent's program has ended, if there is one: {@link #input} does not end then where another program
     * holds it.
     */
    default void whenEnded(Runnable action) {}

    /** What it means that {@link #input} has ended. */
    default Hindrance.How loss() {
        return Hindrance.How.DIED;
    }

    /** Lets the agent go in peace: it hears that there is nothing more to do, and is ended if it does not go within a second. */
    void release();

    /** Ends the agent at once, with all that it has started. */
    @Override
    void close();
}
