package io.wstck.tck.autobahn.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wstck.server.wire.EndpointRole;
import io.wstck.tck.autobahn.AutobahnCorpus;
import io.wstck.tck.autobahn.Strictness;
import io.wstck.tck.autobahn.report.AutobahnReportFolder;
import io.wstck.tck.autobahn.spec.AutobahnPatterns;
import io.wstck.tck.autobahn.spec.AutobahnPlan;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.known.KnownDeviations;
import io.wstck.tck.machine.FolderSnapshot;
import io.wstck.tck.report.CaseFinished;
import io.wstck.tck.report.EventsReader;
import io.wstck.tck.report.RecordedRun;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the Autobahn server with drivers on raw sockets. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("autobahn server")
class AutobahnServerTest {
    /** The server orders the cases by number, which differs from the order of this list and from that of the text. */
    private static final List<String> PATTERNS = List.of("10.1.1", "2.10", "2.2", "1.1.2", "1.2.*", "3.1");

    private static final int SERVED = 13;

    /** For what blocks: the common pool may have only one thread. */
    private static final Executor OWN_THREAD = Thread.ofVirtual()::start;

    @TempDir
    private Path folder;

    private final BlockingQueue<String> troubles = new LinkedBlockingQueue<>();
    private AutobahnServer server;

    @BeforeEach
    void start() throws Exception {
        AutobahnPlan plan = new AutobahnPlan(
                new AutobahnPatterns(PATTERNS, List.of()).of(AutobahnCorpus.standard()),
                List.of(new AutobahnPlan.AgentExclusion("lame*", List.of("2.*"))));
        AutobahnReportFolder outDir = new AutobahnReportFolder(
                folder,
                new AutobahnReportFolder.ReportHeader("1.0", "cases", "a machine"),
                EndpointRole.CLIENT,
                KnownDeviations.NONE);
        server = AutobahnServer.start(
                new AutobahnSettings(plan, Strictness.ORIGINAL, outDir, List.of("chat"), "wstck/1.0"),
                LoopbackAddresses.addresses(),
                0,
                Optional.empty(),
                troubles::add);
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(troubles).isEmpty();
    }

    @Test
    void theServerSendsTheNumberOfCasesAndAnEmptyClose() throws IOException {
        try (TestDriver driver = connect("/getCaseCount")) {
            assertThat(driver.head()).startsWith("HTTP/1.1 101 ").contains("\r\nServer: wstck/1.0\r\n");
            assertThat(driver.conclude()).isEqualTo(String.valueOf(SERVED));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "case=1, 1.1.2",
        "case=2, 1.2.1",
        "case=10, 2.2",
        "case=11, 2.10",
        "case=12, 3.1",
        "case=13, 10.1.1",
        "casetuple=2.10, 2.10",
        "case=1&casetuple=2.10, 1.1.2",
        "case=%201%20, 1.1.2",
        "case=+1, 1.1.2",
        "case=001, 1.1.2",
        "casetuple=%202.10+, 2.10",
        "casetuple=2.%2010, 2.10",
        "casetuple=02.010, 2.10"
    })
    void aNumberIsThePositionOfACaseInTheOrderedList(String asked, String id) throws IOException {
        try (TestDriver driver = connect("/getCaseInfo?" + asked)) {
            String text = driver.conclude();
            JsonNode info = new JsonMapper().readTree(text);
            assertThat(text).startsWith("{\"id\": \"" + id + "\", \"description\": \"");
            assertThat(info.path("description").asText()).isNotEmpty();
        }
    }

    @Test
    void theStatusOfACaseIsSentToEarlierAndLaterRequests() throws Exception {
        try (TestDriver waiting = connect("/getCaseStatus?case=1&agent=a%2Fb")) {
            CompletableFuture<String> status = CompletableFuture.supplyAsync(() -> concluded(waiting), OWN_THREAD);
            assertThat(status).isNotDone();
            run("casetuple=1.1.2&agent=a/b");
            assertThat(status.get(30, TimeUnit.SECONDS)).isEqualTo("{\"behavior\": \"OK\"}");
        }
        try (TestDriver later = connect("/getCaseStatus?casetuple=1.1.2&agent=a/b")) {
            assertThat(later.conclude()).isEqualTo("{\"behavior\": \"OK\"}");
        }
    }

