package io.wstck.tck.implementation.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The open links of a transport. They are closed with it, and also when the JVM shuts down. */
public final class AgentLinks implements AutoCloseable {
    private final Set<AgentLink> links = ConcurrentHashMap.newKeySet();
    private final Thread hook = Thread.ofPlatform().name("agents-end").unstarted(this::end);
    /** After the end a new link is closed at once. */
    private volatile boolean ended;

    /** Creates an empty set, with a shutdown hook that closes all links. */
    public static AgentLinks withShutdownHook() {
        AgentLinks agents = new AgentLinks();
        // Ctrl-C ends the JVM without unwinding any thread.
        Runtime.getRuntime().addShutdownHook(agents.hook);
        return agents;
    }

    /**
     * Adds a link.
     *
     * @throws IllegalStateException if the kit is ending; the link is closed then
     */
    public void add(AgentLink link) {
        links.add(link);
        if (ended) {
            link.close();
            throw new IllegalStateException("cannot start an agent: the kit is ending");
        }
    }

    public void remove(AgentLink link) {
        links.remove(link);
    }

    /** Closes all links, even if one fails, and then throws the first failure. */
    private void end() {
        ended = true;
        List<RuntimeException> failures = new ArrayList<>();
        for (AgentLink link : links) {
            try {
                link.close();
            } catch (RuntimeException failure) {
                failures.add(failure);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    @Override
    public void close() {
        try {
            end();
        } finally {
            unhook();
        }
    }

    private void unhook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is shutting down, and the hook closes the links.
            return;
        }
    }
}
