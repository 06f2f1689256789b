package io.wstck.tck.implementation.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Containers of runs that were killed before they could end them: each names the process that owns it in a label. */
final class Leftovers {
    /** The label; its value is an {@link #owner}. */
    static final String LABEL = "io.wstck.owner";

    private Leftovers() {}

    /** This process, told from one with the same number at another time. */
    static String owner() {
        return owner(ProcessHandle.current());
    }

    private static String owner(ProcessHandle process) {
        return process.pid() + "@"
                + process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** Removes the containers whose owner is no more. */
    static void remove(DockerClient docker) {
        List<Container> labelled = docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(LABEL))
                .exec();
        for (Container container : labelled) {
            if (!alive(container.getLabels().getOrDefault(LABEL, ""))) {
                remove(docker, container.getId());
            }
        }
    }

    /** Removes one container, running or not; nothing if it is gone already. */
    static void remove(DockerClient docker, String container) {
        try {
            docker.removeContainerCmd(container)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException e) {
            // Another run has done the same.
            return;
        }
    }

    private static boolean alive(String owner) {
        String pid = owner.replaceFirst("@.*", "");
        Optional<ProcessHandle> process =
                pid.matches("[0-9]{1,18}") ? ProcessHandle.of(Long.parseLong(pid)) : Optional.empty();
        return process.filter(ProcessHandle::isAlive)
                .filter(found -> owner(found).equals(owner))
                .isPresent();
    }
}
