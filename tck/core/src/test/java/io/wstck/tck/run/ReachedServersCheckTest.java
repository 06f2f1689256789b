package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.judge.Verdict;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server without a connection is a failed check, unless the case needs none. */
class ReachedServersCheckTest {
    private static TestHarness harness;

    @BeforeAll
    static void start() throws Exception {
        harness = TestHarness.start();
    }

    @AfterAll
    static void stop() {
        harness.close();
    }

    @Test
    void aServerWithoutAConnectionFailsTheCase() throws Exception {
        CaseResult result = play("""
                server = script { send.text "x", expect.text "never" },
                client = function(t) t:ok(true) end,
                """);

        assertUnreached(result, "no connection reached server main");
        assertThat(result.judgement().expected()).isEqualTo("a connection to the server main");
    }

    @Test
    void everyServerWithoutAConnectionIsNamed() throws Exception {
        CaseResult result = play("""
                servers = { main = echo, endpoint = endpoint "/echo", own = echo { listener = "own" }, tls = echo { tls = "trusted" } },
                client = function(t) t:alive(t:connect()) end,
                """);

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.judgement().reason()).isEqualTo("at the server, reached (and 2 more)");
        assertThat(result.judgement().actual()).isEqualTo("no connection reached server endpoint");
        assertThat(String.join("\n", result.transcript()))
                .contains("no connection reached server own", "no connection reached server tls");
    }

    @Test
    void serversOfEveryKindCountAsReached() throws Exception {
        assertPassed("""
                servers = {
                  main = echo, endpoint = endpoint "/echo", own = echo { listener = "own" }, tls = echo { tls = "trusted" },
                  gone = tcp { end_tcp "rst" }, far = script { listener = "unreachable" },
                },
                client = function(t)
                  for _, name in ipairs { "main", "endpoint", "own", "tls" } do t:alive(t:connect(nil, name)) end
                  t:fails({}, require("websocket").connect(t:url("gone")))
                end,
                """);
    }

    @Test
    void aWireCheckThatDemandsNoConnectionNeedsNone() throws Exception {
        assertPassed("""
                servers = { main = script { listener = "own" }, healthy = echo },
                client = function(t) t:alive(t:connect(nil, "healthy")) end,
                wire = function(w) w:connections(0) end,
                """);
    }

    @Test
    void aSparedServerMayHaveAConnectionOrNot() throws Exception {
        String text = """
                servers = { main = echo, healthy = echo }, unreached = { "main" },
                client = function(t) t:alive(t:connect(nil, "healthy")) end,
                """;
        assertPassed(text);
        assertPassed(text.replace("t:alive(", "t:alive(t:connect()) t:alive("));
        assertUnreached(
                play(text.replace("t:alive(t:connect(nil, \"healthy\"))", "t:alive(t:connect())")),
                "no connection reached server healthy");
    }

    @Test
    void aClientThatOpensNoConnectionAtAllPassesNoCaseWithAServer() throws Exception {
        assertUnreached(play("""
                        server = script { listener = "own" },
                        client = function(t) t:ok(true) end,
                        wire = function(w) w:connections(0) end,
                        """), "no connection reached any");
    }

    @Test
    void aScriptThatFailsBeforeItsNextServerIsTheOnlyFinding() throws Exception {
        CaseResult result = play("""
                servers = { main = echo, other = echo },
                client = function(t) t:equal(1, 2) t:alive(t:connect(nil, "other")) end,
                """);

        assertThat(result.judgement().reason()).isEqualTo("test.lua:4: in the script, equal");
    }

    private static void assertUnreached(CaseResult result, String actual) {
        assertThat(result.verdict())
                .as(() -> String.join("\n", result.transcript()))
                .isEqualTo(Verdict.FAILED);
        assertThat(result.judgement().reason()).isEqualTo("at the server, reached");
        assertThat(result.judgement().actual()).isEqualTo(actual);
    }

    private static void assertPassed(String fields) throws Exception {
        CaseResult result = play(fields);
        assertThat(result.verdict())
                .as(() -> result.judgement() + "\n" + String.join("\n", result.transcript()))
                .isEqualTo(Verdict.PASSED);
    }

    private static CaseResult play(String fields) throws Exception {
        return harness.play("case \"the.case\" {\nclause = \"module.load\", title = \"what the test says\",\n" + fields
                        + "}")
                .result("the.case");
    }
}
