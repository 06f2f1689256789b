package io.wstck.tck.implementation.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The links that a transport has made and nobody has closed; they are closed with it, and also when the kit is told to end. */
public final class RunningAgents implements AutoCloseable {
    private final Set<AgentLink> links = ConcurrentHashMap.newKeySet();
    private final Thread hook = Thread.ofPlatform().name("agents-end").unstarted(this::end);
    private volatile State state = State.WATCHING;

    private enum State {
        WATCHING,
        /** Whatever is added now came too late. */
        ENDED
    }

    /** None yet, and a hook that ends them all when the JVM is told to end. */
    public static RunningAgents watched() {
        RunningAgents agents = new RunningAgents();
        // Ctrl-C ends the JVM without unwinding any thread.
        Runtime.getRuntime().addShutdownHook(agents.hook);
        return agents;
    }

    /**
     * One more.
     *
     * @throws IllegalStateException when the kit is ending; the link is closed
     */
    public void add(AgentLink link) {
        links.add(link);
        if (state == State.ENDED) {
            link.close();
            throw new IllegalStateException("expected an agent to be started while the kit runs, but it is ending");
        }
    }

    public void remove(AgentLink link) {
        links.remove(link);
    }

    /** One that cannot be closed keeps none of the others; the first failure is thrown when all were tried. */
    private void end() {
        state = State.ENDED;
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
            // The JVM is ending already, and the hook is doing the same.
            return;
        }
    }
}
