package io.wstck.tck.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The Docker engine of this machine. For tests. */
public final class DockerEngine {
    private DockerEngine() {}

    /**
     * Skips the test where no engine answers, unless the environment says {@code WSTCK_REQUIRE=docker}, alone or in a
     * list with commas.
     */
    public static void require() throws InterruptedException {
        require("docker", "info");
    }

    /** The same for a program that scripts around Docker use, which this command starts. */
    public static void require(String... command) throws InterruptedException {
        boolean there;
        try {
            there = new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException none) {
            there = false;
        }
        boolean required = List.of(
                        System.getenv().getOrDefault("WSTCK_REQUIRE", "").split("\\W+"))
                .contains("docker");
        if (!there && !required) {
            Assumptions.abort("there is no " + command[0] + " that answers");
        }
        assertThat(there)
                .as(String.join(" ", command) + " works, as WSTCK_REQUIRE demands")
                .isTrue();
    }
}
