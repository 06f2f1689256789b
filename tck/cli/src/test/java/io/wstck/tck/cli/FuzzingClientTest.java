package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.autobahn.spec.DefaultSpec;
import io.wstck.tck.machine.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that are judged: wstest -m fuzzingclient and autobahn-run --server. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class FuzzingClientTest {
    @TempDir
    private Path folder;

    private Shell shell;
    private ReferenceServer server;

    @BeforeEach
    void start() throws IOException {
        shell = new Shell(folder);
        server = ReferenceServer.start(new ServerConfig("127.0.0.1", 0, OptionalInt.of(0)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String echo() {
        return "ws://127.0.0.1:" + server.port() + "/echo";
    }

    private void spec(String text) throws IOException {
        Files.writeString(folder.resolve("spec.json"), text);
    }

    private JsonNode json(String file) throws IOException {
        return new JsonMapper().readTree(folder.resolve(file).toFile());
    }

    @Test
    void aSpecWithSeveralServersIsPlayedAndAServerThatIsDownIsPassedOver() throws Exception {
        int down = FreePort.find();
        spec("""
                {"outdir": "./out", "options": {"failByDrop": false},
                 "servers": [{"agent": "My Server/1.0", "url": "%1$s", "options": {"version": 18}, "origin": "http://x"},
                             {"agent": "off", "url": "ws://127.0.0.1:%2$d"}, {"url": "%1$s?protocol=first", "protocols": ["a", "b"], "colour": 1}],
                 "cases": ["1.1.*", "8.*"], "exclude-cases": ["1.1.8"], "exclude-agent-cases": {"My*": ["1.1.7"]}}
                """.formatted(echo(), down));

        assertThat(shell.run("wstest", "-m", "fuzzingclient", "-s", "spec.json", "-d", "-u", "0"))
                .as(shell.err())
                .isZero();

        assertThat(shell.out())
                .startsWith("Using explicit spec file 'spec.json'\nLoading spec from " + folder + "/spec.json\n")
                .contains(
                        "\nOk, will run 7 test cases against 3 servers\nCases = ['1.1.1', '1.1.2', '1.1.3', '1.1.4', '1.1.5',"
                                + " '1.1.6', '1.1.7']\nServers = ['" + echo() + "', 'ws://127.0.0.1:" + down + "', ")
                .contains("\nRunning test case ID 1.1.1 for agent My Server/1.0 from peer " + echo() + "\n")
                .contains(
                        "\nAgent My Server/1.0 passed 6 of 6 cases\nAgent UnknownServer passed 7 of 7 cases\nReports: ");
        assertThat(shell.err())
                .contains("wstck: spec.json: cases: no case matches 8.*\n")
                .contains(
                        "wstck: not used in spec.json: options.failByDrop, servers[0].options.version, \"servers[2].colour\","
                                + " which is no key of such a file\n")
                .contains("wstck: not used: --debug, --webport\n")
                .contains("wstck: off at ws://127.0.0.1:" + down + " is passed over: expected a server at 127.0.0.1:"
                        + down + ", found none: ")
                .hasLineCount(4);
        JsonNode index = json("out/index.json");
        assertThat(index.fieldNames()).toIterable().containsExactly("My Server/1.0", "UnknownServer");
        JsonNode entry = index.path("My Server/1.0").path("1.1.2");
        assertThat(entry.path("behavior").asText()).isEqualTo("OK");
        assertThat(entry.path("behaviorClose").asText()).isEqualTo("OK");
        assertThat(entry.path("remoteCloseCode").asInt()).isEqualTo(1000);
        JsonNode report = json("out/" + entry.path("reportfile").asText());
        assertThat(report.path("isServer").asBoolean(true)).isFalse();
        assertThat(report.path("closedByMe").asBoolean()).isTrue();
        assertThat(report.path("droppedByMe").asBoolean(true)).isFalse();
        assertThat(report.path("httpRequest").asText())
                .startsWith("GET /echo HTTP/1.1\r\nHost: 127.0.0.1:")
                .contains("\r\nOrigin: http://x\r\n");
        assertThat(report.path("httpResponse").asText()).startsWith("HTTP/1.1 101 ");
        JsonNode sent = report.path("wirelog").path(0);
        assertThat(sent.path(0).asText()).isEqualTo("TF");
        assertThat(sent.path(5).asText()).matches("[0-9a-f]{8}");
        assertThat(json("out/unknownserver_case_1_1_1.json")
                        .path("httpResponse")
                        .asText())
                .contains("\r\nSec-WebSocket-Protocol: a\r\n");
        assertThat(folder.resolve("out/index.html"))
                .content()
                .contains("<title>WebSocket servers: Autobahn cases</title>");
        assertThat(folder.resolve("out/my_server_1_0_case_1_1_2.html"))
                .content()
                .contains("what the client does");
        assertThat(folder.resolve("out/my_server_1_0/events.ndjson")).isRegularFile();
    }

    @Test
    void withoutASpecTheDefaultIsWrittenAndTheServerOfTheCommandLineIsPlayed() throws Exception {
        Files.writeString(folder.resolve(DefaultSpec.CLIENT_FILE), """
                {"servers": [{"url": "ws://127.0.0.1:9001"}], "cases": ["1.1.1", "2.5"]}
                """);
        assertThat(shell.run("wstest", "-m", "fuzzingclient", "-w", echo()))
                .as(shell.err())
                .isZero();
        assertThat(shell.out())
                .startsWith("Using implicit spec file 'fuzzingclient.json'\n")
                .contains("\nServers = ['" + echo() + "']\n")
                .contains("Agent UnknownServer passed 2 of 2 cases\n");
        assertThat(folder.resolve("reports/servers/index.html")).isRegularFile();

        Files.delete(folder.resolve(DefaultSpec.CLIENT_FILE));
        String nobody = "ws://127.0.0.1:" + FreePort.find();
        assertThat(shell.run("wstest", "-m", "fuzzingclient", "-w", nobody)).isEqualTo(3);
        assertThat(shell.out()).startsWith("Auto-generating spec file 'fuzzingclient.json'\n");
        assertThat(shell.err())
                .startsWith("wstck: " + nobody + " is passed over: expected a server at ")
                .endsWith("\nwstck: no server could be judged\n");
        assertThat(folder.resolve(DefaultSpec.CLIENT_FILE)).hasContent(DefaultSpec.CLIENT);
    }

    /** Status 0, as with the original: scripts read the index. */
    @Test
    void failedCasesAreNamedAndAreInTheIndex() throws Exception {
        spec("{\"servers\": [{\"url\": \"%s?violations=note\"}], \"cases\": [\"1.1.1\", \"3.1\"]}".formatted(echo()));

        assertThat(shell.run("wstest", "-m", "fuzzingclient", "-s", "spec.json"))
                .as(shell.err())
                .isZero();

        assertThat(shell.out()).contains("Agent UnknownServer passed 1 of 2 cases, not 3.1\n");
        assertThat(json("reports/servers/index.json")
                        .path("UnknownServer")
                        .path("3.1")
                        .path("behavior")
                        .asText())
                .isEqualTo("FAILED");
        assertThat(shell.run("autobahn-run", "--judge", "reports/servers")).isEqualTo(1);
        assertThat(shell.out())
                .contains("FAILED 3.1")
                .contains("Requirement  The server fails the connection at the frame, and does not answer it.");
    }

    @Test
    void aServerThatPassesIsStatusZeroAndOneThatFailsIsStatusOne() {
        String[] strict = {"autobahn-run", "--strict", "--cases", "1.1.1,3.1,5.18", "--server"};
        assertThat(shell.run(append(strict, echo()))).as(shell.out()).isZero();
        assertThat(shell.out())
                .containsPattern("^wstck \\S+ · 1 server · 3 cases of Autobahn · 8 jobs\nagent UnknownServer\n")
                .contains("3 of 3 binding cases judged\nconformant\n");

        assertThat(shell.run(append(strict, echo() + "?violations=note"))).isEqualTo(1);
        assertThat(shell.out())
                .contains("FAILED 3.1")
                .contains("./wstck autobahn-run --server '" + echo()
                        + "?violations=note' --strict --outdir target/wstck-autobahn-rerun --only 3.1")
                .contains("not conformant\n");
    }

    /** One example has a transcript, and the others are ids. */
    @Test
    void failuresOfOneCauseAreOneBlock() {
        String[] run = {"autobahn-run", "--cases", "3.1,3.2,3.3,5.3", "--server", echo() + "?violations=note"};
        assertThat(shell.run(run)).isEqualTo(1);

        assertThat(shell.out())
                .containsOnlyOnce("\nFAILED 3.1  (")
                .containsOnlyOnce("  transcript\n")
                .contains(
                        "  the same in 2 cases: 3.2,3.3\n",
                        "\n3 findings with 1 cause; ",
                        "\nFAILED 3 cases  autobahn.3: ")
                .contains(" --only 3.1\n")
                .containsPattern("→  TEXT RSV3 masked 13 bytes \"Hello, world!\"\n")
                .doesNotContain("FAILED 3.2", "FAILED 3.3");
        assertThat(folder.resolve("target/wstck-autobahn/report.md")).content().contains("Causes: 1");
    }

    /** The fault of this server is case 3.1: it answers the frame. */
    @Test
    void aListOfKnownDeviationsMustBeExact() throws Exception {
        String faulty = echo() + "?violations=note";
        String[] run = {"autobahn-run", "--cases", "1.1.1,3.1", "--known", "known.yaml", "--server"};
        known("- {pattern: 3.1, reason: answers the frame, signature: 'FAILED: *'}");
        assertThat(shell.run(append(run, faulty))).as(shell.out()).isZero();
        assertThat(shell.out())
                .contains("1 passed, 0 failed, 1 known")
                .contains("conformant but for 1 known deviation\n");
        AutobahnReports.assertOneKnown(
                folder.resolve("target/wstck-autobahn"), "3.1", "known: answers the frame: FAILED");
        assertThat(shell.run("autobahn-run", "--judge", "target/wstck-autobahn", "--known", "known.yaml"))
                .as(shell.out())
                .isZero();
        assertThat(shell.run("known", "--report", "target/wstck-autobahn", "-o", "draft.yaml"))
                .as(shell.err())
                .isZero();
        assertThat(folder.resolve("draft.yaml")).content().contains("pattern: \"3.1\"", "signature: \"FAILED: ");

        assertThat(shell.run(append(run, echo()))).isEqualTo(1);
        assertThat(shell.out()).contains("listed as known (known.yaml:1) but passed: remove it");

        known("- {pattern: 3.1, reason: ends without a close frame, signature: 'closing *'}");
        assertThat(shell.run(append(run, faulty))).isEqualTo(1);
        assertThat(shell.out())
                .contains("listed as known (known.yaml:1), but fails in another way")
                .contains("--known known.yaml --outdir target/wstck-autobahn-rerun --only 3.1");
    }

    /** The draft of a run with several servers names the server of each entry. */
    @Test
    void anEntryOfAListMayNameItsAgent() throws Exception {
        spec("""
                {"outdir": "out", "servers": [{"agent": "good", "url": "%1$s"}, {"agent": "bad/1", "url": "%1$s?violations=note"}],
                 "cases": ["1.1.1", "3.1"]}
                """.formatted(echo()));
        assertThat(shell.run("wstest", "-m", "fuzzingclient", "-s", "spec.json"))
                .as(shell.err())
                .isZero();
        assertThat(shell.run("known", "--report", "out", "-o", "known.yaml"))
                .as(shell.err())
                .isZero();
        assertThat(shell.out()).startsWith("1 of 4 cases, in 1 entry, written to known.yaml");
        assertThat(folder.resolve("known.yaml")).content().contains("- pattern: \"3.1\"\n  agent: \"bad/1\"\n");

        String[] judge = {"autobahn-run", "--judge", "out", "--known", "known.yaml"};
        assertThat(shell.run(judge)).as(shell.out()).isZero();

        known("- {pattern: 3.1, agent: 'ba*', reason: answers the frame, signature: '*'}");
        assertThat(shell.run(judge)).as(shell.out()).isZero();
        known("- {pattern: 3.1, reason: answers the frame, signature: '*'}");
        assertThat(shell.run(judge)).isEqualTo(1);
        assertThat(shell.out()).contains("listed as known (known.yaml:1) but passed: remove it");

        known("- {pattern: '*', agent: bad, reason: answers the frame, signature: '*'}");
        assertThat(shell.run("run", "--only", "close.default", "--known", "known.yaml"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("known.yaml:1: agent: expected no such field");
    }

    @Test
    void aListOfKnownDeviationsOfOtherCasesIsRefused() throws Exception {
        String[] run = {"autobahn-run", "--cases", "1.1.1", "--known", "known.yaml", "--server", echo()};
        known("- {pattern: utf8.*, reason: does not check text, signature: '*'}");
        assertThat(shell.run(run)).isEqualTo(2);
        assertThat(shell.err()).contains("known.yaml:1: pattern: expected one that matches the id of a case, got");

        known("- profile: api\n- {pattern: 3.1, reason: answers the frame, signature: '*'}");
        assertThat(shell.run(run)).isEqualTo(2);
        assertThat(shell.err()).contains("--known: known.yaml:1: profile: expected a list for profile protocol");
    }

    /** Section 14 is played where a pattern names it, and judged wherever it was played. */
    @Test
    void casesBeyondTheOriginalArePlayedWhereTheyAreNamed() throws Exception {
        String[] run = {"autobahn-run", "--cases", "1.1.1,14.1.1,14.3.*", "--known", "known.yaml", "--server"};
        known("- {pattern: 14.1.1, reason: takes any version, signature: 'FAILED: *'}");
        assertThat(shell.run(append(run, echo() + "?violations=note")))
                .as(shell.out())
                .isZero();
        assertThat(shell.out()).contains("5 passed, 0 failed, 1 known");
        assertThat(shell.run("autobahn-run", "--judge", "target/wstck-autobahn"))
                .isEqualTo(1);
        assertThat(shell.out())
                .contains("FAILED 14.1.1  (server.14.1.1, rfc)  A handshake with version 12.")
                .contains("handshake answered with 101: the connection is open")
                .contains("5 passed, 1 failed");
        assertThat(shell.run("autobahn-run", "--judge", "target/wstck-autobahn", "--exclude", "14.1.*"))
                .as(shell.out())
                .isZero();
        JsonNode report = json("target/wstck-autobahn/unknownserver_case_14_1_1.json");
        assertThat(report.path("received").path(0).path(0).asText()).isEqualTo("handshake");
        assertThat(report.path("wire").path(0).path(2).asText())
                .startsWith("sends on a connection of its own: GET /echo?violations=note HTTP/1.1 | Host: ")
                .endsWith(" | Sec-WebSocket-Version: 12");

        spec("{\"servers\": [{\"url\": \"%s\"}], \"cases\": [\"14.1.1\", \"14.2.1\"]}".formatted(echo()));
        assertThat(shell.run("wstest", "-m", "fuzzingclient", "-s", "spec.json"))
                .as(shell.err())
                .isZero();
        assertThat(shell.out()).contains("Cases = ['14.1.1', '14.2.1']").contains("passed 2 of 2 cases\n");
    }

    @Test
    void clientsHaveNoCasesBeyondTheOriginal() {
        assertThat(shell.run("autobahn-run", "--cases", "14.*")).isEqualTo(2);
        assertThat(shell.err()).contains("got \"14.*\", which no case matches");
    }

    /** The folder of a run with several servers is a run for each. Those of an earlier run are gone. */
    @Test
    void diffPutsTheServersOfOneRunBesideEachOther() {
        String[] run = {"autobahn-run", "--cases", "1.1.1,14.1.1", "--outdir", "out", "--server", echo()};
        assertThat(shell.run(run)).isZero();
        assertThat(shell.run("diff", "out")).isEqualTo(2);
        assertThat(shell.err()).contains("expected at least two runs, got only out");

        String[] three = append(run, "--server", echo() + "?violations=note", "--server", echo() + "?deflate=on");
        assertThat(shell.run(three)).isEqualTo(1);
        assertThat(shell.run("diff", "out")).as(shell.err()).isZero();
        assertThat(shell.out()).containsPattern("\n  server\\.14\\.1\\.1 +1✓ +1✗ +1✓\n");

        String[] two = append(run, "--server", echo() + "?violations=note");
        assertThat(shell.run(two)).isEqualTo(1);
        assertThat(shell.run("diff", "out")).isEqualTo(1);
        assertThat(shell.out()).contains("14.1.1");
    }

    private void known(String text) throws IOException {
        Files.writeString(folder.resolve("known.yaml"), text);
    }

    @Test
    void aServerThatIsDownIsNotJudgedAndTheOthersAre() throws Exception {
        String down = "ws://127.0.0.1:" + FreePort.find();
        assertThat(shell.run("autobahn-run", "--cases", "1.1.1", "--server", down, "--server", echo()))
                .isEqualTo(3);
        assertThat(shell.out())
                .contains("1 of 1 binding cases judged\nconformant\n")
                .contains("not judged: " + down + " is passed over: expected a server at ");
    }

    @Test
    void overTlsTheCertificateIsCheckedUnlessTheUserSaysOtherwise() throws Exception {
        Files.writeString(folder.resolve("ca.pem"), server.authorityPem());
        String url = "wss://localhost:" + server.tlsBase().orElseThrow().getPort() + "/echo";
        String[] run = {"autobahn-run", "--cases", "1.1.1,9.1.2,9.2.2", "--server", url};

        assertThat(shell.run(run)).isEqualTo(3);
        assertThat(shell.out())
                .contains("expected TLS with a trusted certificate at localhost:")
                .contains("--trust FILE trusts the certificates in a PEM file, --insecure accepts every certificate\n");
        assertThat(shell.run(append(run, "--trust", "ca.pem"))).as(shell.out()).isZero();
        assertThat(shell.run(append(run, "--insecure"))).as(shell.out()).isZero();
        assertThat(shell.run(append(run, "--insecure", "--trust", "ca.pem"))).isEqualTo(2);
        assertThat(shell.err()).contains("--insecure: cannot be used together with --trust");
        assertThat(shell.run(append(run, "--trust", "none.pem"))).isEqualTo(2);
        assertThat(shell.err()).contains("--trust: expected a certificate in a PEM file at ");
    }

    /** The certificate of another server is trusted, but its name is wrong. */
    @Test
    void theNameInTheCertificateCounts() throws Exception {
        Files.writeString(folder.resolve("ca.pem"), server.authorityPem());
        spec("""
                {"servers": [{"url": "wss://127.0.0.1:%d/echo", "hostname": "elsewhere.example"}], "cases": ["1.1.1"]}
                """.formatted(server.tlsBase().orElseThrow().getPort()));

        assertThat(shell.run("wstest", "-m", "fuzzingclient", "-s", "spec.json", "--trust", "ca.pem"))
                .isEqualTo(3);
        assertThat(shell.err()).contains("but TLS failed: ").contains("elsewhere.example");
    }

    private static String[] append(String[] command, String... more) {
        String[] all = Arrays.copyOf(command, command.length + more.length);
        System.arraycopy(more, 0, all, command.length, more.length);
        return all;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"servers\": 1} | spec.json: servers: expected a list of objects, found 1",
                "{\"servers\": [{\"url\": \"http://x\"}]} | spec.json: servers[0].url: expected a ws:// or wss:// URL, found \"http://x\"",
                "{\"servers\": [{\"agent\": \"x\"}]} | servers[0].url: expected a ws:// or wss:// URL, found",
                "{\"servers\": [{\"url\": \"ws://x\", \"origin\": \"a\\nb\"}]} | servers[0].origin: expected a string of one line, found \"a\\nb\"",
                "{\"servers\": [{\"url\": \"ws://x\", \"protocols\": [\"a b\"]}]} | servers[0].protocols: expected a list of names without blanks",
                "{\"servers\": []} | spec.json: servers: expected at least one, like {\"url\": \"ws://127.0.0.1:9001\"}, or --wsuri, found none",
                "{\"servers\": [{\"url\": \"ws://x\"}], \"cases\": [\"8.*\"]} | cases: expected a pattern of case ids",
                "[] | spec.json: expected a JSON object, found []",
            })
    void aSpecThatCannotBePlayedIsOneSentence(String text, String sentence) throws IOException {
        spec(text);

        assertThat(shell.run("wstest", "-m", "fuzzingclient", "-s", "spec.json"))
                .isEqualTo(2);

        assertThat(shell.err()).startsWith("wstck: --spec: ").contains(sentence).hasLineCount(1);
        assertThat(folder.resolve("reports")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--server x | --server: expected a ws:// or wss:// URL, got \"x\"",
                "--server ws://x --driver y | --server: cannot be used together with --driver: a driver plays a client",
                "--server ws://x --port 1 | --server: cannot be used together with --port: the servers listen",
                "--server ws://x --judge y | --judge: cannot be used together with --server: nothing is played",
                "--insecure | --trust, --insecure: expected --server as well, found none",
            })
    void optionsThatDoNotFitTogetherAreOneSentence(String line, String sentence) {
        assertThat(shell.run(("autobahn-run " + line).split(" "))).isEqualTo(2);
        assertThat(shell.err()).contains(sentence).hasLineCount(1);
    }
}