    @Test
    void theReportsHaveTheOriginalsFields() throws Exception {
        run("case=1&agent=Some/Client%202");
        drop("casetuple=1.2.2&agent=Some/Client%202");
        update("agent=another+one");

        JsonNode all = json("index.json");
        assertThat(all.fieldNames()).toIterable().containsExactly("Some/Client 2");
        JsonNode passed = all.path("Some/Client 2").path("1.1.2");
        assertThat(passed.path("behavior").asText()).isEqualTo("OK");
        assertThat(passed.path("behaviorClose").asText()).isEqualTo("OK");
        assertThat(passed.path("remoteCloseCode").asInt()).isEqualTo(1000);
        assertThat(passed.path("duration").isInt()).isTrue();
        assertThat(passed.path("reportfile").asText()).isEqualTo("some_client_2_case_1_1_2.json");
        JsonNode failed = all.path("Some/Client 2").path("1.2.2");
        assertThat(failed.path("behavior").asText()).isEqualTo("FAILED");
        assertThat(failed.path("remoteCloseCode").isNull()).isTrue();

        assertThat(json("some_client_2_case_1_1_2.json").fieldNames())
                .toIterable()
                .contains(
                        "id",
                        "case",
                        "agent",
                        "description",
                        "expectation",
                        "expected",
                        "expectedClose",
                        "received",
                        "result",
                        "resultClose",
                        "behavior",
                        "behaviorClose",
                        "started",
                        "duration",
                        "reportCompressionRatio",
                        "reportTime",
                        "closedByMe",
                        "failedByMe",
                        "droppedByMe",
                        "wasClean",
                        "wasNotCleanReason",
                        "wasOpenHandshakeTimeout",
                        "wasCloseHandshakeTimeout",
                        "wasServerConnectionDropTimeout",
                        "localCloseCode",
                        "localCloseReason",
                        "remoteCloseCode",
                        "remoteCloseReason",
                        "isServer",
                        "httpRequest",
                        "httpResponse",
                        "wirelog",
                        "rxOctetStats",
                        "rxFrameStats",
                        "txOctetStats",
                        "txFrameStats",
                        "trafficStats");
        assertThat(json("some_client_2_case_1_2_2.json")
                        .path("wasNotCleanReason")
                        .asText())
                .isNotEmpty();
    }

    @Test
    void theReportsOfAnEarlierRunAreDeletedWhenTheFirstCaseHasEnded() throws Exception {
        List<String> earlier =
                List.of("index.json", "index.html", "plan.json", "events.ndjson", "junit.xml", "report.html");
        for (String name : earlier) {
            Files.writeString(folder.resolve(name), "earlier");
        }
        Files.writeString(folder.resolve("notes.txt"), "the user's own");

        update("agent=nobody");
        for (String name : earlier) {
            assertThat(folder.resolve(name)).hasContent("earlier");
        }

        run("case=1&agent=a");
        try (TestDriver status = connect("/getCaseStatus?case=1&agent=a")) {
            assertThat(status.conclude()).isEqualTo("{\"behavior\": \"OK\"}");
        }
        assertThat(FolderSnapshot.of(folder)).containsOnlyKeys("a_case_1_1_2.json", "a_case_1_1_2.html", "notes.txt");

        update("agent=a");
        assertThat(FolderSnapshot.of(folder).keySet()).containsAll(earlier);
    }

