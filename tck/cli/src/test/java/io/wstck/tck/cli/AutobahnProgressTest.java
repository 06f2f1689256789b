package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.wire.EndpointRole;
import io.wstck.tck.autobahn.AutobahnCorpus;
import io.wstck.tck.autobahn.Strictness;
import io.wstck.tck.autobahn.report.AutobahnReportFolder;
import io.wstck.tck.autobahn.serve.AutobahnServer;
import io.wstck.tck.autobahn.serve.AutobahnSettings;
import io.wstck.tck.autobahn.serve.LoopbackAddresses;
import io.wstck.tck.autobahn.serve.TestDriver;
import io.wstck.tck.autobahn.spec.AutobahnPatterns;
import io.wstck.tck.autobahn.spec.AutobahnPlan;
import io.wstck.tck.known.KnownDeviations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutobahnProgressTest {
    @TempDir
    private Path folder;

    @Test
    void theCountOfEachAgentIsPrintedOncePerChange() throws Exception {
        Shell shell = new Shell(folder);
        AutobahnPlan plan = new AutobahnPlan(
                new AutobahnPatterns(List.of("1.1.2"), List.of()).of(AutobahnCorpus.standard()), List.of());
        AutobahnReportFolder outDir = new AutobahnReportFolder(
                folder,
                new AutobahnReportFolder.ReportHeader("1.0", "cases", "a machine"),
                EndpointRole.CLIENT,
                KnownDeviations.NONE);
        try (AutobahnServer server = AutobahnServer.start(
                new AutobahnSettings(plan, Strictness.ORIGINAL, outDir, List.of(), "wstck/1.0"),
                LoopbackAddresses.addresses(),
                0,
                Optional.empty(),
                trouble -> {
                    throw new AssertionError(trouble);
                })) {
            for (String agent : List.of("a", "b")) {
                try (TestDriver driver = TestDriver.connect(server.port(), "/runCase?case=1&agent=" + agent)) {
                    driver.echo();
                }
            }
            server.awaitIdle(Duration.ofSeconds(30));
            AutobahnConsole console = new AutobahnConsole(shell.environment(), "");
            try (AutobahnProgress progress = new AutobahnProgress(console, server, 1)) {
                progress.print();
                progress.print();
            }
        }
        assertThat(shell.out()).isEqualTo("  1/1  a\n  1/1  b\n");
    }
}
