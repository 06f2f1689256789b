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

/** The Docker of this machine, and where its containers find the machine. Any thread. */
public final class DockerMachine {
    /** What containers call this machine. */
    static final String NAME = "host.docker.internal";

    private static final String LOOPBACK = "127.0.0.1";
    private static final String DEVICE = "com.docker.network.bridge.name";
    private static final String RYUK = "TESTCONTAINERS_RYUK_DISABLED";
    private static final String HOST = "TESTCONTAINERS_HOST_OVERRIDE";

    private static final Duration GONE = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 20;

    private final DockerClient docker;
    private final String bind;

    private DockerMachine(DockerClient docker, String bind) {
        this.docker = docker;
        this.bind = bind;
    }

    /**
     * Finds Docker, and removes the containers that runs of the kit have left behind which were killed.
     *
     * @throws AgentException when there is none that answers
     */
    public static DockerMachine find() throws AgentException {
        requireEnvironment(System.getenv());
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw missing("--image: expected a Docker that answers, found none");
        }
        DockerClient docker = DockerClientFactory.instance().client();
        Leftovers.remove(docker);
        return new DockerMachine(docker, bridge(docker).orElse(LOOPBACK));
    }

    /** Testcontainers reads these two from nowhere else, and would look for helpers of its own on the internet without them. */
    static void requireEnvironment(Map<String, String> environment) throws AgentException {
        boolean quiet = "true".equals(environment.get(RYUK)) && "localhost".equals(environment.get(HOST));
        if (!quiet) {
            throw missing("--image: expected " + RYUK + "=true and " + HOST
                    + "=localhost in the environment, as the launcher sets them, found another");
        }
    }

    /**
     * The address of this machine in the network that containers are in by default. Where Docker lives in a virtual machine the
     * network does too: then there is none, and containers reach the loopback interface.
     */
    private static Optional<String> bridge(DockerClient docker) {
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

    /** How the reference server must be started to be reached from containers, and from nowhere else. */
    public ServerConfig server() {
        return ServerConfig.named(bind, NAME);
    }

    String bind() {
        return bind;
    }

    /** Requires an image of that name, since none is ever pulled. */
    void requireImage(String image) throws AgentException {
        try {
            DockerImageName.parse(image).assertValid();
            docker.inspectImageCmd(image).exec();
        } catch (IllegalArgumentException | NotFoundException e) {
            throw missing("--image: expected the name of an image that this machine has, since the kit pulls none, got "
                    + (image.isEmpty() ? "nothing" : image));
        }
    }

    /** How a container has ended: its exit status, when it has. */
    Optional<Long> exitStatus(String container) {
        try {
            ContainerState state = docker.inspectContainerCmd(container).exec().getState();
            return Boolean.TRUE.equals(state.getRunning()) ? Optional.empty() : Optional.of(state.getExitCodeLong());
        } catch (NotFoundException e) {
            return Optional.of(-1L);
        }
    }

    /**
     * Waits until a container is gone, which others may be removing.
     *
     * @throws IllegalStateException when it is still there after half a minute
     */
    void awaitGone(String container) throws InterruptedException {
        long end = System.nanoTime() + GONE.toNanos();
        while (there(container)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("expected Docker to remove the container " + container + " within "
                        + GONE.toSeconds() + " s, but it is still there");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private boolean there(String container) {
        return !docker.listContainersCmd()
                .withShowAll(true)
                .withIdFilter(List.of(container))
                .exec()
                .isEmpty();
    }

    private static AgentException missing(String sentence) {
        return new AgentException(AgentException.Fault.REQUEST, sentence);
    }
}
