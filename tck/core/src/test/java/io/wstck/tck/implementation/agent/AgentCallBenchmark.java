package io.wstck.tck.implementation.agent;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.implementation.AuthorityFile;
import io.wstck.tck.implementation.ImplementationSession.Context;
import io.wstck.tck.implementation.calls.CallOptions;
import io.wstck.tck.implementation.calls.CalledConnection;
import io.wstck.tck.implementation.calls.ConnectCall;
import io.wstck.tck.implementation.calls.MessageType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Measures the cost of a documented call over an agent's standard streams, one call at a time. Argument: the agent's
 * command; by default the agent of the tests. Prints microseconds per call.
 */
public final class AgentCallBenchmark {
    private static final int WARM_UP = 2_000;
    private static final int CALLS = 5_000;

    private AgentCallBenchmark() {}

    private interface Call {
        void run() throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        String command = arguments.length > 0 ? String.join(" ", arguments) : FaultyAgent.command();
        AgentProtocol protocol = new AgentProtocol();
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback());
                AuthorityFile trust = AuthorityFile.of(server::authorityPem);
                ProcessTransport transport = new ProcessTransport(CommandWords.split(command), Path.of(""));
                LiveAgent agent = LiveAgent.start(transport.start(), protocol);
                AgentCalls calls = new AgentCalls(agent, protocol, "cost", AgentCalls.ConstantsSource.KIT, _ -> {})) {
            agent.await(agent.ask(
                    Operation.HELLO,
                    protocol.request(Operation.HELLO)
                            .put("protocol", 1)
                            .put("trust", trust.file().toString())));
            measure("noop", 1, () -> agent.await(agent.ask(Operation.NOOP, protocol.request(Operation.NOOP))));
            CalledConnection connection = calls.connect(new ConnectCall(
                    "ws://" + server.base().getAuthority() + "/echo",
                    CallOptions.none(),
                    Optional.empty(),
                    Context.PRESENT,
                    Optional.empty()));
            byte[] text = "0123456789abcdef".repeat(4).getBytes(StandardCharsets.US_ASCII);
            measure("send, and receive its echo, 64 bytes", 2, () -> {
                connection.send(Optional.of(MessageType.TEXT), text);
                connection.receive(Optional.empty());
            });
        }
    }

    private static void measure(String what, int calls, Call call) throws Exception {
        for (int made = 0; made < WARM_UP; made++) {
            call.run();
        }
        long begun = System.nanoTime();
        for (int made = 0; made < CALLS; made++) {
            call.run();
        }
        double micros = (System.nanoTime() - begun) / 1e3 / CALLS / calls;
        System.out.println(String.format(Locale.ROOT, "%s: %.0f µs a call", what, micros));
    }
}
