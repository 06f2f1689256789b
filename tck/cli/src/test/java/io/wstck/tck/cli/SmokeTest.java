package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.implementation.agent.FaultyAgent;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code smoke} describes the errors of an adapter. */
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
    void aCorrectAdapterPassesElevenSteps() {
        assertThat(shell.run("smoke", "--agent", FaultyAgent.command()))
                .as(shell.out())
                .isZero();
        assertThat(shell.out().lines().filter(line -> line.contains("  ok  ")).count())
                .isEqualTo(11);
        assertThat(shell.out()).contains("wstck-client, called test (Java)").endsWith("judge its client with `run`\n");
    }

    @Test
    void errorsOfAnAdapterAreDescribed() {
        assertThat(shell.run("smoke", "--agent", FaultyAgent.command("number:connect")))
                .isEqualTo(1);
        assertThat(shell.out())
                .contains("it answers `connect` with 7: expected a client handle (a string), or null and an error\n")
                .contains(" 2  noop      ok ")
                .endsWith("fix the adapter before you judge its client\n");
        assertThat(shell.run("smoke", "--agent", FaultyAgent.command("unsupported:close")))
                .isEqualTo(1);
        assertThat(shell.out())
                .contains("it answers `close` with unsupported: it has no such thing: expected it to be done\n")
                .endsWith("1 step went wrong: fix the adapter before you judge its client\n");
        assertThat(shell.run("smoke", "--agent", FaultyAgent.command("die:receive")))
                .isEqualTo(1);
        assertThat(shell.out()).contains("the agent ended: exit status 7; it said: first line | about to die\n");
    }

    @Test
    void anAdapterWhoseClientTakesNoLargeMessageIsWarned() {
        assertThat(shell.run("smoke", "--agent", FaultyAgent.command("short-messages")))
                .as(shell.out())
                .isZero();
        assertThat(shell.out())
                .contains(" 6  large     ok ", "has to raise the client's own limit to 32 MiB")
                .contains("11  end       ok ");
    }

    @Test
    void anAgentThatHostsLuaPassesWithoutSingleCalls() {
        assertThat(shell.run("smoke", "--agent", FaultyAgent.command("lua", "unsupported:connect")))
                .as(shell.out())
                .isZero();
        assertThat(shell.out().lines().filter(line -> line.contains("  ok  ")).count())
                .isEqualTo(9);
        assertThat(shell.out())
                .contains(" 6  limit     ok ", " 7  at once   ok ")
                .doesNotContain("are not judged", "one script at a time");
    }

    @Test
    void anAgentWithoutItsOwnTimeLimitIsWarned() {
        assertThat(shell.run("smoke", "--agent", FaultyAgent.command("lua", "goes-on")))
                .as(shell.out())
                .isZero();
        assertThat(shell.out()).contains("checks that a script has made before it hangs are not judged");
    }

    @Test
    void errorsOfAnAgentThatHostsLuaAreDescribed() {
        assertThat(shell.run("smoke", "--agent", FaultyAgent.command("lua", "unsupported:script")))
                .isEqualTo(1);
        assertThat(shell.out()).contains("it answers `script` with unsupported: it has no such thing");
        assertThat(shell.run("smoke", "--agent", FaultyAgent.command("lua", "met:script")))
                .isEqualTo(1);
        assertThat(shell.out())
                .contains(" 3  script    ok ", " 4  check     WRONG ", " 5  error     WRONG ", " 8  globals   WRONG ")
                .contains("expected one check, `equal`, that is not met, and no error");
    }

    @Test
    void withoutAnAgentThereIsNothingToTry() {
        assertThat(shell.run("smoke")).isEqualTo(2);
        assertThat(shell.err()).contains("expected an agent: --agent COMMAND").hasLineCount(1);
        assertThat(shell.run("smoke", "--agent", "no-such-command")).isEqualTo(2);
    }
}
