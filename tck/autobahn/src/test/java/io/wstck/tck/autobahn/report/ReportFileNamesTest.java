package io.wstck.tck.autobahn.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReportFileNamesTest {
    private final ReportFileNames fileNames = new ReportFileNames();

    @Test
    void anAgentWithoutAUsableCharacterHasAStem() {
        assertThat(fileNames.stemOf("日本")).isEqualTo("agent");
        assertThat(fileNames.stemOf("///")).isEqualTo("agent_2");
        assertThat(fileNames.stemOf("日本")).isEqualTo("agent");
    }
}
