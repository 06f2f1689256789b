package io.wstck.tck.autobahn.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.autobahn.AutobahnVerdict;
import io.wstck.tck.autobahn.report.CaseSummary;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Judges the endpoint {@code /echo} of the reference server. */
@ResourceLock("processors")
class ReferenceServerTest {
    @TempDir
    private Path folder;

    private static void assertPassed(List<CaseSummary> results) {
        assertThat(results.stream().map(CaseSummary::result).toList())
                .filteredOn(result -> !result.passed() || result.behavior() == AutobahnVerdict.UNIMPLEMENTED)
                .isEmpty();
    }

    @Test
    void itPassesSectionsOneToSevenAndTenStrictly() throws Exception {
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback())) {
            List<CaseSummary> results = new JudgedServers(folder)
                    .strictly()
                    .judge("ws://127.0.0.1:" + server.port() + "/echo", List.of("*"), List.of("9.*", "12.*", "13.*"));
            assertThat(results).hasSize(247);
            assertPassed(results);
        }
    }

    @Test
    void itPassesTheSectionBeyondTheOriginalStrictly() throws Exception {
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback())) {
            List<CaseSummary> results = new JudgedServers(folder)
                    .strictly()
                    .judge("ws://127.0.0.1:" + server.port() + "/echo?deflate=on", List.of("14.*"), List.of());
            assertThat(results).hasSize(63);
            assertPassed(results);
        }
    }

    @Test
    void itPassesLimitsAndCompressionStrictly() throws Exception {
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback())) {
            List<CaseSummary> results = new JudgedServers(folder)
                    .strictly()
                    .judge(
                            "ws://127.0.0.1:" + server.port() + "/echo?deflate=on",
                            List.of("9.1.1", "9.2.2", "9.3.3", "9.5.4", "9.7.3", "12.*.2", "13.*.3"),
                            List.of());
            assertThat(results).hasSize(17);
            assertPassed(results);
            assertThat(results.stream()
                            .filter(summary -> summary.id().toString().equals("13.5.3"))
                            .findFirst()
                            .orElseThrow()
                            .deflate())
                    .hasValueSatisfying(
                            agreed -> assertThat(agreed.serverWindowBits()).isEqualTo(9));
        }
    }
}
