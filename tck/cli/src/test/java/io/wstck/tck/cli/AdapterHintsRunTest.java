package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.implementation.agent.CarelessAgent;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.report.CaseFinished;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Findings that the adapter causes, not its client, have a hint in every report. */
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class AdapterHintsRunTest {
    private static final String SECOND_CLOSE = "the client sent a second close frame after its own: ";
    private static final String READ_FAILED =
            "the client's receive said that the connection had ended, and the server" + " saw no end of it: ";
    private static final String TROUBLE = "the adapter failed in this call: ";

    @TempDir
    private Path folder;

    @Test
    void aSecondCloseFrameAfterTheLibrarysOwnIsHintedAt() throws Exception {
        CaseFinished result = play("closes-twice", """
                case "hinted" {
                  clause = "rfc6455.framing.reserved-opcodes", title = "a reserved opcode",
                  server = script { expect.text "go", send.frame { "x", opcode = 3 }, expect.failed {} },
                  client = function(t)
                    local client = t:connect()
                    client:send("go")
                    t:closed(client:channel():receive())
                    client:close(1002)
                  end,
                  wire = function(w) w:client_closed { code = 1002 } end,
                }
                """);

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertHint(result, SECOND_CLOSE);
    }

    @Test
    void aFailedReadThatLeavesTheConnectionOpenIsHintedAt() throws Exception {
        CaseFinished result = play("keeps-open", """
                case "hinted" {
                  clause = "rfc6455.framing.reserved-opcodes", title = "a reserved opcode",
                  server = script { expect.text "go", send.frame { "x", opcode = 3 }, expect.failed {} },
                  client = function(t)
                    local client = t:connect()
                    client:send("go")
                    t:closed(client:channel():receive())
                  end,
                }
                """);

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertHint(result, READ_FAILED);
    }

    @Test
    void aCallThatRaisesIsHintedAt() throws Exception {
        CaseFinished result = play("raises", """
                case "hinted" {
                  clause = "send.returns", title = "an echo", server = echo,
                  client = function(t) t:alive(t:connect()) end,
                }
                """);

        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.judgement().reason()).contains("the library has raised this");
        assertHint(result, TROUBLE);
    }

    private CaseFinished play(String mistake, String lua) throws Exception {
        AgentCases cases = new AgentCases(folder);
        cases.write(lua);
        cases.run(CarelessAgent.command(mistake));
        assertThat(cases.shell.out()).contains("  Hint         the ");
        return cases.result("hinted");
    }

    private void assertHint(CaseFinished result, String beginning) throws Exception {
        assertThat(result.judgement().notes().hint())
                .hasValueSatisfying(hint -> assertThat(hint).startsWith(beginning));
        assertThat(Files.readString(folder.resolve("target/wstck/report.md"))).contains("Hint         " + beginning);
    }
}
