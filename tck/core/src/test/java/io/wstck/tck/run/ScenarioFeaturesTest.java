package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.judge.Verdict;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plays TLS, compression, signals, blocked senders, unreachable ports and endpoints from case files, with the bundled
 * client.
 */
@Execution(ExecutionMode.CONCURRENT)
class ScenarioFeaturesTest {
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
    void theClientTrustsOnlyTheKitsAuthority() throws Exception {
        assertPassed("""
                server = echo { tls = "trusted" },
                client = function(t)
                  t:equal("wss://", t:url():sub(1, 6))
                  t:alive(t:connect())
                end,
                wire = function(w) w:equal("done", w:entries("tls")[1].outcome) end,
                """);
        for (String certificate : List.of("expired", "not-yet-valid", "wrong-host", "self-signed", "untrusted")) {
            assertPassed("""
                    servers = { main = script { tls = "%s" }, healthy = echo { tls = "trusted" } },
                    client = function(t)
                      t:alive(t:connect(nil, "healthy"))
                      t:fails({ kind = "INTERNAL", retryable = true }, require("websocket").connect(t:url()))
                    end,
                    """.formatted(certificate));
        }
    }

    @Test
    void aPortThatSpeaksNoTlsFailsTheDialAndItsBytesAreOnTheWire() throws Exception {
        assertPassed("""
                servers = { main = tcp { tls = "none", send.bytes "HTTP/1.1 400 Bad Request\\r\\n\\r\\n", end_tcp "fin" }, healthy = echo },
                client = function(t)
                  t:alive(t:connect(nil, "healthy"))
                  t:fails({ kind = "INTERNAL", retryable = true }, require("websocket").connect(t:url()))
                end,
                """);
    }

    @Test
    void clientsWithAPolicyTrustTheAuthorityToo() throws Exception {
        assertPassed("""
                server = echo { tls = "trusted" },
                client = function(t)
                  t:policy { { effect = "deny", action = "websocket.connect.url", resource = "ws://elsewhere/" } }
                  t:alive(t:connect())
                end,
                """);
    }

    @Test
    void compressionIsNegotiatedAndUsedOnTheWire() throws Exception {
        assertPassed("""
                server = script {
                  handshake = { deflate = { client_no_context_takeover = true } },
                  send.text { "compressed, in fragments", compress = { blocks = "stored" }, fragment_size = 5 },
                  expect.message { ("hello "):rep(100), type = "text", compressed = true, alone = true },
                  expect.message { ("hello "):rep(100), compressed = true, alone = true },
                  echo_messages(),
                },
                client = function(t)
                  local client = t:connect { compression = 1, compression_threshold = 100 }
                  t:message("text", "compressed, in fragments", client:channel():receive())
                  client:send(("hello "):rep(100))
                  client:send(("hello "):rep(100))
                  t:alive(client)
                end,
                wire = function(w)
                  local offers = w:offer()
                  w:equal(1, #offers, "offers")
                  w:equal("permessage-deflate", offers[1].name)
                  w:equal(nil, offers[1].params.client_no_context_takeover)
                  w:compressed { true, true, false }
                  w:ok(w:messages()[1].wire_length < 100, "a short message on the wire")
                  w:equal(true, w:sent_messages()[1].compressed)
                end,
                """);
        assertPassed("""
                server = echo { deflate = true },
                client = function(t) t:alive(t:connect()) end,
                wire = function(w) w:equal({}, w:offer()) w:compressed(false) end,
                """);
    }

    @Test
    void connectionsWaitForOneAnother() throws Exception {
        assertPassed("""
                servers = {
                  main = script { await { "go", within = 4000 }, send.text "after" },
                  other = script { expect.text "first", signal "go" },
                },
                client = function(t)
                  local waiting = t:connect()
                  local other = t:connect(nil, "other")
                  t:returns({ true }, other:send("first"))
                  t:message("text", "after", waiting:channel():receive())
                end,
                """);
    }

    @Test
    void aConsumerThatDoesNotReceiveBlocksTheSender() throws Exception {
        assertPassed("""
                server = script {
                  send.until_blocked { "x", type = "binary", size = 65536, numbered = true, stuck = 300 },
                },
                client = function(t)
                  local client = t:connect { channel_capacity = 1 }
                  time.sleep("1500ms")
                  local message = client:channel():receive()
                  t:equal("1 ", message.data:sub(1, 2))
                end,
                """);
    }

