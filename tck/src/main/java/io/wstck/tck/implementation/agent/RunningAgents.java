package io.wstck.tck.implementation.agent;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The links that a transport has made and nobody has closed; they are closed with it, and also when the kit is told to end. */
final class RunningAgents implements AutoCloseable {
    private final Set<AgentLink> links = ConcurrentHashMap.newKeySet();
    private final Thread hook = Thread.ofPlatform().name("agents-end").unstarted(() -> links.forEach(AgentLink::close));

    static RunningAgents watched() {
        RunningAgents agents = new RunningAgents();
        // Ctrl-C ends the JVM without unwinding any thread.
        Runtime.getRuntime().addShutdownHook(agents.hook);
        return agents;
    }

    void add(AgentLink link) {
        links.add(link);
    }

    void remove(AgentLink link) {
        links.remove(link);
    }

    @Override
    public void close() {
        links.forEach(AgentLink::close);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending already, and the hook is doing the same.
            return;
        }
    }
}
