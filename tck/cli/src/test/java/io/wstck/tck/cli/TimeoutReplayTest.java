package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.wstck.tck.implementation.agent.FaultyAgent;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.report.CaseFinished;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A case that fails by a time limit in a shared agent is played again alone before the failure counts. */
@Isolated("Beside other tests the machine is late, and no attempt is believed.")
@Order(1)
class TimeoutReplayTest {
    /** The server waits one second for the message that the agent delays. */
    private static final String OWED = """
            case "%s" {
              clause = "send.text", title = "a message that the server waits for", %s
              server = script { echo_messages(1), expect.message { "misbehave now", within = 1000 } },
              client = function(t)
                local client = t:connect()
                t:alive(client)
                client:send("misbehave now")
              end,
            }
            """;

    @TempDir
    private Path folder;

    private AgentCases cases;

    @BeforeEach
    void casesInAFolder() {
        cases = new AgentCases(folder);
    }

    @Test
    void aCaseThatIsLateBesideOthersAndPassesAloneIsUnstable() throws Exception {
        cases.write(OWED.formatted("late.once", ""));

        assertThat(cases.run(FaultyAgent.command("slow-once:" + folder.resolve("slow"))))
                .as(cases.shell.out())
                .isZero();

        CaseFinished result = cases.result("late.once");
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        // Attempts may be inconclusive on a busy machine.
        List<Judgement> found = result.earlier().stream()
                .filter(attempt -> attempt.verdict() != Verdict.INCONCLUSIVE)
                .toList();
        assumeThat(found)
                .as("the machine stood still, so nothing is known of the late attempt")
                .isNotEmpty();
        Judgement earlier = found.getFirst();
        assertThat(earlier.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(earlier.reason()).contains("at the server, step 2, expect-message");
        assertThat(earlier.signature())
                .startsWith("server step 2, expect-message: expected a message \"misbehave now\", got nothing");
        assertThat(cases.events().footer().unstable()).containsExactly("late.once");
        assertThat(cases.shell.out())
                .contains(
                        "unstable: another attempt had another verdict",
                        "earlier attempt: FAILED: at the server, step 2")
                .contains("different verdicts in different attempts: late.once");
        assertThat(Files.readString(folder.resolve("target/wstck/report.md"))).contains("Unstable: 1: late");
    }

    @Test
    void aCaseThatIsAlsoLateAloneFails() throws Exception {
        cases.write(OWED.formatted("late.always", ""));

        assertThat(cases.run(FaultyAgent.command("slow:send"))).isEqualTo(1);

        CaseFinished result = cases.result("late.always");
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        // Attempts may be inconclusive on a busy machine. They have no signature.
        assertThat(result.earlier())
                .isNotEmpty()
                .extracting(Judgement::signature)
                .containsAnyOf(result.judgement().signature(), "");
        assertThat(cases.events().footer().unstable()).isEmpty();
    }

    @Test
    void aFailureWithoutATimeLimitCountsAtOnce() throws Exception {
        cases.write("""
                case "wrong.at-once" {
                  clause = "send.text", title = "another message than the server wants",
                  server = script { echo_messages(1), expect.message { "right", within = 500 } },
                  client = function(t)
                    local client = t:connect()
                    t:alive(client)
                    client:send("wrong")
                  end,
                }
                """);

        assertThat(cases.run(FaultyAgent.command())).isEqualTo(1);
        assertThat(cases.result("wrong.at-once").attempts()).isEqualTo(1);
    }

    @Test
    void aTimedCaseIsPlayedAgainAndAListedFailureCountsAtOnce() throws Exception {
        cases.write(OWED.formatted("late.waits", "waits = true,") + OWED.formatted("late.listed", ""));
        Path known = folder.resolve("known.yaml");
        Files.writeString(known, """
                - pattern: late.listed
                  reason: it is slow
                  signature: "server step 2, expect-message: *"
                """);

        assertThat(cases.run(FaultyAgent.command("slow:send"), "--known", known.toString()))
                .isEqualTo(1);
        assertThat(cases.result("late.waits").verdict()).isEqualTo(Verdict.FAILED);
        assertThat(cases.result("late.listed").verdict()).isEqualTo(Verdict.KNOWN);
        assertThat(cases.result("late.waits").earlier()).isNotEmpty();
        // On a busy machine the case may have been inconclusive first.
        assertThat(cases.result("late.listed").earlier()).noneMatch(attempt -> attempt.verdict() == Verdict.FAILED);
    }

    @Test
    void theTransferTimeIsSubtractedFromTheClientsTime() throws Exception {
        cases.write("""
                case "transfer.send" {
                  clause = "send.text", title = "a send that takes no time", server = echo,
                  client = function(t)
                    local client = t:connect()
                    t:alive(client)
                    t:takes("0ms", "250ms", client.send, client, "x")
                  end,
                }
                """);

        // The agent delays every answer for 300 ms and reports that the client's own calls took 1 ms.
        assertThat(cases.run(FaultyAgent.command("delay-send:300", "delay-noop:300", "elapsed:1")))
                .as(cases.shell.out())
                .isZero();
        assertThat(cases.result("transfer.send").transcript())
                .anyMatch(line -> line.contains("ms of it on the way between the kit and the client"));
        // The agent does not report the time of the client's own calls.
        assertThat(cases.run(FaultyAgent.command("delay-send:300", "delay-noop:300")))
                .isEqualTo(1);
        // A noop of the same length takes no time, so the transfer is not slow.
        assertThat(cases.run(FaultyAgent.command("delay-send:300", "elapsed:1")))
                .isEqualTo(1);
    }

    @Test
    void theTransferTimeIsNotSubtractedFromALowerBound() throws Exception {
        cases.write("""
                case "transfer.early" {
                  clause = "send.text", title = "a send that takes its time", server = echo,
                  client = function(t)
                    local client = t:connect()
                    t:alive(client)
                    t:takes("250ms", "2s", client.send, client, "x")
                  end,
                }
                """);

        assertThat(cases.run(FaultyAgent.command("delay-send:300", "delay-noop:300", "elapsed:1")))
                .isZero();
    }

    @Test
    void anElapsedTimeLongerThanTheCallBreaksTheProtocol() throws Exception {
        cases.write(OWED.formatted("elapsed.more", ""));

        assertThat(cases.run(FaultyAgent.command("elapsed:60000"))).isEqualTo(3);
        assertThat(cases.result("elapsed.more").judgement().reason())
                .matches("the agent broke the protocol: it answers `send` with an elapsed_ms of 60000\\.0:"
                        + " expected at most the [0-9.]+ ms from the request to its answer");
    }

    @Test
    void aScriptThatHangsInTheAgentsLuaFails() throws Exception {
        cases.write("""
                case "lua.hangs" {
                  clause = "send.text", title = "a call that hangs", server = echo, limit = "2s",
                  client = function(t) t:alive(t:connect()) end,
                }
                """);

        // The agent stops reading, so it does not answer noop either.
        assertThat(cases.run(FaultyAgent.command("lua", "hang:script"))).isEqualTo(1);
        CaseFinished result = cases.result("lua.hangs");
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.judgement().reason()).contains("time limit");
        assertThat(result.transcript()).anyMatch(line -> line.contains("without a connection or data on the wire"));
    }

    @Test
    void aScriptThatRunsOnInAnUnresponsiveAgentIsInconclusive() throws Exception {
        cases.write("""
                case "lua.goes-on" {
                  clause = "send.text", title = "a script without an end", server = echo, limit = "8s",
                  client = function(t)
                    local client = t:connect()
                    while true do t:alive(client) end
                  end,
                }
                """);

        assertThat(cases.run(FaultyAgent.command("lua", "deaf:script", "goes-on")))
                .isEqualTo(3);
        assertThat(cases.result("lua.goes-on").judgement().reason()).contains("the agent hangs");
    }
}
