package io.wstck.tck.implementation.container;

import com.github.dockerjava.api.DockerClient;
import io.wstck.tck.implementation.Trust;
import io.wstck.tck.implementation.agent.AgentException;
import io.wstck.tck.implementation.agent.AgentLink;
import io.wstck.tck.implementation.agent.AgentTransport;
import io.wstck.tck.implementation.agent.LastLines;
import io.wstck.tck.implementation.agent.ListeningTransport;
import io.wstck.tck.implementation.agent.RunningAgents;
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
 * Starts a container of an image for each agent, which dials in over TCP: the input and output of a container are shared with its
 * logs. Any thread.
 */
public final class ContainerTransport implements AgentTransport {
    /** Where the agent finds the authority to trust; the root folder is in every image. */
    private static final String TRUST = "/wstck-trust.pem";

    /** How often it is looked whether a container that shall dial still runs. */
    private static final Duration LOOK = Duration.ofMillis(200);

    /** How long an agent may take to dial. */
    private static final Duration DIAL = Duration.ofMinutes(1);

    private final DockerMachine machine;
    private final String image;
    private final Trust trust;
    private final ServerSocket listener;
    private final RunningAgents running = RunningAgents.watched();

    /** Held while a container starts: one is dialling at a time, so that each is known by its connection. */
    private final ReentrantLock dialling = new ReentrantLock();

    private ContainerTransport(DockerMachine machine, String image, Trust trust, ServerSocket listener) {
        this.machine = machine;
        this.image = image;
        this.trust = trust;
        this.listener = listener;
    }

    /**
     * Begins to listen for agents of an image.
     *
     * @param trust copied into each container; must stay open as long as this transport
     * @throws AgentException when this machine has no such image, or nobody can listen where containers could dial
     */
    public static ContainerTransport of(DockerMachine machine, String image, Trust trust) throws AgentException {
        machine.requireImage(image);
        try {
            ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName(machine.bind()));
            listener.setSoTimeout((int) LOOK.toMillis());
            return new ContainerTransport(machine, image, trust, listener);
        } catch (IOException e) {
            throw new AgentException(
                    AgentException.Fault.REQUEST,
                    "--image: expected to listen for agents at " + machine.bind()
                            + ", which containers reach, but cannot: " + e.getMessage());
        }
    }

    @Override
    public Supply supply() {
        return Supply.A_FEW;
    }

    @Override
    public String seen(Path file) {
        return TRUST;
    }

    @Override
    public AgentLink start() throws AgentException, InterruptedException {
        dialling.lockInterruptibly();
        try {
            return startOne();
        } finally {
            dialling.unlock();
        }
    }

    private AgentLink startOne() throws AgentException, InterruptedException {
        LastLines output = LastLines.none();
        GenericContainer<?> container = container(output);
        ContainerLink link = new ContainerLink(container, machine, output, running);
        running.add(link);
        try {
            link.start();
            link.dialled(accept(container, output));
            return link;
        } catch (AgentException | InterruptedException e) {
            link.close();
            throw e;
        } catch (RuntimeException e) {
            link.close();
            throw failed("expected a container of " + image + " that starts: " + reason(e), output);
        }
    }

    private GenericContainer<?> container(LastLines output) {
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(image))
                .withImagePullPolicy(_ -> false)
                .withStartupAttempts(1)
                .withEnv(ListeningTransport.CONTROL, DockerMachine.NAME + ":" + listener.getLocalPort())
                .withExtraHost(DockerMachine.NAME, "host-gateway")
                .withLabel(Leftovers.LABEL, Leftovers.owner())
                .withCopyToContainer(Transferable.of(pem()), TRUST)
                .withStartupCheckStrategy(new Started())
                .waitingFor(new Dialling());
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

    /** Nothing is waited for when a container starts: that its agent dials in is the sign. */
    private static final class Dialling extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {}
    }

    /** A container that has ended meanwhile has started: how it ended is told by whoever waits for its agent. */
    private static final class Started extends StartupCheckStrategy {
        @Override
        public StartupStatus checkStartupState(DockerClient docker, String container) {
            return StartupStatus.SUCCESSFUL;
        }
    }

    private Socket accept(GenericContainer<?> container, LastLines output) throws AgentException, InterruptedException {
        long end = System.nanoTime() + DIAL.toNanos();
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
                            "expected the agent in " + image + " to dial the address in " + ListeningTransport.CONTROL
                                    + ", but it ended (exit status " + status.get() + ")",
                            output);
                }
            } catch (IOException e) {
                throw failed("cannot listen for agents any more: " + e.getMessage(), output);
            }
        }
        throw failed(
                "expected the agent in " + image + " to dial the address in " + ListeningTransport.CONTROL + " within "
                        + DIAL.toSeconds() + " s, it did not",
                output);
    }

    private static AgentException failed(String sentence, LastLines output) {
        String said = output.get().isEmpty() ? "" : "; it said: " + String.join(" | ", output.get());
        return new AgentException(AgentException.Fault.AGENT, sentence + said);
    }

    /** The innermost cause says what Docker has to say. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).replaceAll("\\s+", " ").strip();
    }

    /** A container has a hosts file of its own. */
    @Override
    public Optional<String> nameProblem(String host) {
        return Optional.of("in a container the name " + host + " does not lead to the kit's machine");
    }

    @Override
    public void close() {
        try {
            running.close();
        } finally {
            letGo();
        }
    }

    private void letGo() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot let go of the port for agents", e);
        }
    }
}
