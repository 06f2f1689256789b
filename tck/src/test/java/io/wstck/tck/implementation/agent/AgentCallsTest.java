package io.wstck.tck.implementation.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.implementation.calls.Received;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The calls of one session, in their order. */
class AgentCallsTest {
    @Test
    void noReceiveFollowsTheEndOfItsSession() throws Exception {
        AgentProtocol protocol = new AgentProtocol();
        try (ProcessTransport transport = new ProcessTransport(CommandWords.split(AgentMain.command()), Path.of(""));
                LiveAgent agent = LiveAgent.over(transport.start(), protocol)) {
            AgentCalls calls = new AgentCalls(agent, protocol, "session", AgentCalls.Constants.THE_KITS, _ -> {});

            calls.close();

            assertThat(new AgentConnection(calls, "client-1").receive(Optional.empty()))
                    .isEqualTo(Received.closed());
            assertThat(agent.loss()).isEmpty();
        }
    }
}
