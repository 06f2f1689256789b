package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.autobahn.serve.TestDriver;
import io.wstck.tck.machine.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code serve --autobahn}: its options, the fuzzingserver.json, and errors in both. */
@Timeout(60)
class AutobahnServeTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void openAShell() {
        shell = new Shell(folder);
    }

    @Test
    void theFuzzingserverJsonSetsPortCasesExclusionsAndFolderAndADriverCanStopTheServer() throws Exception {
        int port = FreePort.find();
        Files.writeString(folder.resolve("fuzzingserver.json"), """
                {"url": "ws://127.0.0.1:%d", "outdir": "./out/clients", "cases": ["1.1.*", "2.1"], "exclude-cases": ["1.1.8", "12"],
                 "exclude-agent-cases": {"other*": ["*"], "old": ["9", "13"]}, "options": {"failByDrop": false}, "key": "", "cert": "server.crt",
                 "servers": []}
                """.formatted(port));
        CompletableFuture<Integer> status = started("--spec", "fuzzingserver.json");

        assertThat(concluded(port, "/getCaseCount")).isEqualTo("8");
        play(port, "/runCase?casetuple=1.1.3&agent=mine");
        try (TestDriver other = TestDriver.connect(port, "/runCase?casetuple=1.1.3&agent=other")) {
            other.closing();
        }
        try (TestDriver last = TestDriver.connect(port, "/updateReports?agent=mine&shutdownOnComplete=true")) {
            last.closing();
        }

        assertThat(status.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(Files.readString(folder.resolve("out/clients/index.json")))
                .contains("\"mine\"", "\"1.1.3\"")
                .doesNotContain("other");
        assertThat(shell.out())
                .contains("serves the Autobahn cases at ws://127.0.0.1:" + port + "/", "8 cases, 1.1.1 to 2.1")
                .endsWith("stopped by a driver\n");
        assertThat(shell.err())
                .contains(
                        "not used in fuzzingserver.json: options.failByDrop, cert, \"servers\", which is no key of such a file",
                        "wstck: fuzzingserver.json: exclude-cases: no case matches 12\n",
                        "wstck: fuzzingserver.json: exclude-agent-cases.old: no case matches 9, 13\n")
                .hasLineCount(3);
    }

    @Test
    void optionsOfTheCommandLineOverrideTheFile() throws Exception {
        int port = FreePort.find();
        Files.writeString(folder.resolve("spec.json"), "{\"url\": \"ws://localhost:1\", \"outdir\": \"wrong\"}");
        CompletableFuture<Integer> status =
                started("--spec", "spec.json", "--port", String.valueOf(port), "--outdir", "right");

        assertThat(concluded(port, "/getCaseCount")).isEqualTo("517");
        try (TestDriver last = TestDriver.connect(port, "/stopServer")) {
            last.closing();
        }

        assertThat(status.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(folder.resolve("right")).isDirectory();
        assertThat(folder.resolve("wrong")).doesNotExist();
    }

    @Test
    void strictModeFailsCasesThatPassInTheOriginal() throws Exception {
        int port = FreePort.find();
        CompletableFuture<Integer> status = started("--strict", "--port", String.valueOf(port));

        // The client fails the connection without a close frame where a close code is required.
        try (TestDriver driver = TestDriver.connectLater(port, "/runCase?casetuple=2.5&agent=a")) {
            var _ = driver.read();
        }
        assertThat(concluded(port, "/getCaseStatus?casetuple=2.5&agent=a")).contains("FAILED");
        try (TestDriver last = TestDriver.connect(port, "/stopServer")) {
            last.closing();
        }
        assertThat(status.get(30, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void aBusyPortIsOneSentence() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int status = shell.run("serve", "--autobahn", "--port", Integer.toString(taken.getLocalPort()));

            assertThat(status).isEqualTo(2);
            assertThat(shell.err()).contains("port " + taken.getLocalPort()).hasLineCount(1);
            assertThat(folder).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"url\": | spec.json: expected JSON, found none",
                "[] | expected a JSON object, found []",
                "{\"url\": \"wss://127.0.0.1:9001\"} | this server does not support TLS",
                "{\"url\": \"http://127.0.0.1:9001\"} | url: expected a ws:// URL, found \"http://127.0.0.1:9001\"",
                "{\"url\": 9001} | url: expected a string, found 9001",
                "{\"outdir\": \"a\", \"outdir\": \"b\"} | Duplicate field 'outdir'",
                "{\"cases\": \"*\"} | cases: expected a list of strings, found \"*\"",
                "{\"cases\": [\"one\"]} | cases: expected a pattern of case ids, like 1.1.1, 6.* or *, got \"one\"",
                "{\"cases\": [\"8.*\"]} | got \"8.*\", which no case matches",
                "{\"cases\": [\"1.1.1\"], \"exclude-cases\": [\"*\"]} | no case is left",
                "{\"exclude-agent-cases\": [\"*\"]} | expected an object of lists of patterns",
                "{\"exclude-agent-cases\": {\"a\": [\"x\"]}} | exclude-agent-cases.a: expected a pattern of case ids",
                "{\"options\": 1} | options: expected an object, found 1",
            })
    void aSpecThatCannotBeServedIsOneSentence(String text, String sentence) throws IOException {
        Files.writeString(folder.resolve("spec.json"), text);

        assertThat(shell.run("serve", "--autobahn", "--spec", "spec.json")).isEqualTo(2);

        assertThat(shell.err()).startsWith("wstck: ").contains(sentence).hasLineCount(1);
        assertThat(shell.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serve --strict | expected --autobahn with --spec, --strict and --outdir",
                "serve --autobahn --tls-port 0 | --tls-port: cannot be used together with --autobahn",
                "serve --autobahn --port 70000 | expected an integer from 0 to 65535, got \"70000\"",
                "serve --autobahn --spec nothing.json | expected a fuzzingserver.json at",
                "autobahn-run --cases 1.1.99 | which no case matches",
                "autobahn-run --exclude x | got \"x\"",
                "autobahn-run --exclude 9.*,12 | --exclude: expected a pattern of case ids, like 1.1.1, 6.* or *, got \"12\", which no case matches",
                "autobahn-run --server ws://x --exclude 12 | --exclude: expected a pattern of case ids",
                "autobahn-run --jobs 0 | expected an integer from 1 to 1000, got \"0\"",
                "autobahn-run --time-limit soon | expected an integer from 1 to 9999999, got \"soon\"",
                "autobahn-run --judge nowhere | expected the index of a finished run at",
                "autobahn-run --judge . --driver x | --judge: cannot be used together with --driver",
                "autobahn-run --judge . --jobs 2 | --judge: cannot be used together with --jobs",
                "autobahn-run --judge . --time-limit 2 | --judge: cannot be used together with --time-limit",
                "autobahn-run --judge . --port 9001 | --judge: cannot be used together with --port",
                "autobahn-run --port 70000 | expected an integer from 0 to 65535, got \"70000\"",
                "autobahn-run --judge . --outdir x | --judge: cannot be used together with --outdir",
                "autobahn-run --driver x --jobs 2 | --driver: cannot be used together with --jobs",
                "autobahn-run --time-limit 2 | --time-limit: expected --driver as well",
            })
    void aWrongCommandLineIsOneSentence(String line, String sentence) {
        assertThat(shell.run(line.split(" "))).isEqualTo(2);

        assertThat(shell.err()).startsWith("wstck: ").contains(sentence).hasLineCount(1);
        assertThat(shell.out()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    /** Runs the command in its own thread, because it blocks and the common pool may have only one thread. */
    private CompletableFuture<Integer> started(String... options) {
        List<String> words = new ArrayList<>(List.of("serve", "--autobahn"));
        words.addAll(List.of(options));
        return CompletableFuture.supplyAsync(
                () -> shell.run(words.toArray(String[]::new)),
                task -> Thread.ofPlatform().start(task));
    }

    private static String concluded(int port, String target) throws IOException {
        try (TestDriver driver = TestDriver.connectLater(port, target)) {
            return driver.conclude();
        }
    }

    private static void play(int port, String target) throws IOException {
        try (TestDriver driver = TestDriver.connectLater(port, target)) {
            driver.echo();
        }
    }
}
