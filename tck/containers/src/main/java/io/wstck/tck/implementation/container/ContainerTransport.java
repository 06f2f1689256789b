package io.wstck.tck.implementation.container;

import com.github.dockerjava.api.DockerClient;
import io.wstck.tck.implementation.AuthorityFile;
import io.wstck.tck.implementation.agent.AgentException;
import io.wstck.tck.implementation.agent.AgentLink;
import io.wstck.tck.implementation.agent.AgentLinks;
import io.wstck.tck.implementation.agent.AgentTransport;
import io.wstck.tck.implementation.agent.DialInTransport;
import io.wstck.tck.implementation.agent.OutputExcerpt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * Starts a container for each agent. The agent connects over TCP, because the container's input and output are shared
 * with its logs. Any thread.
 */
public final class ContainerTransport implements AgentTransport {
    /** The authority file in the container. Every image has a root folder. */
    private static final String TRUST = "/wstck-trust.pem";

    /** The time between two checks whether the container still runs. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

    /** The time limit for the agent's connection. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofMinutes(1);

    private final DockerHost machine;
    private final String image;
    private final AuthorityFile trust;
    private final ServerSocket listener;
    private final AgentLinks running = AgentLinks.withShutdownHook();

    /**
     * Held while a container starts. Only one agent connects at a time, so the connection belongs to that container.
     */
    private final ReentrantLock starting = new ReentrantLock();

    private ContainerTransport(DockerHost machine, String image, AuthorityFile trust, ServerSocket listener) {
        this.machine = machine;
        this.image = image;
        this.trust = trust;
        this.listener = listener;
    }

    /**
     * Starts to listen for agents.
     *
     * @param trust copied into each container; must stay open as long as this transport
     * @throws AgentException if this machine does not have the image, or the kit cannot listen where containers can
     * connect
     */
    public static ContainerTransport of(DockerHost machine, String image, AuthorityFile trust) throws AgentException {
        machine.requireImage(image);
        try {
            ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName(machine.bind()));
            listener.setSoTimeout((int) POLL_INTERVAL.toMillis());
            return new ContainerTransport(machine, image, trust, listener);
        } catch (IOException e) {
            throw new AgentException(
                    AgentException.Fault.REQUEST,
                    "--image: expected to listen for agents at " + machine.bind() + ", which containers can reach: "
                            + e.getMessage());
        }
    }

    @Override
    public AgentCapacity capacity() {
        return AgentCapacity.FEW;
    }

    @Override
    public String pathForAgent(Path file) {
        return TRUST;
    }

    @Override
    public AgentLink start() throws AgentException, InterruptedException {
        starting.lockInterruptibly();
        try {
            return startContainer();
        } finally {
            starting.unlock();
        }
    }

    private AgentLink startContainer() throws AgentException, InterruptedException {
        OutputExcerpt output = OutputExcerpt.none();
        GenericContainer<?> container = container(output);
        ContainerLink link = running.open(() -> new ContainerLink(container, machine, output, running));
        try {
            link.start();
            link.connected(accept(container, output));
            return link;
        } catch (AgentException | InterruptedException e) {
            link.close();
            throw e;
        } catch (RuntimeException e) {
            link.close();
            throw failed("expected a container of " + image + " that starts: " + dockerMessage(e), output);
        }
    }

    private GenericContainer<?> container(OutputExcerpt output) {
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(image))
                .withImagePullPolicy(_ -> false)
                .withStartupAttempts(1)
                .withEnv(DialInTransport.CONTROL, DockerHost.NAME + ":" + listener.getLocalPort())
                .withExtraHost(DockerHost.NAME, "host-gateway")
                .withLabel(OrphanedContainers.LABEL, OrphanedContainers.owner())
                .withCopyToContainer(Transferable.of(pem()), TRUST)
                .withStartupCheckStrategy(new NoStartupCheck())
                .waitingFor(new NoWaitStrategy());
        return container.withLogConsumer(frame -> {
            output.take(frame.getUtf8String());
            if (frame.getType() == OutputFrame.OutputType.END) {
                output.end();
            }
        });
    }

    private byte[] pem() {
        try {
            return Files.readAllBytes(trust.file());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + trust.file(), e);
        }
    }

    /** No wait at the start of a container: the connection of its agent shows that it is ready. */
    private static final class NoWaitStrategy extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {}
    }

    /** Accepts a container that has already ended. The wait for its agent reports how it ended. */
    private static final class NoStartupCheck extends StartupCheckStrategy {
        @Override
        public StartupStatus checkStartupState(DockerClient docker, String container) {
            return StartupStatus.SUCCESSFUL;
        }
    }

    private Socket accept(GenericContainer<?> container, OutputExcerpt output)
            throws AgentException, InterruptedException {
        long end = System.nanoTime() + CONNECT_TIMEOUT.toNanos();
        while (System.nanoTime() < end) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                return socket;
            } catch (SocketTimeoutException e) {
                Optional<Long> status = machine.exitStatus(container.getContainerId());
                if (status.isPresent()) {
                    output.awaitEnd();
                    throw failed(
                            "expected the agent in " + image + " to connect to the address in "
                                    + DialInTransport.CONTROL + ", but it ended (exit status " + status.get() + ")",
                            output);
                }
            } catch (IOException e) {
                throw failed("cannot listen for agents any more: " + e.getMessage(), output);
            }
        }
        throw failed(
                "expected the agent in " + image + " to connect to the address in " + DialInTransport.CONTROL
                        + " within " + CONNECT_TIMEOUT.toSeconds() + " s, but it did not",
                output);
    }

    private static AgentException failed(String sentence, OutputExcerpt output) {
        String said = output.get().isEmpty() ? "" : "; it said: " + String.join(" | ", output.get());
        return new AgentException(AgentException.Fault.AGENT, sentence + said);
    }

    /** The innermost cause has Docker's message. */
    private static String dockerMessage(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).replaceAll("\\s+", " ").strip();
    }

    /** A container has its own hosts file. */
    @Override
    public Optional<String> nameProblem(String host) {
        return Optional.of("in a container the name " + host + " does not resolve to the kit's machine");
    }

    @Override
    public void close() {
        try {
            running.close();
        } finally {
            closeListener();
        }
    }

    private void closeListener() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the port for agents", e);
        }
    }
}
