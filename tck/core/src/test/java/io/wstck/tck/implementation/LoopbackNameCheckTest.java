package io.wstck.tck.implementation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests the check of host names. */
class LoopbackNameCheckTest {
    @Test
    void aNameInTheHostsFileIsNoProblem() throws Exception {
        assertThat(LoopbackNameCheck.problem("localhost")).isEmpty();
    }

    @Test
    void theProblemOfAnUnknownNameHasTheMissingHostsLine() throws Exception {
        assertThat(LoopbackNameCheck.problem("server.nowhere.invalid").orElseThrow())
                .contains("add the line \"127.0.0.1 server.nowhere.invalid\" to its hosts file");
    }

    @Test
    void anAddressOfAnotherMachineIsAProblem() throws Exception {
        assertThat(LoopbackNameCheck.problem("192.0.2.1")).isPresent();
    }
}
