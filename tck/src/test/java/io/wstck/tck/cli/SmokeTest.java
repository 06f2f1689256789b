package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.implementation.agent.AgentMain;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code smoke}: what an adapter still does wrong, in words. */
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class SmokeTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void aShellInAFolder() {
        shell = new Shell(folder);
    }

    @Test
    void anAdapterThatDoesItRightPassesTenSteps() {
        assertThat(shell.run("smoke", "--agent", AgentMain.command()))
                .as(shell.out())
                .isZero();
        assertThat(shell.out().lines().filter(line -> line.contains("  ok  ")).count())
                .isEqualTo(10);
        assertThat(shell.out()).contains("wstck-client, called test (Java)").endsWith("judge its client with `run`\n");
    }

    @Test
    void whatAnAdapterDoesWrongIsSaidInWords() {
        assertThat(shell.run("smoke", "--agent", AgentMain.command("number:connect")))
                .isEqualTo(1);
        assertThat(shell.out())
                .contains("it answers `connect` with 7: expected a client handle (a string), or null and an error\n")
                .contains(" 2  noop      ok ")
                .endsWith("to be mended before its client can be judged\n");
        assertThat(shell.run("smoke", "--agent", AgentMain.command("unsupported:close")))
                .isEqualTo(1);
        assertThat(shell.out())
                .contains("it answers `close` with unsupported: it has no such thing: expected it to be done\n")
                .endsWith("1 step went wrong: the adapter is to be mended before its client can be judged\n");
        assertThat(shell.run("smoke", "--agent", AgentMain.command("die:receive")))
                .isEqualTo(1);
        assertThat(shell.out()).contains("the agent ended: exit status 7; it said: first line | about to die\n");
    }

    @Test
    void anAgentThatHostsLuaPassesWithoutSingleCalls() {
        assertThat(shell.run("smoke", "--agent", AgentMain.command("lua", "unsupported:connect")))
                .as(shell.out())
                .isZero();
        assertThat(shell.out().lines().filter(line -> line.contains("  ok  ")).count())
                .isEqualTo(9);
        assertThat(shell.out())
                .contains(" 6  limit     ok ", " 7  at once   ok ")
                .doesNotContain("are not judged", "one script at a time");
    }

    @Test
    void anAgentThatLeavesTheLimitToTheKitIsToldWhatItMisses() {
        assertThat(shell.run("smoke", "--agent", AgentMain.command("lua", "goes-on")))
                .as(shell.out())
                .isZero();
        assertThat(shell.out()).contains("checks that a script has made before it hangs are not judged");
    }

    @Test
    void whatAnAgentThatHostsLuaDoesWrongIsSaidInWords() {
        assertThat(shell.run("smoke", "--agent", AgentMain.command("lua", "unsupported:script")))
                .isEqualTo(1);
        assertThat(shell.out()).contains("it answers `script` with unsupported: it has no such thing");
        assertThat(shell.run("smoke", "--agent", AgentMain.command("lua", "met:script")))
                .isEqualTo(1);
        assertThat(shell.out())
                .contains(" 3  script    ok ", " 4  check     WRONG ", " 5  error     WRONG ", " 8  globals   WRONG ")
                .contains("expected one check, `equal`, that is not met, and no error");
    }

    @Test
    void withoutAnAgentThereIsNothingToTry() {
        assertThat(shell.run("smoke")).isEqualTo(2);
        assertThat(shell.err())
                .contains("expected an agent to try: --agent COMMAND")
                .hasLineCount(1);
        assertThat(shell.run("smoke", "--agent", "no-such-command")).isEqualTo(2);
    }
}
