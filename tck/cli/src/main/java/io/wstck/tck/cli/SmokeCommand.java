package io.wstck.tck.cli;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.implementation.AuthorityFile;
import io.wstck.tck.implementation.agent.AgentException;
import io.wstck.tck.implementation.agent.SmokeRunner;
import io.wstck.tck.report.EscapedText;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code smoke}: tests an adapter and prints its errors. */
@Command(
        name = "smoke",
        header = "Test an agent in small steps and describe its errors.",
        description = "It tests the adapter, not its client. With exit status 0 the client can be judged with `run`.",
        exitCodeList = {
            "0:the adapter passes all steps",
            "1:the adapter has an error",
            "2:the command line is wrong; nothing was run",
            "3:the kit could not judge"
        })
final class SmokeCommand implements Callable<Integer> {
    private final CliEnvironment environment;

    @Mixin
    private AgentOptions agent;

    SmokeCommand(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        if (!agent.given()) {
            throw CommandFailure.usage("expected an agent: --agent COMMAND, --agent-listen, --image NAME or --browser");
        }
        ServerConfig machine = agent.server();
        try (BackgroundServer server = new BackgroundServer(machine);
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
        try (AuthorityFile trust = AuthorityFile.of(server::authorityPem);
                SmokeRunner smoke = new SmokeRunner(
                        agent.transport(environment, trust),
                        trust.file(),
                        echo,
                        refused,
                        AgentOptions.notice(environment))) {
            int wrong = smoke.run(this::printStep);
            environment
                    .out()
                    .println(
                            wrong == 0
                                    ? "the adapter passes all steps: judge its client with `run`"
                                    : wrong + (wrong == 1 ? " step went" : " steps went")
                                            + " wrong: fix the adapter before you judge its client");
            return wrong == 0 ? ExitStatus.OK : ExitStatus.NOT_CONFORMANT;
        } catch (AgentException e) {
            throw AgentOptions.failure(e);
        }
    }

    private void printStep(int number, String name, String what, SmokeRunner.SmokeOutcome outcome) {
        PrintStream out = environment.out();
        String line = String.format(Locale.ROOT, "%2d  %-8s  ", number, name);
        switch (outcome) {
            case SmokeRunner.SmokeOutcome.StepPassed(String detail) -> {
                out.println(line + "ok     " + what);
                if (!detail.isEmpty()) {
                    out.println(" ".repeat(line.length() + 7) + EscapedText.line(detail));
                }
            }
            case SmokeRunner.SmokeOutcome.StepFailed(String wrong) -> {
                out.println(line + "WRONG  " + what);
                out.println(" ".repeat(line.length() + 7) + EscapedText.line(wrong));
            }
        }
        out.flush();
    }
}