    @Test
    void expectedAndReceivedEventsHaveTheOriginalsStructure() throws Exception {
        run("case=1&agent=a");
        run("casetuple=2.2&agent=a");
        drop("casetuple=3.1&agent=a");
        // The request waits for the agent's last case.
        update("agent=a");

        JsonNode echo = json("a_case_1_1_2.json");
        String stars = "*".repeat(125);
        assertThat(echo.path("expected")).isEqualTo(tree("{'OK': [['message', '" + stars + "', false]]}"));
        assertThat(echo.path("received")).isEqualTo(tree("[['message', '" + stars + "', false]]"));
        assertThat(echo.path("expectedClose"))
                .isEqualTo(tree("{'closedByMe': true, 'closeCode': [1000], 'requireClean': true}"));
        assertThat(echo.path("reportTime").isBoolean()).isTrue();
        assertThat(echo.path("localCloseCode").isInt()).isTrue();
        assertThat(echo.path("remoteCloseReason").isNull()).isTrue();
        assertThat(echo.path("receivedSentences").path(0).asText()).startsWith("text message \"***");
        assertThat(echo.path("wirelog"))
                .contains(
                        tree("['TF', [125, '" + stars + "'], 1, true, 0, null, null, null, false]"),
                        tree("['RF', [125, '" + stars + "'], 1, true, 0, true, '00000000']"));
        JsonNode stats = echo.path("trafficStats");
        assertThat(octets(echo.path("rxOctetStats")))
                .isEqualTo(stats.path("incomingOctetsWireLevel").asLong())
                .isEqualTo(6 + 125 + 8);
        assertThat(octets(echo.path("txOctetStats")))
                .isEqualTo(stats.path("outgoingOctetsWireLevel").asLong());
        assertThat(stats.path("incomingOctetsAppLevel").asInt()).isEqualTo(125);
        assertThat(stats.path("incomingWebSocketMessages").asInt()).isEqualTo(1);

        assertThat(json("a_case_2_2.json").path("received")).last().isEqualTo(tree("['pong', 'Hello, world!']"));
        assertThat(json("a_case_3_1.json")
                        .path("expectedClose")
                        .path("closedByMe")
                        .asBoolean())
                .isFalse();
        assertThat(json("a_case_3_1.json").path("received")).isEmpty();
    }

    private static JsonNode tree(String text) throws IOException {
        return new JsonMapper().readTree(text.replace('\'', '"'));
    }

    private static long octets(JsonNode bySize) {
        return bySize.properties().stream()
                .mapToLong(entry ->
                        Long.parseLong(entry.getKey()) * entry.getValue().asLong())
                .sum();
    }

    @Test
    void theReportsOfAnAgentWithoutNewResultsAreNotWrittenAgain() throws Exception {
        run("case=1&agent=a");
        run("case=1&agent=b");
        // Each request waits for the last case of its agent.
        update("agent=a");
        update("agent=b");
        Files.delete(folder.resolve("a/junit.xml"));
        Files.delete(folder.resolve("b/junit.xml"));

        run("case=2&agent=b");
        update("agent=b");

        assertThat(folder.resolve("a/junit.xml")).doesNotExist();
        assertThat(folder.resolve("b/junit.xml")).exists();
        assertThat(json("index.json").path("a").size()).isEqualTo(1);
        assertThat(json("index.json").path("b").size()).isEqualTo(2);
    }

    @Test
    void theKitsOwnReportsAreWrittenAndMissingCasesAreInconclusive() throws Exception {
        run("case=1&agent=<b>x</b>");
        drop("casetuple=1.2.2&agent=<b>x</b>");
        update("agent=x");

        RecordedRun recorded = EventsReader.read(folder.resolve("events.ndjson"));
        assertThat(recorded.started().implementation().name()).isEqualTo("<b>x</b>");
        assertThat(recorded.footer().verdicts())
                .containsEntry(Verdict.PASSED, 1)
                .containsEntry(Verdict.FAILED, 1)
                .containsEntry(Verdict.INCONCLUSIVE, SERVED - 2);
        assertThat(Files.readString(folder.resolve("junit.xml"))).contains("failures=\"1\"");
        assertThat(Files.readString(folder.resolve("index.html")))
                .contains("&lt;b&gt;x&lt;/b&gt;", "b_x__b_case_1_1_2.html")
                .doesNotContain("<b>");
        assertThat(Files.readString(folder.resolve("b_x__b_case_1_1_2.html")))
                .contains("&lt;b&gt;x&lt;/b&gt;: case 1.1.2", "<a href=\"index.html\">", "\"b_x__b_case_1_1_2.json\"")
                .contains("GET /runCase?case=1&amp;agent=&lt;b&gt;x&lt;/b&gt; HTTP/1.1")
                .doesNotContain("<b>");
    }

