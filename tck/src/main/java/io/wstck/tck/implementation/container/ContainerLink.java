package io.wstck.tck.implementation.container;

import io.wstck.tck.implementation.agent.AgentLink;
import io.wstck.tck.implementation.agent.LastLines;
import io.wstck.tck.implementation.agent.RunningAgents;
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

/** The connection with the agent in one container, and the hold on the container. Any thread. */
final class ContainerLink implements AgentLink {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long LOOK_MILLIS = 50;

    private final GenericContainer<?> container;
    private final DockerMachine machine;
    private final LastLines output;
    private final RunningAgents running;

    /** Guards {@link #state}; held while the container starts, so that whoever ends it waits until there is one to end. */
    private final ReentrantLock lock = new ReentrantLock();

    private State state = State.NEW;
    private volatile Optional<Socket> socket = Optional.empty();

    private enum State {
        NEW,
        STARTED,
        REMOVED
    }

    ContainerLink(GenericContainer<?> container, DockerMachine machine, LastLines output, RunningAgents running) {
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
            Uninterrupted.run(container::start);
        } finally {
            lock.unlock();
        }
    }

    /** The agent has dialled. */
    void dialled(Socket accepted) {
        socket = Optional.of(accepted);
    }

    @Override
    public InputStream input() {
        try {
            return socket.orElseThrow().getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException("the agent's connection was lost at once", e);
        }
    }

    @Override
    public OutputStream output() {
        try {
            return socket.orElseThrow().getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException("the agent's connection was lost at once", e);
        }
    }

    @Override
    public List<String> said() {
        return output.get();
    }

    @Override
    public String ending() {
        Optional<Long> status = exited();
        if (status.isEmpty()) {
            return "it closed the connection, but goes on running";
        }
        output.awaitEnd();
        return "exit status " + status.get();
    }

    /** The exit status, waiting for a moment if there is none yet. */
    private Optional<Long> exited() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Optional<Long> status = machine.exitStatus(container.getContainerId());
        while (status.isEmpty() && System.nanoTime() < end) {
            try {
                Thread.sleep(LOOK_MILLIS);
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
            exited();
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

    /** Testcontainers ends it too when the JVM ends; whichever comes second is told nothing, so it is seen whether it is gone. */
    private void stop() {
        Optional<String> id = Optional.ofNullable(container.getContainerId());
        Uninterrupted.run(() -> {
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
