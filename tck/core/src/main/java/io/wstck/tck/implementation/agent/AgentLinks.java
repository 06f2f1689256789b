package io.wstck.tck.implementation.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The open links of a transport, and the programs that it started. They are closed with it, and also when the JVM shuts
 * down. Any thread.
 */
public final class AgentLinks implements AutoCloseable {
    private final Set<Member> members = ConcurrentHashMap.newKeySet();
    private final Thread hook = Thread.ofPlatform().name("agents-end").unstarted(this::end);

    /** Threads that open something share it. The end takes it alone, so that it misses nothing that is being opened. */
    private final ReentrantReadWriteLock opening = new ReentrantReadWriteLock();

    /** Guarded by {@link #opening}. */
    private boolean ended;

    /** A link, or a program that was started for one. */
    public interface Member extends AutoCloseable {
        /** Ends it at once. Does nothing the second time. */
        @Override
        void close();
    }

    /** Opens a link, or starts a program for one. */
    @FunctionalInterface
    public interface Opening<T extends Member> {
        T open() throws AgentException;
    }

    /** Creates an empty set, with a shutdown hook that closes all links. */
    public static AgentLinks withShutdownHook() {
        AgentLinks agents = new AgentLinks();
        // Ctrl-C ends the JVM without unwinding any thread.
        Runtime.getRuntime().addShutdownHook(agents.hook);
        return agents;
    }

    /**
     * Opens a link or starts a program, which belongs to this set from then on. The end waits for it.
     *
     * @throws IllegalStateException if the kit is ending; nothing is opened then
     */
    public <T extends Member> T open(Opening<T> action) throws AgentException {
        opening.readLock().lock();
        try {
            if (ended) {
                throw new IllegalStateException("cannot start an agent: the kit is ending");
            }
            T opened = action.open();
            members.add(opened);
            return opened;
        } finally {
            opening.readLock().unlock();
        }
    }

    /** Removes what was closed. */
    public void remove(Member closed) {
        members.remove(closed);
    }

    /** Closes everything, even if one fails, and then throws the first failure. */
    private void end() {
        refuseOpenings();
        List<RuntimeException> failures = new ArrayList<>();
        for (Member member : members) {
            try {
                member.close();
            } catch (RuntimeException failure) {
                failures.add(failure);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    /** Waits for what is being opened. */
    private void refuseOpenings() {
        opening.writeLock().lock();
        try {
            ended = true;
        } finally {
            opening.writeLock().unlock();
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
