package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.agent.AgentMain;
import io.wstck.tck.implementation.calls.BundledCalledClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A JVM client in its own program, run as an agent by the kit's {@link AgentMain}. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("processors")
class AgentMainTest {
    private static final String CLIENT = BundledCalledClient.class.getName();

    @TempDir
    private Path folder;

    @Test
    void theCallsOfAScriptReachTheClientOverStandardStreams() {
        assertJudged(
                "--only=send.*",
                "--only=ping.frame*",
                "--only=close.while-writing-own-*",
                "--only=fragmentation.parallel-sends",
                "--only=permission.*",
                "--only=connect.failed*",
                "--only=connect.tls-verifies.*",
                "--agent",
                command(CLIENT));
    }

    @Test
    void theCallsOfAScriptReachTheClientOverTcp() {
        assertJudged("--agent-listen", "0", "--agent", command(CLIENT));
    }

    private void assertJudged(String... agent) {
        Shell shell = new Shell(folder);
        int status = shell.run(with(agent, "run", "--profile=api", "--only=close.default"));

        assertThat(shell.out()).contains("wstck-client, called", "\nconformant\n");
        assertThat(status).isZero();
    }

    @Test
    void aClassThatIsNoClientIsNamed() {
        Shell shell = new Shell(folder);

        assertThat(shell.run("run", "--only=close.default", "--agent", command("java.lang.String")))
                .isEqualTo(3);
        assertThat(shell.err())
                .contains("agent: expected java.lang.String to be a io.wstck.tck.implementation.calls.CalledClient");
    }

    private static String[] with(String[] agent, String... words) {
        String[] all = new String[words.length + agent.length];
        System.arraycopy(words, 0, all, 0, words.length);
        System.arraycopy(agent, 0, all, words.length, agent.length);
        return all;
    }

    static String command(String client) {
        return String.join(
                " ",
                "'" + Path.of(System.getProperty("java.home"), "bin", "java") + "'",
                "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp",
                "'" + System.getProperty("java.class.path") + "'",
                AgentMain.class.getName(),
                client);
    }
}
