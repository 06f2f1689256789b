package io.wstck.tck.autobahn.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileStemTest {
    private final FileStem stems = new FileStem();

    @Test
    void anAgentWhoseNameHasNoLetterThatIsKeptHasAStemNevertheless() {
        assertThat(stems.of("日本")).isEqualTo("agent");
        assertThat(stems.of("///")).isEqualTo("agent_2");
        assertThat(stems.of("日本")).isEqualTo("agent");
    }
}
