package io.wstck.tck.implementation.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Removes the containers of killed runs. A label of each container names the process that owns it. Stateless. */
final class OrphanedContainers {
    /** The label; its value is an {@link #owner}. */
    static final String LABEL = "io.wstck.owner";

    private OrphanedContainers() {}

    /** An id of this process. It differs from the id of an earlier process with the same number. */
    static String owner() {
        return owner(ProcessHandle.current());
    }

    private static String owner(ProcessHandle process) {
        return process.pid() + "@"
                + process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** Removes the containers whose process has ended. */
    static void remove(DockerClient docker) {
        List<Container> labelled = docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(LABEL))
                .exec();
        for (Container container : labelled) {
            if (!isAlive(container.getLabels().getOrDefault(LABEL, ""))) {
                remove(docker, container.getId());
            }
        }
    }

    /** Removes one container, even if it runs. Does nothing if there is no such container. */
    static void remove(DockerClient docker, String container) {
        try {
            docker.removeContainerCmd(container)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException e) {
            // Another run has removed it.
            return;
        }
    }

    private static boolean isAlive(String owner) {
        String pid = owner.replaceFirst("@.*", "");
        Optional<ProcessHandle> process =
                pid.matches("[0-9]{1,18}") ? ProcessHandle.of(Long.parseLong(pid)) : Optional.empty();
        return process.filter(ProcessHandle::isAlive)
                .filter(found -> owner(found).equals(owner))
                .isPresent();
    }
}
