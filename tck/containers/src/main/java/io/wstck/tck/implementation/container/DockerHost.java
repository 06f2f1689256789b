package io.wstck.tck.implementation.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.NotFoundException;
import io.wstck.server.ServerConfig;
import io.wstck.tck.implementation.agent.AgentException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;

/** The Docker of this machine and the address at which containers reach the machine. Any thread. */
public final class DockerHost {
    /** The host name of this machine in containers. */
    static final String NAME = "host.docker.internal";

    private static final String LOOPBACK = "127.0.0.1";
    private static final String DEVICE = "com.docker.network.bridge.name";
    private static final String RYUK = "TESTCONTAINERS_RYUK_DISABLED";
    private static final String HOST = "TESTCONTAINERS_HOST_OVERRIDE";

    private static final Duration REMOVAL_TIMEOUT = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 20;

    private final DockerClient docker;
    private final String bind;

    private DockerHost(DockerClient docker, String bind) {
        this.docker = docker;
        this.bind = bind;
    }

    /**
     * Finds Docker and removes containers of killed runs.
     *
     * @throws AgentException if no Docker answers
     */
    public static DockerHost find() throws AgentException {
        requireEnvironment(System.getenv());
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw requestError("--image: expected a running Docker, found none");
        }
        DockerClient docker = DockerClientFactory.instance().client();
        OrphanedContainers.remove(docker);
        return new DockerHost(docker, bridgeAddress(docker).orElse(LOOPBACK));
    }

    /**
     * Requires two variables that Testcontainers reads only from the environment. Without them it would pull helper
     * images.
     */
    static void requireEnvironment(Map<String, String> environment) throws AgentException {
        boolean quiet = "true".equals(environment.get(RYUK)) && "localhost".equals(environment.get(HOST));
        if (!quiet) {
            throw requestError("--image: expected " + RYUK + "=true and " + HOST
                    + "=localhost in the environment, as the launcher sets them, found other values");
        }
    }

    /**
     * The address of this machine in the default container network. Empty if Docker runs in a virtual machine: then
     * containers reach the loopback interface.
     */
    private static Optional<String> bridgeAddress(DockerClient docker) {
        try {
            Map<String, String> options =
                    docker.inspectNetworkCmd().withNetworkId("bridge").exec().getOptions();
            NetworkInterface device = NetworkInterface.getByName(options.getOrDefault(DEVICE, "docker0"));
            return Stream.ofNullable(device)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(Inet4Address.class::isInstance)
                    .map(InetAddress::getHostAddress)
                    .findFirst();
        } catch (NotFoundException | SocketException e) {
            return Optional.empty();
        }
    }

    /** The configuration of a reference server that only containers can reach. */
    public ServerConfig server() {
        return ServerConfig.named(bind, NAME);
    }

    String bind() {
        return bind;
    }

    /** Requires an image with this name, because the kit never pulls one. */
    void requireImage(String image) throws AgentException {
        try {
            DockerImageName.parse(image).assertValid();
            docker.inspectImageCmd(image).exec();
        } catch (IllegalArgumentException | NotFoundException e) {
            throw requestError(
                    "--image: expected the name of an image on this machine, because the kit pulls none, got "
                            + (image.isEmpty() ? "nothing" : image));
        }
    }

    /** The exit status of a container, or empty while it runs. */
    Optional<Long> exitStatus(String container) {
        try {
            ContainerState state = docker.inspectContainerCmd(container).exec().getState();
            return Boolean.TRUE.equals(state.getRunning()) ? Optional.empty() : Optional.of(state.getExitCodeLong());
        } catch (NotFoundException e) {
            return Optional.of(-1L);
        }
    }

    /**
     * Waits until a container is gone. Another process may be removing it.
     *
     * @throws IllegalStateException if it still exists after 30 s
     */
    void awaitGone(String container) throws InterruptedException {
        long end = System.nanoTime() + REMOVAL_TIMEOUT.toNanos();
        while (exists(container)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("expected Docker to remove the container " + container + " within "
                        + REMOVAL_TIMEOUT.toSeconds() + " s, but it is still there");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private boolean exists(String container) {
        return !docker.listContainersCmd()
                .withShowAll(true)
                .withIdFilter(List.of(container))
                .exec()
                .isEmpty();
    }

    private static AgentException requestError(String sentence) {
        return new AgentException(AgentException.Fault.REQUEST, sentence);
    }
}
