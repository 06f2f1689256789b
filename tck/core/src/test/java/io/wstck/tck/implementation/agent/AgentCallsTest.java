package io.wstck.tck.implementation.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.implementation.calls.Received;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests the order of a session's calls. */
class AgentCallsTest {
    @Test
    void noReceiveFollowsTheEndOfItsSession() throws Exception {
        AgentProtocol protocol = new AgentProtocol();
        try (ProcessTransport transport = new ProcessTransport(CommandWords.split(FaultyAgent.command()), Path.of(""));
                LiveAgent agent = LiveAgent.start(transport.start(), protocol)) {
            AgentCalls calls = new AgentCalls(agent, protocol, "session", AgentCalls.ConstantsSource.KIT, _ -> {});

            calls.close();

            assertThat(new AgentConnection(calls, "client-1").receive(Optional.empty()))
                    .isEqualTo(Received.closed());
            assertThat(agent.loss()).isEmpty();
        }
    }
}
