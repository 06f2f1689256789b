package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.judge.Verdict;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the ends of scripts and wire functions, and their reports. */
class ScriptEndingsTest {
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
    void anErrorInTheScriptFailsWithItsLine() throws Exception {
        CaseResult result = script("""
                local x = nil
                t:ok(true)
                x.y = 1
                """);

        assertFailed(result, "test.lua:6: in the script, error");
        assertThat(result.judgement().expected()).isEqualTo("a script that ends without an error");
        assertThat(result.judgement().actual()).contains("index");
    }

    @Test
    void aRaisedErrorObjectIsShown() throws Exception {
        CaseResult result = script("error({ code = 7 })");

        assertFailed(result, "test.lua:4: in the script, error");
    }

    @Test
    void aCallOutsideTheDocumentedApiFailsWithItsLine() throws Exception {
        CaseResult result = connected("local client = t:connect()\nt:alive(client)\nclient:frobnicate()");

        assertFailed(result, "test.lua:6: in the script, error");
        assertThat(result.judgement().actual()).isEqualTo("attempt to call method 'frobnicate' (a nil value)");
    }

    @Test
    void anErrorInThePreludeNamesTheLineOfTheCase() throws Exception {
        CaseResult result = script("t:ok(true)\nt:takes(\"0s\", \"1s\", nil)");

        assertFailed(result, "test.lua:5: in the script, error");
        assertThat(result.judgement().actual()).isEqualTo("attempt to call local 'f' (a nil value)");
    }

    @Test
    void anEndlessLoopFailsAtItsLineAndAffectsNoOtherCase() throws Exception {
        TestHarness.HarnessRun played = harness.playPunctually(text("limit = \"2s\",", "t:ok(true)\nwhile true do\nend")
                + text("", "t:ok(true)").replace("the.case", "other.one")
                + text("server = echo,", "t:alive(t:connect())").replace("the.case", "other.two"));

        CaseResult endless = played.result("the.case");
        assertThat(endless.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(endless.judgement().reason()).matches("test\\.lua:[567]: in the script, time limit");
        assertThat(endless.judgement().expected()).isEqualTo("a script that ends within 2000 ms");
        assertThat(endless.attempts()).isEqualTo(1);
        assertThat(played.result("other.one").verdict()).isEqualTo(Verdict.PASSED);
        assertThat(played.result("other.two").verdict()).isEqualTo(Verdict.PASSED);
        assertThat(played.summary().conclusion()).isEqualTo(RunSummary.Conclusion.NOT_CONFORMANT);
    }

    @Test
    void aLoopThatCatchesEveryErrorStillEnds() throws Exception {
        CaseResult result =
                one(text("limit = \"300ms\",", "while true do pcall(function() while true do end end) end"));

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.judgement().reason()).contains("time limit").doesNotContain("did not end");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @Order(1)
    void aScriptThatWaitsInVainFailsAtItsLine() throws Exception {
        CaseResult result =
                one(text("server = echo, limit = \"3s\",", "local client = t:connect()\nclient:channel():receive()"));

        assertFailed(result, "test.lua:5: in the script, time limit");
    }

    @Test
    void endlessRecursionFails() throws Exception {
        CaseResult result = script("local function deeper() return 1 + deeper() end\ndeeper()");

        assertFailed(result, "test.lua:4: in the script, error");
        assertThat(result.judgement().actual()).containsIgnoringCase("stack overflow");
    }

    @Test
    void aStringThatDoublesFailsBeforeItFillsTheMemory() throws Exception {
        CaseResult result = script("local s = \"x\"\nwhile true do s = s .. s end");

        assertFailed(result, "test.lua:5: in the script, error");
        assertThat(result.judgement().actual()).contains("bytes");
    }

    @Test
    void aCaughtErrorIsNoFailure() throws Exception {
        CaseResult result = script("t:equal(false, (pcall(error, \"mine\")))");

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void aScriptCannotCatchAFailedCheck() throws Exception {
        CaseResult result = script("pcall(function() t:equal(1, 2, \"numbers\") end)\nt:ok(true)");

        assertFailed(result, "test.lua:4: in the script, equal");
        assertThat(result.judgement().expected()).isEqualTo("numbers: 1");
        assertThat(result.judgement().actual()).isEqualTo("numbers: 2");
    }

    @Test
    void aFailedCheckEndsTheScript() throws Exception {
        CaseResult result = script("t:ok(false, \"first\")\nerror(\"never reached\")");

        assertFailed(result, "test.lua:4: in the script, ok");
        assertThat(result.judgement().expected()).isEqualTo("first");
    }

    @Test
    void aCaseWithoutAnyCheckIsInconclusiveAndTheRunNotJudged() throws Exception {
        TestHarness.HarnessRun played = harness.play(text("", ""));

        CaseResult result = played.result("the.case");
        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.judgement().reason())
                .startsWith("test.lua:1: the case the.case makes no check, so any client would pass it");
        assertThat(played.summary().conclusion()).isEqualTo(RunSummary.Conclusion.NOT_JUDGED);
        assertThat(played.summary().judged()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server = echo,",
                "server = script { send.text \"x\", pause \"1ms\" },",
                "server = echo, wire = function(w) w:messages() end,",
                "server = echo { deflate = true },"
            })
    void aCaseWhoseConnectionIsNotCheckedIsAnErrorOfTheCase(String fields) throws Exception {
        CaseResult result =
                one(text(fields, "t:attempt(require(\"websocket\").connect, t:url())\nt:observe(\"unchecked\")"));

        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.judgement().reason()).startsWith("test.lua:1: the case the.case makes no check");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server = script { expect.text \"a\" },",
                "server = script { fence() },",
                "server = script { send.text \"x\", expect.ended() },",
                "server = script { echo_messages(1) },",
                "server = echo, wire = function(w) w:connections(1) end,",
                "server = echo, wire = function(w) w.should:connections(1) end,"
            })
    void oneCheckOfTheAuthorIsEnough(String fields) throws Exception {
        CaseResult result = one(text(
                fields, "local client = require(\"websocket\").connect(t:url())\nclient:send(\"a\")\nclient:close()"));

        assertThat(result.judgement().reason()).doesNotContain("makes no check");
        assertThat(result.verdict()).isNotEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void anErrorInTheWireFunctionIsNotTheClientsFault() throws Exception {
        CaseResult result = one(wired("w:frobnicate()"));

        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.judgement().reason()).startsWith("test.lua:9: the wire checks raised an error: ");
        assertThat(result.attempts()).isEqualTo(3);
    }

