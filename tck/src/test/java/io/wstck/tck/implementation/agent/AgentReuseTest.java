package io.wstck.tck.implementation.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.implementation.ImplementationSession.ScriptEnd;
import io.wstck.tck.implementation.Trust;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents for cases that are played apart from others: one is used again after a session that has left nothing behind. */
class AgentReuseTest {
    @TempDir
    private Path folder;

    @Test
    void anAgentIsUsedAgainAsideButNeverAlone() throws Exception {
        Path starts = folder.resolve("starts");
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback());
                Trust trust = Trust.in(server::authorityPem);
                Implementation agents = AgentImplementation.start(
                        new ProcessTransport(CommandWords.split(AgentMain.command("starts:" + starts)), Path.of("")),
                        trust,
                        _ -> {})) {
            assertThat(starts(starts)).isEqualTo(1);
            agents.openAside(Map.of()).close();
            agents.openAside(Map.of()).close();
            assertThat(starts(starts)).as("one for both").isEqualTo(2);

            try (ImplementationSession first = agents.openAside(Map.of());
                    ImplementationSession second = agents.openAside(Map.of())) {
                assertThat(first.hindrance(ScriptEnd.ENDED)).isEmpty();
                assertThat(second.hindrance(ScriptEnd.ENDED)).isEmpty();
            }
            assertThat(starts(starts)).as("one for each that is open").isEqualTo(3);

            agents.openAlone(Map.of()).close();
            assertThat(starts(starts))
                    .as("a new one for the case that is alone")
                    .isEqualTo(4);
        }
    }

    private static int starts(Path file) throws Exception {
        return Files.readAllLines(file).size();
    }
}
