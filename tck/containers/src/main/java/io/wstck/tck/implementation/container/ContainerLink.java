package io.wstck.tck.implementation.container;

import io.wstck.tck.implementation.agent.AgentLink;
import io.wstck.tck.implementation.agent.AgentLinks;
import io.wstck.tck.implementation.agent.OutputExcerpt;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.testcontainers.containers.GenericContainer;

/** The container of one agent and the connection to the agent. Any thread. */
final class ContainerLink implements AgentLink {
    private static final Duration EXIT_WAIT = Duration.ofSeconds(1);
    private static final long POLL_MILLIS = 50;

    private final GenericContainer<?> container;
    private final DockerHost machine;
    private final OutputExcerpt output;
    private final AgentLinks running;

    /**
     * Guards {@link #state}. Held while the container starts, so that a concurrent close waits and then stops the
     * container.
     */
    private final ReentrantLock lock = new ReentrantLock();

    private State state = State.NEW;
    private volatile Optional<Socket> socket = Optional.empty();

    private enum State {
        NEW,
        STARTED,
        REMOVED
    }

    ContainerLink(GenericContainer<?> container, DockerHost machine, OutputExcerpt output, AgentLinks running) {
        this.container = container;
        this.machine = machine;
        this.output = output;
        this.running = running;
    }

    /** Starts the container. */
    void start() {
        lock.lock();
        try {
            if (state == State.REMOVED) {
                throw new IllegalStateException("the kit is ending");
            }
            state = State.STARTED;
            UninterruptibleRequests.run(container::start);
        } finally {
            lock.unlock();
        }
    }

    /** Stores the connection that the agent opened. */
    void connected(Socket accepted) {
        socket = Optional.of(accepted);
    }

    @Override
    public InputStream input() {
        try {
            return socket.orElseThrow().getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException("the agent's connection was lost right after it opened", e);
        }
    }

    @Override
    public OutputStream output() {
        try {
            return socket.orElseThrow().getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException("the agent's connection was lost right after it opened", e);
        }
    }

    @Override
    public List<String> outputLines() {
        return output.get();
    }

    @Override
    public String ending() {
        Optional<Long> status = awaitExitStatus();
        if (status.isEmpty()) {
            return "it closed the connection, but goes on running";
        }
        output.awaitEnd();
        return "exit status " + status.get();
    }

    /** The exit status. Waits a second for it if the container still runs. */
    private Optional<Long> awaitExitStatus() {
        long end = System.nanoTime() + EXIT_WAIT.toNanos();
        Optional<Long> status = machine.exitStatus(container.getContainerId());
        while (status.isEmpty() && System.nanoTime() < end) {
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return status;
            }
            status = machine.exitStatus(container.getContainerId());
        }
        return status;
    }

    @Override
    public void release() {
        try {
            disconnect();
            awaitExitStatus();
        } finally {
            remove();
        }
    }

    @Override
    public void close() {
        try {
            disconnect();
        } finally {
            remove();
        }
    }

    private void remove() {
        lock.lock();
        try {
            if (state == State.STARTED) {
                stop();
            }
            state = State.REMOVED;
        } finally {
            lock.unlock();
            running.remove(this);
        }
    }

    /**
     * Stops the container and waits until it is gone. Testcontainers may stop it at the same time when the JVM ends,
     * and the second stop returns early.
     */
    private void stop() {
        Optional<String> id = Optional.ofNullable(container.getContainerId());
        UninterruptibleRequests.run(() -> {
            container.stop();
            if (id.isPresent()) {
                machine.awaitGone(id.get());
            }
        });
    }

    private void disconnect() {
        if (socket.isEmpty()) {
            return;
        }
        try {
            socket.get().close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the agent's connection", e);
        }
    }
}
