package io.wstck.tck.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class NullClientTest {
    @Test
    void aClientThatDoesNothingPassesNoCaseWithAServer() throws Exception {
        try (ProofFixture kit = ProofFixture.start()) {
            ProofReport report = ProofFixture.prover(kit.client, kit.server, kit.someOfEachClause())
                    .prove(List.of(), NullClient.all(), ProofFixture.SILENT);
            assertThat(report.nullFindings()).hasSize(3).allSatisfy(finding -> {
                assertThat(finding.passed()).isEmpty();
                assertThat(finding.played()).isGreaterThan(250);
            });
            assertThat(report.conclusion()).isEqualTo(ProofReport.Conclusion.PROVEN);
        }
    }
}