    @Test
    void aFailedWireCheckCountsMoreThanALaterError() throws Exception {
        CaseResult result = one(wired("w:pings(7)\nw:frobnicate()"));

        assertFailed(result, "test.lua:9: on the wire, pings");
        assertThat(result.judgement().expected()).isEqualTo("7");
        assertThat(result.judgement().actual()).isEqualTo("none");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aFailedScriptCheckCountsMoreThanAnErrorOrAnEndlessLoopInTheWireFunction() throws Exception {
        String failed = wired("w:frobnicate()").replace("t:alive(client)", "t:equal(1, 2)");

        assertFailed(one(failed), "test.lua:5: in the script, equal");
        assertFailed(one(failed.replace("w:frobnicate()", "while true do end")), "test.lua:5: in the script, equal");
    }

    @Test
    void moreThanSixtyFourConnectionsAreTheClientsFailure() throws Exception {
        String many = "local websocket = require(\"websocket\")\nfor _ = 1, 70 do websocket.connect(t:url()) end\n";
        CaseResult passing = connected(many + "t:ok(true)");
        CaseResult failing = connected(many + "t:equal(1, 2)");

        assertFailed(passing, "at the server, journal");
        assertThat(passing.judgement().actual()).isEqualTo("more than 64 connections");
        assertFailed(failing, "test.lua:6: in the script, equal (and 1 more)");
    }

    /** Scripts and servers have the same clock, however long the servers of a case take to open. */
    @Test
    void checksOfAScriptComeBeforeItsEnd() throws Exception {
        CaseResult result = one("""
                local servers = { main = echo }
                for number = 1, 60 do
                  servers["other" .. number] = script { listener = "own", echo_messages() }
                end
                case "many.servers" {
                  clause = "module.load",
                  title = "a case with many servers",
                  servers = servers,
                  client = function(t)
                    t:alive(t:connect())
                    t:equal(1, 1, "the last check")
                  end,
                }
                """);

        List<String> lines = result.transcript();
        int check = IntStream.range(0, lines.size())
                .filter(line -> lines.get(line).contains("the last check"))
                .findFirst()
                .orElseThrow();
        assertThat(lines.subList(0, check)).noneMatch(line -> line.endsWith("script  ended"));
        assertThat(lines.subList(check, lines.size())).anyMatch(line -> line.endsWith("script  ended"));
    }

    @Test
    void moreMessagesThanAJournalKeepsAreTheClientsFailure() throws Exception {
        String many = """
                local client = t:connect()
                for _ = 1, 4600 do
                  client:send("x")
                  client:channel():receive()
                end
                """;
        CaseResult passing = one(text("server = echo, limit = \"120s\",", many + "t:ok(true)"));
        CaseResult failing = one(text("server = echo, limit = \"120s\",", many + "t:equal(1, 2)"));

        assertFailed(passing, "at the server, journal");
        assertThat(passing.judgement().actual()).contains(" entries more");
        assertFailed(failing, "test.lua:9: in the script, equal (and 1 more)");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aScriptThatCannotBeStoppedFailsAtItsLine() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        DecoratedImplementation client = new DecoratedImplementation(
                harness.client,
                (_, real, urls) -> new ReplacedModuleSession(
                        real.open(urls),
                        new BlockingModule("websocket", BlockingModule.Interrupts.DO_NOTHING, released)));
        CaseResult result;
        try {
            result = harness.play(
                            client,
                            new RunPlan(
                                    TestHarness.cases(text(
                                            "server = echo, limit = \"1s\",",
                                            "t:ok(true)\nrequire(\"websocket\").connect(t:url())")),
                                    1,
                                    1,
                                    1))
                    .results()
                    .getFirst();
        } finally {
            released.countDown();
        }

        assertFailed(result, "test.lua:5 (and did not end when it was stopped): in the script, time limit");
        assertThat(result.attempts()).isEqualTo(1);
        assertThat(result.transcript()).anyMatch(line -> line.contains("the script's session could not be closed"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "t:fails({ knd = \"INTERNAL\" }, nil, nil) | fails: expected fields out of kind, retryable, got \"knd\"; did you mean \"kind\"?",
                "t:conect() | unknown method \"conect\" of t; did you mean \"connect\"?",
                "t.should:eqaul(1, 1) | unknown method \"eqaul\" of t; did you mean \"equal\"?",
                "t:fails(\"INTERNAL\", nil, nil) | fails: expected a table, got \"INTERNAL\"",
                "t:policy { { effect = \"deny\", action = \"a\", resorce = \"b\" } }"
                        + " | policy: expected fields out of effect, action, resource, got resorce; did you mean \"resource\"?",
            })
    void anUnknownFieldOfAScriptCheckIsAnErrorOfTheCase(String call, String sentence) throws Exception {
        CaseResult result = script("t:ok(true)\n" + call);

        assertFailed(result, "test.lua:5: in the script, error");
        assertThat(result.judgement().actual()).isEqualTo(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "w:client_closed { cod = 1001 }"
                        + " | client_closed: expected fields out of code, reason, empty, got \"cod\"; did you mean \"code\"?",
                "w:client_closd() | unknown method \"client_closd\" of w; did you mean \"client_closed\"?",
                "w.shuold:pings(1) | unknown method \"shuold\" of w; did you mean \"should\"?",
                "w:frobnicate() | unknown method \"frobnicate\" of w",
                "w:client_closed(1001) | client_closed: expected a table, got 1001",
                "w:alone(nil) | alone: expected true, false or a list, got nil",
            })
    void anUnknownFieldOfAWireCheckIsAnErrorOfTheCase(String call, String sentence) throws Exception {
        CaseResult result = one(wired(call));

        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.judgement().reason()).isEqualTo("test.lua:9: the wire checks raised an error: " + sentence);
    }

    @Test
    void wireChecksDoNotStopEachOther() throws Exception {
        CaseResult result = one(wired("w:pings(7)\nw:pongs(8)"));

        assertFailed(result, "test.lua:9: on the wire, pings (and 1 more)");
    }

    @Test
    void aMissedShouldWarnsAndTheScriptContinues() throws Exception {
        CaseResult result = script("t.should:equal(1, 2, \"numbers\")\nt:ok(true)");

        assertThat(result.verdict()).isEqualTo(Verdict.WARNED);
        assertThat(result.judgement().expected()).isEqualTo("numbers: 1");
        assertThat(result.transcript()).anyMatch(line -> line.contains("script  condition: true"));
    }

    @Test
    void aFailedCheckAfterAMissedShouldIsAFailure() throws Exception {
        CaseResult result = script("t.should:equal(1, 2)\nt:equal(3, 4)");

        assertFailed(result, "test.lua:5: in the script, equal (and 1 more)");
        assertThat(result.judgement().expected()).isEqualTo("3");
    }

    @Test
    void aShouldClauseWarnsAndAMayClauseObserves() throws Exception {
        String failing = text("", "t:equal(1, 2)");
        assertThat(one(failing.replace("module.load", "constants.read-only")).verdict())
                .isEqualTo(Verdict.WARNED);
        assertThat(one(failing.replace("module.load", "constants.later-close-codes"))
                        .verdict())
                .isEqualTo(Verdict.OBSERVED);
        CaseResult seen = one(text("", "t:observe(\"seven\")").replace("module.load", "constants.later-close-codes"));
        assertThat(seen.verdict()).isEqualTo(Verdict.OBSERVED);
        assertThat(seen.judgement().reason()).isEqualTo("seven");
    }

    @Test
    void anAcceptedOutcomeIsReportedAndAnyOtherFails() throws Exception {
        String clause = harness.acceptingClause().id();
        String outcome = harness.acceptingClause().accepts().getFirst().id();

        CaseResult accepted =
                one(text("", "t:accept(\"" + outcome + "\", \"seen\")").replace("module.load", clause));
        assertThat(accepted.judgement().reason()).isEqualTo(outcome + ": seen");
        CaseResult refused = one(text("", "t:accept(\"nonsense\")").replace("module.load", clause));
        assertThat(refused.judgement().actual()).isEqualTo("nonsense");
        assertThat(refused.verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void twoCasesOfOneFileDoNotShareGlobals() throws Exception {
        String both = """
                shared = (shared or 0) + 1
                """ + text("", "shared = shared + 1\nt:equal(2, shared)")
                + text("", "shared = shared + 1\nt:equal(2, shared)").replace("the.case", "other.case");

        TestHarness.HarnessRun played = harness.play(harness.client, new RunPlan(TestHarness.cases(both), 1, 1, 2));

        assertThat(played.results())
                .hasSize(4)
                .allSatisfy(result -> assertThat(result.verdict()).isEqualTo(Verdict.PASSED));
        assertThat(played.summary().verdicts()).containsAllEntriesOf(Map.of(Verdict.PASSED, 4));
    }

    @Test
    void aServerStepThatIsNotMetFailsTheCase() throws Exception {
        CaseResult result = one(
                text(
                        "server = script { send.text \"hello\", expect.text { \"x\", within = 200 } },",
                        "local client = t:connect()\nt:message(\"text\", \"hello\", client:channel():receive())\nt:returns({ true }, client:send(\"y\"))"));

        assertFailed(result, "at the server, step 2, expect-message");
        assertThat(result.judgement().actual()).contains("y");
    }

    private static CaseResult script(String body) throws Exception {
        return one(text("", body));
    }

    private static CaseResult connected(String body) throws Exception {
        return one(text("server = echo,", body));
    }

    /** Returns a case whose script begins on line 4. */
    private static String text(String fields, String body) {
        return """
                case "the.case" {
                  clause = "module.load", title = "what the test says", %s
                  client = function(t)
                %s
                  end,
                }
                """.formatted(fields, body.strip());
    }

    /** Returns a case whose wire function begins on line 9. */
    private static String wired(String body) {
        return """
                case "the.case" {
                  clause = "module.load", title = "what the test says", server = echo,
                  client = function(t)
                    local client = t:connect()
                    t:alive(client)
                    t:returns({ true }, client:close())
                  end,
                  wire = function(w)
                %s
                  end,
                }
                """.formatted(body);
    }

    private static CaseResult one(String lua) throws Exception {
        List<CaseResult> results = harness.play(lua).results();
        assertThat(results).hasSize(1);
        return results.getFirst();
    }

    private static void assertFailed(CaseResult result, String reason) {
        assertThat(result.verdict())
                .as(() -> String.join("\n", result.transcript()))
                .isEqualTo(Verdict.FAILED);
        assertThat(result.judgement().reason()).isEqualTo(reason);
    }
}