    @Test
    void agentsRunInParallelAndEachHasSeparateReports() throws Exception {
        List<String> names = List.of("a", "b", "c", "d", "a%20b", "a_b");
        List<CompletableFuture<Void>> agents = names.stream()
                .map(name -> CompletableFuture.runAsync(() -> playAll(name), OWN_THREAD))
                .toList();
        for (CompletableFuture<Void> agent : agents) {
            agent.get(30, TimeUnit.SECONDS);
        }
        for (String name : names) {
            update("agent=" + name);
        }

        JsonNode all = json("index.json");
        assertThat(all.size()).isEqualTo(agents.size());
        all.forEach(agent -> assertThat(agent.size()).isEqualTo(3));
        // Two agents with the same file name stem do not share files.
        assertThat(List.of(reportFile(all, "a b"), reportFile(all, "a_b")))
                .containsExactlyInAnyOrder("a_b_case_1_1_2.json", "a_b_2_case_1_1_2.json");
        assertThat(json(reportFile(all, "a b")).path("agent").asText()).isEqualTo("a b");
        assertThat(EventsReader.read(folder.resolve("d/events.ndjson")).cases()).hasSize(SERVED);
        assertThat(folder.resolve("events.ndjson")).doesNotExist();
    }

    @Test
    void aCaseInWhichTheKitEndsTheDriverIsNotJudged() throws Exception {
        run("casetuple=1.1.2&agent=a");
        try (TestDriver driver = connect("/runCase?casetuple=1.2.1&agent=a")) {
            assertThat(driver.read()).isNotNull();
            server.interruptCases("the driver was ended");
        }
        server.awaitIdle(Duration.ofSeconds(30));
        server.writeReports();

        assertThat(json("index.json").path("a").fieldNames()).toIterable().containsExactly("1.1.2");
        assertThat(EventsReader.read(folder.resolve("events.ndjson")).cases())
                .filteredOn(one -> one.attempts() == 1)
                .extracting(
                        CaseFinished::id,
                        CaseFinished::verdict,
                        one -> one.judgement().reason())
                .containsExactly(
                        tuple("1.1.2", Verdict.PASSED, ""),
                        tuple("1.2.1", Verdict.INCONCLUSIVE, "the driver was ended"));
    }

    @Test
    void aSecondRunOfACaseReplacesTheFirst() throws Exception {
        drop("case=1&agent=a");
        update("agent=a");
        assertThat(json("index.json").path("a").path("1.1.2").path("behavior").asText())
                .isEqualTo("FAILED");

        run("case=1&agent=a");
        update("agent=a");
        assertThat(json("index.json").path("a").path("1.1.2").path("behavior").asText())
                .isEqualTo("OK");
    }

    @Test
    void aPingIsAnsweredWhileTheServerWaitsForAnEcho() throws Exception {
        try (TestDriver driver = connect("/runCase?case=1&agent=a")) {
            TestDriver.Frame message = driver.read();
            driver.frame(0x89, new byte[] {'h', 'i'});
            assertThat(driver.read().text()).isEqualTo("hi");
            driver.frame(0x81, message.text().getBytes(StandardCharsets.UTF_8));
            driver.echo();
        }
        try (TestDriver status = connect("/getCaseStatus?case=1&agent=a")) {
            assertThat(status.conclude()).isEqualTo("{\"behavior\": \"OK\"}");
        }
    }

    @Test
    void aConnectionToTheRootIsClosedWithAnEmptyClose() throws IOException {
        try (TestDriver driver = connect("/")) {
            assertThat(driver.head()).startsWith("HTTP/1.1 101 ");
            driver.closing();
        }
    }

    @Test
    void theHandshakeOfARequestForReportsDoesNotWaitForARunningCase() throws Exception {
        try (TestDriver running = connect("/runCase?case=1&agent=a")) {
            var _ = running.read();
            // The handshake is already answered here. The close frame comes when the reports are written.
            try (TestDriver reports = connect("/updateReports?agent=a")) {
                running.frame(0x81, "*".repeat(125).getBytes(StandardCharsets.UTF_8));
                running.echo();
                reports.closing();
            }
        }
        assertThat(json("index.json").path("a").path("1.1.2").path("behavior").asText())
                .isEqualTo("OK");
    }