    @Test
    void aPortThatCannotBeReachedLeavesTheDialWaiting() throws Exception {
        assertPassed("""
                servers = { main = script { listener = "unreachable" }, healthy = echo },
                client = function(t)
                  t:alive(t:connect(nil, "healthy"))
                  t:fails({ kind = "INTERNAL", retryable = true },
                    t:takes("300ms", "60s", require("websocket").connect, t:url(), { dial_timeout = "300ms" }))
                end,
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo", "/echo?deflate=on", "/push?size=5&count=2"})
    void anEndpointIsAServerOfACase(String path) throws Exception {
        assertPassed("""
                server = endpoint "%s",
                client = function(t)
                  local client = t:connect()
                  t:returns({ true }, client:close())
                end,
                wire = function(w) w:connections(1) w:client_closed { code = 1000 } end,
                """.formatted(path));
    }

    @Test
    void aConditionAboutTheServerThatDoesNotHoldIsNoFinding() throws Exception {
        CaseResult result = played("""
                server = echo,
                client = function(t) t:alive(t:connect()) end,
                wire = function(w) w:server_did(false, "its last message was to be short") end,
                """);

        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.judgement().reason()).contains("its last message was to be short");
    }

    @Test
    void aRefusedControlConnectionIsAFindingOfItsOwn() throws Exception {
        CaseResult result = played("""
                servers = { main = echo, healthy = script { handshake = { status = 503 } } },
                client = function(t)
                  t:control(nil, "healthy")
                  t:alive(t:connect())
                end,
                """);

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.judgement().reason()).contains("control connection");
    }

    @Test
    void aScriptThatDoesNotEndIsAWarningIfTheCaseSaysSo() throws Exception {
        String hangs = """
                server = script { echo_messages(1), echo_messages() },
                limit = "2s",
                overtime = "should",
                client = function(t)
                  local client = t:connect()
                  %s
                  channel.new():receive()
                end,
                """;

        assertThat(played(hangs.formatted("t:alive(client)")).verdict()).isEqualTo(Verdict.WARNED);
        assertThat(played(hangs.formatted("")).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void theResponseShowsTheNegotiatedExtension() throws Exception {
        assertPassed("""
                servers = {
                  main = echo { deflate = { client_no_context_takeover = true } }, plain = echo, offered = echo { deflate = "as-offered" },
                },
                client = function(t)
                  for _, name in ipairs { "main", "plain", "offered" } do
                    t:alive(t:connect({ compression = 2 }, name))
                  end
                end,
                wire = function(w)
                  w:equal(true, w:answered().client_no_context_takeover)
                  w:equal(nil, w:answered("plain"))
                  w:equal({ client_no_context_takeover = true, server_no_context_takeover = true }, w:answered("offered"))
                end,
                """);
    }

    @ParameterizedTest(name = "{0}: expected {1}, got {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "t:ok(false, 'a pong', 'none')             | a pong       | none",
                "t:ok(nil, 'a pong', 3)                    | a pong       | 3",
                "t:ok(nil, 'a pong', { 'x' })              | a pong       | { \"x\" }",
                "t:ok(false, 'a pong')                     | a pong       | it is not so",
                "t:ok(nil)                                 | a true value | nil",
                "t:same_channel('a', nil, 'the channel')   | the channel  | no channel",
                "t:same_channel('a', 'b', 'the channel')   | the channel  | another channel",
            })
    void aConditionSaysWhatWasExpectedAndWhatWasSeen(String call, String expected, String actual) throws Exception {
        CaseResult result = played("client = function(t) " + call + " end,");

        assertThat(result.judgement().expected()).isEqualTo(expected);
        assertThat(result.judgement().actual()).isEqualTo(actual);
    }

    @Test
    void aMetConditionIsReportedByItsExpectation() throws Exception {
        CaseResult result = played("client = function(t) t:ok(3, 'a pong', 'none') end,");

        assertThat(result.transcript()).anyMatch(line -> line.contains("condition: a pong  ("));
    }

    private static void assertPassed(String fields) throws Exception {
        CaseResult result = played(fields);

        assertThat(result.verdict())
                .as(result.judgement() + "\n" + String.join("\n", result.transcript()))
                .isEqualTo(Verdict.PASSED);
    }

    private static CaseResult played(String fields) throws Exception {
        List<TestCase> cases = TestHarness.cases("""
                case "the.case" {
                  clause = "module.load", title = "x",
                  %s
                }
                """.formatted(fields));
        return harness.play(harness.client, new RunPlan(cases, 1, 1, 1)).result("the.case");
    }
}
