package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.TimelineEntry.Payload;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests how the transcript and the diagram show handshakes of played cases. */
class HandshakeTranscriptTest {
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
    void requestAndResponseAreShownWithTheirHeadersAndNegotiation() throws Exception {
        CaseResult result = play("""
                server = echo { deflate = { client_no_context_takeover = true } },
                client = function(t)
                  local client = t:connect { compression = 1, headers = { ["X-One"] = "1" } }
                  t:alive(client)
                end,
                """);

        String transcript = String.join("\n", result.transcript());
        assertThat(transcript)
                .containsPattern("\n *[0-9.]+ ms  #1 →  GET /s/[a-z0-9]+ HTTP/1.1\n {14}#1 →    [A-Za-z-]+: ")
                .contains("\n              #1 →    X-One: 1\n")
                .containsPattern("ms  #1 ←  HTTP/1.1 101 Switching Protocols\n {14}#1 ←    ")
                .contains("\n              #1 ←    Sec-WebSocket-Extensions: permessage-deflate; ")
                .containsPattern("\n {14}#1 ←    permessage-deflate: server window 15, client window 15,"
                        + " server (no )?context takeover, client no context takeover\n");
        TimelineEntry.Head response = heads(result).getLast();
        assertThat(response.kind()).isEqualTo("response");
        assertThat(response.from()).isEqualTo(TimelineEntry.Side.SERVER);
        assertThat(response.head().negotiated()).isPresent();
        assertThat(heads(result).getFirst().head().headers()).contains("X-One: 1");
    }

    @Test
    void aCredentialOfTheCaseFileIsShown() throws Exception {
        CaseResult result = play("""
                server = echo { listener = "own", headers = { { "Set-Cookie", "own=1" } } },
                client = function(t)
                  t:alive(t:connect { headers = { ["Authorization"] = "Bearer own", ["X-Api-Key"] = "of-" .. "somebody" } })
                end,
                """);

        assertThat(result.transcript())
                .anyMatch(line -> line.endsWith("Authorization: Bearer own"))
                .anyMatch(line -> line.endsWith("Set-Cookie: own=1"))
                .anyMatch(line -> line.endsWith("X-Api-Key: (11 bytes)"))
                .noneMatch(line -> line.contains("of-somebody"));
        assertThat(heads(result).getFirst().head().headers())
                .contains("Authorization: Bearer own", "X-Api-Key: (11 bytes)");
    }

    @Test
    void aRefusalIsShownWithItsHeaders() throws Exception {
        CaseResult result = play("""
                server = script { handshake = { status = 503, headers = { { "Retry-After", "120" } } } },
                client = function(t) t:fails({}, require("websocket").connect(t:url())) end,
                """);

        assertThat(heads(result).getLast().head().line()).isEqualTo("HTTP/1.1 503 Service Unavailable");
        assertThat(heads(result).getLast().head().headers()).contains("Retry-After: 120");
    }

    @Test
    void rawResponsesOfTheScenarioAreShownAsSent() throws Exception {
        CaseResult result = play("""
                servers = {
                  raw = script { listener = "own", handshake = { raw = "HTTP/1.1 103 Early Hints\\r\\nLink: <a>\\r\\n\\r\\nHTTP/1.1 400 No\\r\\n\\r\\n" } },
                  bytes = script { listener = "own", tcp = { expect.request(), send.bytes "HTTP/1.1 200 OK\\r\\nX-Half", end_tcp "fin" } },
                },
                client = function(t)
                  t:fails({}, require("websocket").connect(t:url("raw")))
                  t:fails({}, require("websocket").connect(t:url("bytes")))
                end,
                """);

        assertThat(heads(result))
                .extracting(row -> row.head().line())
                .containsSubsequence("HTTP/1.1 103 Early Hints", "HTTP/1.1 400 No", "23 raw bytes: HTTP/1.1 200 OK");
        assertThat(result.transcript()).anyMatch(line -> line.endsWith("#1 ←    Link: <a>"));
    }

    @Test
    void theContentOfACompressedFrameIsShownAfterIt() throws Exception {
        CaseResult result = play("""
                server = echo { deflate = true },
                client = function(t)
                  local client = t:connect { compression = 1, compression_threshold = 1 }
                  client:send("hello hello hello hello")
                  t:message("text", "hello hello hello hello", client:channel():receive())
                end,
                """);

        assertThat(result.transcript())
                .anyMatch(line -> line.contains("→  = text message, 23 bytes in 1 frame, compressed to ")
                        && line.endsWith(": \"hello hello hello hello\""))
                .anyMatch(line -> line.contains("←  = text message, 23 bytes in 1 frame, compressed to "));
        assertThat(result.timeline().stream()
                        .filter(TimelineEntry.Message.class::isInstance)
                        .map(row -> ((TimelineEntry.Message) row).payload()))
                .hasSize(2)
                .containsOnly(
                        new Payload(TimelineEntry.Form.TEXT, "hello hello hello hello", TimelineEntry.Extent.WHOLE));
    }

    private static List<TimelineEntry.Head> heads(CaseResult result) {
        return result.timeline().stream()
                .filter(TimelineEntry.Head.class::isInstance)
                .map(TimelineEntry.Head.class::cast)
                .toList();
    }

    private static CaseResult play(String fields) throws Exception {
        CaseResult result = harness.play(
                        "case \"the.case\" {\nclause = \"module.load\", title = \"what the test says\",\n" + fields
                                + "}")
                .result("the.case");
        assertThat(result.verdict())
                .as(() -> result.judgement() + "\n" + String.join("\n", result.transcript()))
                .isEqualTo(Verdict.PASSED);
        return result;
    }
}