    @Test
    void aDriverMayCloseFirst() throws IOException {
        for (String target : List.of("/getCaseCount", "/updateReports?agent=a", "/getCaseStatus?case=1&agent=a")) {
            try (TestDriver driver = connect(target)) {
                driver.sendClose();
                TestDriver.Frame frame = driver.read();
                while (frame.opcode() != 8) {
                    frame = driver.read();
                }
                driver.end();
            }
        }
    }

    @Test
    void anExcludedCaseIsClosedAtOnceWithoutAResult() throws IOException {
        try (TestDriver driver = connect("/runCase?casetuple=2.2&agent=lame/client")) {
            driver.closing();
        }
        try (TestDriver driver = connect("/getCaseStatus?casetuple=2.2&agent=lame/client")) {
            driver.closing();
        }
        run("casetuple=2.2&agent=good/client");
        run("casetuple=1.1.2&agent=lame/client");
        update("agent=x");
        assertThat(json("index.json").path("lame/client").fieldNames())
                .toIterable()
                .containsExactly("1.1.2");
        assertThat(json("index.json").path("good/client").fieldNames())
                .toIterable()
                .containsExactly("2.2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/runCase?agent=a | case, a number, or casetuple",
                "/runCase?case=1 | the parameter agent: expected a value, got none",
                "/runCase?case=1&agent= | the parameter agent: expected a value, got none",
                "/runCase?case=0&agent=a | expected a number from 1 to 13, got \"0\"",
                "/runCase?case=14&agent=a | expected a number from 1 to 13, got \"14\"",
                "/runCase?case=one&agent=a | expected a number from 1 to 13, got \"one\"",
                "/runCase?case=1&case=2&agent=a | the parameter case: expected it once, got it 2 times",
                "/getCaseInfo?casetuple=1.1.1 | expected the id of one of the 13 cases",
                "/getCaseInfo?casetuple=1.1.2&casetuple=1.1.2 | expected it once",
                "/getCaseStatus?case=1 | the parameter agent",
                "/updateReports | the parameter agent",
            })
    void aWrongParameterIsAnsweredWithStatus500(String target, String sentence) throws IOException {
        try (TestDriver driver = connect(target)) {
            assertThat(driver.head()).startsWith("HTTP/1.1 500 ");
            assertThat(driver.body()).contains(sentence).hasLineCount(1);
        }
    }

