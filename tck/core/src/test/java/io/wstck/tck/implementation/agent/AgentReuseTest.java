package io.wstck.tck.implementation.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.implementation.AuthorityFile;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.implementation.ImplementationSession.ScriptEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the reuse of agents for cases in their own process: only after a session that left no call behind. */
class AgentReuseTest {
    @TempDir
    private Path folder;

    @Test
    void anAgentIsReusedInItsOwnProcessButNotInAFreshOne() throws Exception {
        Path starts = folder.resolve("starts");
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback());
                AuthorityFile trust = AuthorityFile.of(server::authorityPem);
                Implementation agents = AgentImplementation.start(
                        new ProcessTransport(CommandWords.split(FaultyAgent.command("starts:" + starts)), Path.of("")),
                        trust,
                        _ -> {})) {
            assertThat(starts(starts)).isEqualTo(1);
            agents.openInOwnProcess(Map.of()).close();
            agents.openInOwnProcess(Map.of()).close();
            assertThat(starts(starts)).as("one for both").isEqualTo(2);

            try (ImplementationSession first = agents.openInOwnProcess(Map.of());
                    ImplementationSession second = agents.openInOwnProcess(Map.of())) {
                assertThat(first.notJudgedReason(ScriptEnd.ENDED)).isEmpty();
                assertThat(second.notJudgedReason(ScriptEnd.ENDED)).isEmpty();
            }
            assertThat(starts(starts)).as("one for each that is open").isEqualTo(3);

            agents.openInFreshProcess(Map.of()).close();
            assertThat(starts(starts))
                    .as("a new one for the case that is alone")
                    .isEqualTo(4);
        }
    }

    private static int starts(Path file) throws Exception {
        return Files.readAllLines(file).size();
    }
}
