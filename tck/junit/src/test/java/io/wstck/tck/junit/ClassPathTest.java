package io.wstck.tck.junit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JUnit artifact brings neither the command line nor the container libraries. */
class ClassPathTest {
    @ParameterizedTest
    @ValueSource(strings = {"picocli.CommandLine", "org.testcontainers.DockerClientFactory", "io.wstck.tck.cli.Main"})
    void isNotOnTheClassPath(String name) {
        assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
    }
}
