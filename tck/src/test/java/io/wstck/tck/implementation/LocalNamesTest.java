package io.wstck.tck.implementation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Names that lead to this machine. */
class LocalNamesTest {
    @Test
    void aNameOfTheHostsFileLeadsHere() throws Exception {
        assertThat(LocalNames.problem("localhost")).isEmpty();
    }

    @Test
    void aNameThatLeadsNowhereIsToldWithTheLineThatTheHostsFileLacks() throws Exception {
        assertThat(LocalNames.problem("server.nowhere.invalid").orElseThrow())
                .contains("add the line \"127.0.0.1 server.nowhere.invalid\" to its hosts file");
    }

    @Test
    void anAddressOfAnotherMachineIsNotHere() throws Exception {
        assertThat(LocalNames.problem("192.0.2.1")).isPresent();
    }
}
