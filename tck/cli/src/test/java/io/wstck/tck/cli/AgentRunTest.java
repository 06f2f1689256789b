package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.implementation.agent.FaultyAgent;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.report.CaseFinished;
import io.wstck.tck.report.EventsReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code run --agent} with correct and faulty agents as processes. */
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class AgentRunTest {
    private static final String ECHO = """
            case "%s" {
              clause = "send.returns", title = "an echo", server = echo,
              client = function(t)
                local client = t:connect()
                t:alive(client)
                %s
              end,
            }
            """;
    private static final String EARLY_END =
            "wstck: the run ended early: 10 agents in a row died, and no case with a server was finished in between;"
                    + " of the last one: the agent ended: exit status 7; ";

    private static final String MISBEHAVE = "client:send('misbehave now')";

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void aShellInAFolder() {
        shell = new Shell(folder);
    }

    @Test
    void aClientInAnotherProgramIsJudgedByEveryKindOfCall() throws Exception {
        write("calls.lua", """
                case "calls.all" {
                  clause = "send.binary", title = "each call", server = echo, needs = { "ping" },
                  client = function(t)
                    local client = t:connect { headers = { ["X-A"] = "b" }, read_timeout = "5s" }
                    t:alive(client)
                    t:returns({ true }, client:send("\\0\\255 binary", 2))
                    t:message("binary", "\\0\\255 binary", client:channel():receive())
                    t:returns({ true }, client:ping())
                    local waiting = channel.select { client:channel():case_receive(), time.after("50ms"):case_receive() }
                    t:ok(waiting.channel ~= client:channel(), "the timer has won")
                    t:ok(channel.select { client:channel():case_receive(), default = true }.default, "nothing there")
                    t:returns({ true }, client:send("kept for the next one"))
                    t:message("text", "kept for the next one", client:channel():receive())
                    t:returns({ true }, client:close(4001, "done"))
                    t:closed(client:channel():receive())
                    t:fails({ kind = "INTERNAL", retryable = false }, client:send("after"))
                    t:fails({ kind = "INTERNAL", retryable = true }, require("websocket").connect(t:refused_url()))
                  end,
                  wire = function(w)
                    w:client_closed { code = 4001, reason = "done" }
                  end,
                }
                """);

        assertThat(run(FaultyAgent.command())).as(shell.out() + shell.err()).isZero();
        assertThat(verdicts()).containsExactlyEntriesOf(Map.of("calls.all", Verdict.PASSED));
        assertThat(shell.out()).contains("wstck-client, called test (Java)");
    }

    @Test
    void anAgentThatHostsLuaRunsTheScriptsItself() throws Exception {
        write("script.lua", """
                case "script.passes" {
                  clause = "select.message", title = "with select", needs = { "lua" }, server = echo,
                  client = function(t)
                    local client = t:connect()
                    t:alive(client)
                    client:send("x")
                    local r = channel.select { client:channel():case_receive(), time.after("5s"):case_receive() }
                    t:message("text", "x", r.value, r.ok)
                    t:policy { { effect = "deny", action = "websocket.connect" } }
                    t:fails({ kind = "PERMISSION_DENIED" }, require("websocket").connect(t:url()))
                    t.should:equal("\\128 is no text, \195\188 is", "\\128 is no text, \195\188 is")
                  end,
                }
                case "script.fails" {
                  clause = "send.text", title = "wrong on purpose", server = echo,
                  client = function(t)
                    t:alive(t:connect())
                    t:equal(1, 2, "number")
                  end,
                }
                case "script.raises" {
                  clause = "send.text", title = "raises an error", server = echo,
                  client = function(t)
                    t:alive(t:connect())
                    local nothing = nil
                    nothing.field = 1
                  end,
                }
                """);

        assertThat(run(FaultyAgent.command("lua"))).as(shell.out()).isEqualTo(1);
        assertThat(verdicts())
                .containsOnly(
                        Map.entry("script.passes", Verdict.PASSED),
                        Map.entry("script.fails", Verdict.FAILED),
                        Map.entry("script.raises", Verdict.FAILED));
        assertThat(result("script.fails").judgement().reason()).startsWith("script.lua:18: in the script, equal");
        assertThat(result("script.fails").judgement().expected()).isEqualTo("number: 1");
        assertThat(result("script.raises").judgement().actual()).contains("nil");
    }

    @Test
    void checksBeforeAHangAreJudged() throws Exception {
        write("hang.lua", """
                local function hangs(id, body)
                  case(id) {
                    clause = "send.text", title = "hangs", server = echo, limit = "5s",
                    client = function(t)
                      local client = t:connect()
                      t:alive(client)
                      body(t)
                      client:channel():receive()
                    end,
                  }
                end
                hangs("hang.met", function(t) t:equal(1, 1, "number") end)
                hangs("hang.failed", function(t) pcall(t.equal, t, 1, 2, "number") end)
                hangs("hang.warned", function(t) t.should:equal(1, 2, "number") end)
                """);

        assertThat(run(FaultyAgent.command("lua"))).as(shell.out()).isEqualTo(1);
        assertThat(result("hang.failed").judgement().reason()).startsWith("hang.lua:13: in the script, equal");
        assertThat(result("hang.met").judgement().expected()).isEqualTo("a script that ends within 5000 ms");
        assertThat(result("hang.met").transcript()).anyMatch(line -> line.contains("number: 1"));
        assertThat(result("hang.warned").judgement().verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result("hang.warned").transcript()).anyMatch(line -> line.contains("number: 1"));
    }

    @Test
    void aScriptWhoseAnswerComesAfterItsLimitWasTooSlow() throws Exception {
        write("late.lua", """
                case "late.met" {
                  clause = "send.text", title = "hangs", server = echo, limit = "5s",
                  client = function(t)
                    local client = t:connect()
                    t:alive(client)
                    client:channel():receive()
                  end,
                }
                """);

        assertThat(run(FaultyAgent.command("lua", "silent"))).as(shell.out()).isEqualTo(1);
        assertThat(result("late.met").judgement().expected()).isEqualTo("a script that ends within 5000 ms");
        assertThat(result("late.met").transcript()).anyMatch(line -> line.contains("echo: text message"));
    }

    @Test
    void anAgentThatConnectsIsJudgedOverTcp() throws Exception {
        write("tcp.lua", ECHO.formatted("tcp.echo", ""));

        assertThat(run(FaultyAgent.command(), "--agent-listen")).as(shell.err()).isZero();
        assertThat(verdicts()).containsEntry("tcp.echo", Verdict.PASSED);
    }

    @Test
    void aCaseThatKillsItsAgentsFailsWithoutEffectOnOtherCases() throws Exception {
        write("die.lua", ECHO.formatted("die.guilty", MISBEHAVE) + ECHO.formatted("die.innocent", "t:alive(client)"));

        assertThat(run(FaultyAgent.command("die:send"))).as(shell.out()).isEqualTo(1);
        assertThat(verdicts())
                .containsOnly(Map.entry("die.guilty", Verdict.FAILED), Map.entry("die.innocent", Verdict.PASSED));
        assertThat(result("die.guilty").judgement().actual()).contains("exit status 7", "about to die");
        assertThat(result("die.guilty").transcript()).anyMatch(line -> line.contains("first line"));
        // Attempts: beside other cases, beside other cases in its own program, and alone.
        assertThat(result("die.guilty").attempts()).isEqualTo(3);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anAgentCountsAsEndedAlthoughItsChildProcessRunsOn() throws Exception {
        write("die.lua", ECHO.formatted("die.guilty", MISBEHAVE) + ECHO.formatted("die.innocent", ""));
        Set<ProcessHandle> before = sleepers();

        assertThat(run(FaultyAgent.command("orphan:send"))).as(shell.out()).isEqualTo(1);
        assertThat(verdicts())
                .containsOnly(Map.entry("die.guilty", Verdict.FAILED), Map.entry("die.innocent", Verdict.PASSED));
        assertThat(result("die.guilty").judgement().actual()).contains("exit status 7");
        // The sleeping process must end with the run.
        assertThat(sleepers()).isSubsetOf(before);
    }

    private static Set<ProcessHandle> sleepers() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.endsWith("sleep 600"))
                        .isPresent())
                .collect(Collectors.toSet());
    }

    @Test
    void agentsThatAllDieEndTheRunWithOneSentenceAndTheirLastLines() throws Exception {
        write("dies.lua", dyingCases());

        assertThat(run(FaultyAgent.command("die:connect"), "--jobs", "1")).isEqualTo(3);
        assertThat(shell.err().lines())
                .containsExactly(
                        EARLY_END + "no case had finished, and " + folder.resolve("target/wstck") + " is unchanged",
                        "  agent: first line",
                        "  agent: about to die");
        assertThat(shell.out()).contains("ended early: cases that had not run are not judged");
        assertThat(folder.resolve("target/wstck")).doesNotExist();
    }

    @Test
    void resultsFromBeforeTheLastAgentDiedAreReported() throws Exception {
        String withoutServer = ECHO.formatted("no.connect", "")
                .replace("server = echo,", "")
                .replaceAll("(?s)local client.*t:alive\\(client\\)", "t:ok(true)");
        write("dies.lua", withoutServer + dyingCases());

        // With this seed the case without a connection is played first.
        assertThat(run(FaultyAgent.command("die:connect"), "--jobs", "1", "--seed", "3"))
                .isEqualTo(3);
        assertThat(shell.err().lines())
                .startsWith(EARLY_END + "the results so far are in " + folder.resolve("target/wstck"));
        assertThat(verdicts().keySet()).containsExactly("no.connect");
        assertThat(Files.readString(folder.resolve("target/wstck/report.md")))
                .contains("The run ended early, after 1 of 26 cases.", "10 agents in a row died");
    }

    private static String dyingCases() {
        return IntStream.rangeClosed(1, 25)
                .mapToObj(number -> ECHO.formatted("dies." + number, ""))
                .collect(Collectors.joining());
    }

    @Test
    void aCallThatHangsWhileTheAgentLivesIsTheClientsFault() throws Exception {
        write("stuck.lua", ECHO.formatted("stuck.guilty", MISBEHAVE) + ECHO.formatted("stuck.innocent", ""));

        assertThat(run(FaultyAgent.command("stuck:send"))).as(shell.out()).isEqualTo(1);
        assertThat(verdicts())
                .containsOnly(Map.entry("stuck.guilty", Verdict.FAILED), Map.entry("stuck.innocent", Verdict.PASSED));
        assertThat(result("stuck.guilty").judgement().reason()).contains("time limit");
        assertThat(result("stuck.guilty").transcript())
                .anyMatch(
                        line -> line.contains("time was over in `send`") && line.contains("`noop` it still answered"));
    }

    @Test
    void anUnresponsiveAgentIsTheAdaptersFault() throws Exception {
        write("hang.lua", ECHO.formatted("hang.guilty", MISBEHAVE) + ECHO.formatted("hang.innocent", ""));

        assertThat(run(FaultyAgent.command("hang:send"))).as(shell.out()).isEqualTo(3);
        assertThat(verdicts())
                .containsOnly(
                        Map.entry("hang.guilty", Verdict.INCONCLUSIVE), Map.entry("hang.innocent", Verdict.PASSED));
        assertThat(result("hang.guilty").judgement().reason()).contains("the agent hangs: `noop` was not answered");
    }

    @Test
    void aProtocolErrorIsReportedAsTheAgentsFault() throws Exception {
        write("bad.lua", ECHO.formatted("bad.guilty", MISBEHAVE) + ECHO.formatted("bad.innocent", ""));

        expectBlame("garbage:send", "expected a JSON object a line, got \"Traceback: this is no JSON\"");
        expectBlame("unknown:send", "got one to 987654");
        expectBlame("twice:send", "expected one answer to each request, got a second one to ");
        expectBlame("number:send", "answers `send` with 7: expected true, or null and an error");
        expectBlame("flood:send", "expected lines of at most 100663296 bytes, got a longer one");
    }

    private void expectBlame(String misdeed, String words) throws Exception {
        assertThat(run(FaultyAgent.command(misdeed))).as(misdeed).isEqualTo(3);
        assertThat(verdicts())
                .as(misdeed)
                .containsOnly(Map.entry("bad.guilty", Verdict.INCONCLUSIVE), Map.entry("bad.innocent", Verdict.PASSED));
        assertThat(result("bad.guilty").judgement().reason()).contains("the agent broke the protocol", words);
    }

    @Test
    void missingCapabilitiesAreSkippedAndCountedWithTheReason() throws Exception {
        write(
                "skip.lua",
                ECHO.formatted("skip.unsupported", MISBEHAVE)
                        + ECHO.formatted("skip.lua", "")
                                .replace("server = echo,", "server = echo, needs = { \"lua\" },")
                        + ECHO.formatted("skip.not", ""));

        assertThat(run(FaultyAgent.command("unsupported:send"))).as(shell.out()).isZero();
        assertThat(shell.out())
                .contains("1 skipped: it has no such thing")
                .contains("1 skipped: provided by the kit, not by wstck-client, called, which does not claim: lua");
    }

    @Test
    void constantsAreTheClientsOwnWhereItHasThem() throws Exception {
        write("constants.lua", """
                for _, constant in ipairs { { "TEXT", 1 }, { "BINARY", 2 } } do
                  case("constants." .. constant[1]:lower()) {
                    clause = "constants.message-types", title = "a constant", needs = { "constants" },
                    client = function(t) t:equal(constant[2], require("websocket")[constant[1]], "its value") end,
                  }
                end
                """);

        assertThat(run(FaultyAgent.command("constants"))).as(shell.out()).isEqualTo(1);
        assertThat(verdicts())
                .containsOnly(
                        Map.entry("constants.text", Verdict.PASSED), Map.entry("constants.binary", Verdict.FAILED));
        assertThat(result("constants.binary").judgement().actual()).isEqualTo("its value: 3");
    }

    @Test
    void troubleOfTheAgentIsInconclusive() throws Exception {
        write("trouble.lua", ECHO.formatted("trouble.guilty", MISBEHAVE));

        assertThat(run(FaultyAgent.command("trouble:send"))).as(shell.out()).isEqualTo(3);
        assertThat(result("trouble.guilty").judgement().reason())
                .isEqualTo("the agent could not send: it is out of sorts");
        assertThat(result("trouble.guilty").attempts()).isEqualTo(3);
    }

    @Test
    void anAgentThatFailsToRestartEndsTheRunButKeepsTheResults() throws Exception {
        write("gone.lua", ECHO.formatted("a.judged", "") + ECHO.formatted("b.guilty", MISBEHAVE));

        // Plays the cases one at a time, in this order.
        String[] order = {"--jobs", "1", "--seed", "1"};
        assertThat(run(FaultyAgent.command("die:send", "once:" + folder.resolve("started")), order))
                .isEqualTo(3);
        assertThat(verdicts())
                .containsOnly(Map.entry("a.judged", Verdict.PASSED), Map.entry("b.guilty", Verdict.INCONCLUSIVE));
        assertThat(result("b.guilty").judgement().reason())
                .contains("the agent could not be started again", "exit status 7");
    }

    @Test
    void anAgentThatCannotStartIsOneSentence() throws Exception {
        write("echo.lua", ECHO.formatted("echo", ""));

        assertThat(run("no-such-command --flag")).isEqualTo(2);
        assertThat(shell.err())
                .startsWith("wstck: --agent: expected a command that can be started, got no-such-command --flag: ")
                .hasLineCount(1);
        assertThat(run("'open")).isEqualTo(2);
        assertThat(shell.err()).startsWith("wstck: --agent: expected a closing ' for the one at character 1");
        assertThat(run(FaultyAgent.command("die:hello"))).as(shell.out()).isEqualTo(3);
        assertThat(shell.err())
                .contains("the agent ended: exit status 7", "about to die")
                .hasLineCount(1);
        assertThat(run(FaultyAgent.command("number:hello"))).as(shell.out()).isEqualTo(3);
        assertThat(shell.err())
                .contains("answers `hello` with 7: expected the client's name, version and language")
                .hasLineCount(1);
    }

    @Test
    void anAgentIsJudgedByTheProtocolAndOneThatHostsLuaByTheDocumentedApiToo() throws Exception {
        write("echo.lua", ECHO.formatted("echo", ""));

        assertThat(runByDefault(FaultyAgent.command(), List.of())).isLessThan(2);
        assertThat(profile()).isEqualTo(Profile.PROTOCOL);
        assertThat(runByDefault(FaultyAgent.command("lua"), List.of())).isLessThan(2);
        assertThat(profile()).isEqualTo(Profile.API);
    }

    @Test
    void aPortInUseIsOneSentence() throws Exception {
        write("echo.lua", ECHO.formatted("echo", ""));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run(FaultyAgent.command(), "--agent-listen", Integer.toString(taken.getLocalPort())))
                    .isEqualTo(2);
            assertThat(shell.err())
                    .startsWith("wstck: --agent-listen: cannot listen at port " + taken.getLocalPort() + ": ")
                    .hasLineCount(1);
        }
    }

    /** Both contracts bind the agent. */
    private int run(String agent, String... more) {
        List<String> words = new java.util.ArrayList<>(List.of("--profile", "api"));
        words.addAll(List.of(more));
        return runByDefault(agent, words);
    }

    private int runByDefault(String agent, List<String> more) {
        List<String> words = new java.util.ArrayList<>(
                List.of("run", "--cases", folder.resolve("cases").toString(), "--agent", agent));
        words.addAll(more);
        return shell.run(words.toArray(String[]::new));
    }

    private Profile profile() throws Exception {
        return EventsReader.read(folder.resolve("target/wstck/events.ndjson"))
                .started()
                .profile();
    }

    private void write(String name, String lua) throws IOException {
        Path cases = Files.createDirectories(folder.resolve("cases"));
        Files.writeString(cases.resolve(name), lua);
    }

    private Map<String, Verdict> verdicts() throws Exception {
        return results().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().judgement().verdict()));
    }

    private CaseFinished result(String id) throws Exception {
        return results().get(id);
    }

    private Map<String, CaseFinished> results() throws Exception {
        return EventsReader.read(folder.resolve("target/wstck/events.ndjson")).cases().stream()
                .collect(Collectors.toMap(CaseFinished::id, Function.identity()));
    }
}
