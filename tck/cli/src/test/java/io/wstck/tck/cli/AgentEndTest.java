package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.implementation.agent.CommandWords;
import io.wstck.tck.implementation.agent.FaultyAgent;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs the kit as a process. Agents that it starts end with it. Agents that a user starts can connect to it. */
@Execution(ExecutionMode.CONCURRENT)
class AgentEndTest {
    private static final String STUCK = """
            case "stuck" {
              clause = "send.returns", title = "hangs", server = echo, limit = "8s",
              client = function(t)
                local client = t:connect()
                t:alive(client)
                client:send("misbehave now")
              end,
            }
            """;
    private static final String ECHO = """
            case "echo" {
              clause = "send.returns", title = "an echo", server = echo,
              client = function(t) t:alive(t:connect()) end,
            }
            """;

    /** Guards against a hang alone: a busy machine takes long to start the programs of a test. */
    private static final long LONG_SECONDS = 120;

    @TempDir
    private Path folder;

    @Test
    void anAgentEndsWhenTheKitIsTerminated() throws Exception {
        Files.writeString(folder.resolve("stuck.lua"), STUCK);
        Process kit = kit("--agent", FaultyAgent.command("stuck:send"));
        try (BufferedReader lines = kit.inputReader(StandardCharsets.UTF_8)) {
            // The kit prints the first line when the agent has connected.
            assertThat(lines.readLine()).contains("wstck-client, called");
            List<ProcessHandle> agents = kit.descendants().toList();
            assertThat(agents).isNotEmpty();
            // Runs the shutdown hooks of the JVM, as Ctrl-C does.
            kit.destroy();
            assertThat(kit.waitFor(LONG_SECONDS, TimeUnit.SECONDS)).isTrue();
            for (ProcessHandle agent : agents) {
                agent.onExit().get(LONG_SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            kit.destroyForcibly();
        }
    }

    @Test
    void aHangingAgentEndsWithItsRun() throws Exception {
        Files.writeString(folder.resolve("stuck.lua"), STUCK);
        Process kit = kit("--profile", "api", "--agent", FaultyAgent.command("stuck:send"));
        try (BufferedReader lines = kit.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).contains("wstck-client, called");
            List<ProcessHandle> agents = kit.descendants().toList();
            assertThat(agents).isNotEmpty();
            assertThat(kit.waitFor(LONG_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(kit.exitValue()).isEqualTo(1);
            for (ProcessHandle agent : agents) {
                agent.onExit().get(LONG_SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            kit.destroyForcibly();
        }
    }

    @Test
    void aSlowStartOfAnAgentIsReported() throws Exception {
        Files.writeString(folder.resolve("echo.lua"), ECHO);
        Process kit = kit("--agent", FaultyAgent.command("hang:hello"));
        try (BufferedReader errors = kit.errorReader(StandardCharsets.UTF_8)) {
            String notice = "wstck: the agent has not answered `hello` within 15 s; it may be building, and has 10 min";
            assertThat(errors.lines().anyMatch(notice::equals)).isTrue();
        } finally {
            // The agent must end with the kit.
            kit.destroy();
            assertThat(kit.waitFor(LONG_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void anAgentStartedByHandConnectsToTheKitsAddress() throws Exception {
        Files.writeString(folder.resolve("echo.lua"), ECHO);
        Process kit = kit("--agent-listen");
        try (BufferedReader errors = kit.errorReader(StandardCharsets.UTF_8)) {
            String line = errors.readLine();
            assertThat(line).contains("waiting for an agent", "WSTCK_CONTROL=127.0.0.1:");
            ProcessBuilder agent = new ProcessBuilder(CommandWords.split(FaultyAgent.command())).inheritIO();
            agent.environment().put("WSTCK_CONTROL", line.replaceAll(".*WSTCK_CONTROL=(\\S+).*", "$1"));
            Process started = agent.start();
            assertThat(kit.waitFor(LONG_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(kit.exitValue()).isZero();
            // Its connection to the kit has ended.
            assertThat(started.waitFor(LONG_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            kit.destroyForcibly();
        }
    }

    private Process kit(String... arguments) throws IOException {
        return KitProcess.judging(folder, List.of(), arguments).start();
    }
}