    @Test
    void otherRequestsAreRefused() throws IOException {
        try (TestDriver driver = connect("/echo")) {
            assertThat(driver.head()).startsWith("HTTP/1.1 404 ");
            assertThat(driver.body()).contains("got /echo");
        }
        InetAddress host = InetAddress.ofLiteral("127.0.0.1");
        try (TestDriver browser = TestDriver.send(host, server.port(), "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            assertThat(browser.head()).startsWith("HTTP/1.1 426 ").contains("\r\nUpgrade: websocket\r\n");
            assertThat(browser.body()).contains("/getCaseCount");
        }
    }

    @Test
    void theServerListensOnEveryLoopbackAddress() throws IOException {
        for (InetAddress address : LoopbackAddresses.addresses()) {
            try (TestDriver driver = TestDriver.connect(address, server.port(), "/getCaseCount")) {
                assertThat(driver.conclude()).isEqualTo(String.valueOf(SERVED));
            }
        }
    }

    @Test
    void aSubprotocolIsAcceptedOnlyWhenItIsConfigured() throws IOException {
        try (TestDriver driver = connect("/getCaseCount", "Sec-WebSocket-Protocol: other, chat")) {
            assertThat(driver.head()).contains("\r\nSec-WebSocket-Protocol: chat\r\n");
        }
        try (TestDriver driver = connect("/getCaseCount", "Sec-WebSocket-Protocol: other")) {
            assertThat(driver.head()).doesNotContain("Sec-WebSocket-Protocol");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/stopServer, false",
        "/updateReports?agent=a&shutdownOnComplete=true, true",
        "/updateReports?agent=a&shutdownOnComplete=yes, true"
    })
    void aDriverThatStopsTheServerIsStillAnswered(String target, boolean reported) throws Exception {
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(this::awaitStopped, OWN_THREAD);
        run("case=1&agent=a");
        assertThat(stopped).isNotDone();
        try (TestDriver driver = connect(target)) {
            driver.closing();
        }
        stopped.get(30, TimeUnit.SECONDS);
        assertThat(Files.exists(folder.resolve("index.json"))).isEqualTo(reported);
    }

    private String refusal(String target, String host, String... lines) throws IOException {
        StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: " + host
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        for (String line : lines) {
            request.append(line).append("\r\n");
        }
        try (TestDriver driver = TestDriver.send(
                InetAddress.ofLiteral("127.0.0.1"),
                server.port(),
                request.append("\r\n").toString())) {
            return driver.head().startsWith("HTTP/1.1 403 ") ? driver.body() : "";
        }
    }

    private static final List<String> TARGETS = List.of(
            "/getCaseCount",
            "/getCaseInfo?case=1",
            "/runCase?case=1&agent=page",
            "/getCaseStatus?case=1&agent=page",
            "/updateReports?agent=page",
            "/stopServer",
            "/");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://elsewhere.example",
                "https://elsewhere.example:9001",
                "http://localhost.elsewhere.example",
                "http://localhost@elsewhere.example",
                "null"
            })
    void aPageOfAnotherHostIsRefused(String origin) throws IOException {
        for (String target : TARGETS) {
            assertThat(refusal(target, "localhost:" + server.port(), "Origin: " + origin))
                    .as(target)
                    .contains("expected no Origin header, or one of a page of this machine", "got " + origin);
            assertThat(refusal(target, "rebound.example:" + server.port(), "Origin: http://rebound.example"))
                    .as(target)
                    .contains("expected a Host header that names this machine", "got rebound.example:");
        }
        assertThat(server.results()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://localhost:3000",
                "Origin: https://127.0.0.1",
                "Origin: http://[::1]:8080/",
                "X-No: origin"
            })
    void aPageOfAnotherLocalPortMayDoEverythingButStopTheServer(String line) throws IOException {
        String host = "localhost:" + server.port();
        for (String target : TARGETS) {
            boolean ends = target.equals("/stopServer") && line.startsWith("Origin");
            if (!target.equals("/stopServer") || ends) {
                assertThat(refusal(target, host, line).isEmpty()).as(target).isEqualTo(!ends);
            }
        }
        if (line.startsWith("Origin")) {
            assertThat(refusal("/updateReports?agent=a&shutdownOnComplete=true", host, line))
                    .contains("only a client without an Origin header, or with this server's own, ends the server");
        }
    }

    @Test
    void aPageOfTheServerItselfMayStopIt() throws Exception {
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(this::awaitStopped, OWN_THREAD);
        String host = "localhost:" + server.port();
        assertThat(refusal("/stopServer", host, "Origin: http://" + host)).isEmpty();
        stopped.get(30, TimeUnit.SECONDS);
    }

    private void awaitStopped() {
        try {
            server.awaitStopped();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void playAll(String agent) {
        try {
            for (String id : List.of("1.1.2", "1.2.1", "2.2")) {
                run("casetuple=" + id + "&agent=" + agent);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String concluded(TestDriver driver) {
        try {
            return driver.conclude();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Plays a case with a client that echoes. */
    private void run(String query) throws IOException {
        try (TestDriver driver = connect("/runCase?" + query)) {
            driver.echo();
        }
    }

    /** Plays a case with a client that ends TCP at the first frame. */
    private void drop(String query) throws IOException {
        try (TestDriver driver = connect("/runCase?" + query)) {
            var _ = driver.read();
        }
    }

    private void update(String query) throws IOException {
        try (TestDriver driver = connect("/updateReports?" + query)) {
            driver.closing();
        }
    }

    private static String reportFile(JsonNode index, String agent) {
        return index.path(agent).path("1.1.2").path("reportfile").asText();
    }

    private JsonNode json(String file) throws IOException {
        return new JsonMapper().readTree(Files.readAllBytes(folder.resolve(file)));
    }

    private TestDriver connect(String target, String... lines) throws IOException {
        return TestDriver.connect(server.port(), target, lines);
    }
}
