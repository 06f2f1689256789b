package io.wstck.tck.cli;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.implementation.Trust;
import io.wstck.tck.implementation.agent.AgentException;
import io.wstck.tck.implementation.agent.AgentSmoke;
import io.wstck.tck.report.Printable;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code smoke}: tells what an adapter still does wrong. */
@Command(
        name = "smoke",
        header = "Try an agent in small steps, and say in plain words what it still does wrong.",
        description = "It looks at the adapter, not at its client: exit status 0 says that `run` is worth a try.")
final class SmokeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private AgentOptions agent;

    SmokeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        if (!agent.given()) {
            throw CommandFailure.usage(
                    "expected an agent to try: --agent COMMAND, --agent-listen, --image NAME or --browser");
        }
        ServerConfig machine = agent.server();
        try (StartingServer server = new StartingServer(machine);
                // A port that is bound but does not listen refuses connections.
                Socket refusing = new Socket()) {
            refusing.bind(new InetSocketAddress(machine.bind(), 0));
            return smoke(server.await(), URI.create("ws://" + machine.host() + ":" + refusing.getLocalPort() + "/"))
                    .code();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.notJudged("the smoke test was interrupted before its end");
        }
    }

    private ExitStatus smoke(ReferenceServer server, URI refused) throws CommandFailure, InterruptedException {
        URI base = server.base();
        URI echo = URI.create("ws://" + base.getAuthority() + "/echo");
        try (Trust trust = Trust.in(server::authorityPem);
                AgentSmoke smoke = new AgentSmoke(
                        agent.transport(surroundings, trust),
                        trust.file(),
                        echo,
                        refused,
                        AgentOptions.notice(surroundings))) {
            int wrong = smoke.run(this::tell);
            surroundings
                    .out()
                    .println(
                            wrong == 0
                                    ? "the adapter does all that was tried: judge its client with `run`"
                                    : wrong + (wrong == 1 ? " step went" : " steps went")
                                            + " wrong: the adapter is to be mended before its client can be judged");
            return wrong == 0 ? ExitStatus.OK : ExitStatus.NOT_CONFORMANT;
        } catch (AgentException e) {
            throw AgentOptions.failure(e);
        }
    }

    private void tell(int number, String name, String what, AgentSmoke.Outcome outcome) {
        PrintStream out = surroundings.out();
        String line = String.format(Locale.ROOT, "%2d  %-8s  ", number, name);
        switch (outcome) {
            case AgentSmoke.Outcome.Right(String detail) -> {
                out.println(line + "ok     " + what);
                if (!detail.isEmpty()) {
                    out.println(" ".repeat(line.length() + 7) + Printable.line(detail));
                }
            }
            case AgentSmoke.Outcome.Wrong(String wrong) -> {
                out.println(line + "WRONG  " + what);
                out.println(" ".repeat(line.length() + 7) + Printable.line(wrong));
            }
        }
        out.flush();
    }
}
