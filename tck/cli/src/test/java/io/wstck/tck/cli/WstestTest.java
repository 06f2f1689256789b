package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.autobahn.serve.TestDriver;
import io.wstck.tck.autobahn.spec.DefaultSpec;
import io.wstck.tck.machine.FreePort;
import io.wstck.tck.run.Version;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command wstest: its output, its server and its refusals. */
@Timeout(60)
class WstestTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void openAShell() {
        shell = new Shell(folder);
    }

    @Test
    void itPrintsTheLinesThatScriptsWaitForAndServesTheReportsLikeTheOriginal() throws Exception {
        int port = FreePort.find();
        int web = FreePort.find();
        spec("""
                {"url": "ws://0.0.0.0:%d", "outdir": "./reports/clients", "cases": ["1.1.*", "8.*"], "exclude-cases": ["1.1.8", "12"],
                 "options": {"failByDrop": false}, "webport": %d, "colour": "red"}
                """.formatted(port, web));
        CompletableFuture<Integer> status = started("--mode=fuzzingserver", "-s", "spec.json", "-d", "-t", "x");
        assertThat(concluded(port, "/getCaseCount")).isEqualTo("7");

        HttpClient browser = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        await(web);
        HttpResponse<String> none = get(browser, web, "/");
        assertThat(none.statusCode()).isEqualTo(200);
        assertThat(none.body()).startsWith("No reports yet");
        assertThat(get(browser, web, "/reports/clients/").statusCode()).isEqualTo(404);
        play(port, "/runCase?case=1&agent=%3Cb%3E");
        update(port, "agent=b");
        HttpResponse<String> index = get(browser, web, "/");
        assertThat(index.uri().getPath()).isEqualTo("/reports/clients/");
        assertThat(index.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(index.body()).contains("<a href=\"b_case_1_1_1.html\">OK</a>");
        assertThat(get(browser, web, "/reports/clients/b_case_1_1_1.html").body())
                .contains("&lt;b&gt;: case 1.1.1")
                .doesNotContain("<b>");
        assertThat(get(browser, web, "/cwd/reports/clients/").body()).isEqualTo(index.body());
        assertThat(get(browser, web, "/cwd/spec.json").statusCode()).isEqualTo(404);
        assertThat(get(browser, web, "/spec.json").statusCode()).isEqualTo(404);
        assertThat(get(browser, web, "/reports/clients/..%2f..%2fspec.json").statusCode())
                .isEqualTo(404);
        update(port, "agent=b&shutdownOnComplete=true");

        assertThat(status.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(shell.out())
                .startsWith("Using explicit spec file 'spec.json'\nLoading spec from " + folder + "/spec.json\n")
                .contains(" Fuzzing Server (Port " + port + ")\nOk, will run 7 test cases for any clients connecting\n"
                        + "Cases = ['1.1.1', '1.1.2', '1.1.3', '1.1.4', '1.1.5', '1.1.6', '1.1.7']\n")
                .contains("also at http://localhost:" + web + "/reports/clients/\n");
        assertThat(shell.err()).isEqualTo("""
                        wstck: spec.json: cases: no case matches 8.*
                        wstck: spec.json: exclude-cases: no case matches 12
                        wstck: not used in spec.json: options.failByDrop, "colour", which is no key of such a file
                        wstck: not used: --debug, --testset
                        """);
    }

    @Test
    void withoutASpecTheDefaultIsWrittenAndUsedAgain() throws Exception {
        try (ServerSocket taken = new ServerSocket()) {
            occupy(taken, 9001);
            assertThat(shell.run("wstest", "-m", "fuzzingserver")).isEqualTo(2);
            assertThat(shell.out()).startsWith("Auto-generating spec file 'fuzzingserver.json'\nLoading spec from ");
            assertThat(shell.err())
                    .startsWith("wstck: fuzzingserver.json: url: expected a free port on 127.0.0.1")
                    .endsWith(", found port 9001 in use\n")
                    .hasLineCount(1);
            assertThat(folder.resolve("fuzzingserver.json")).hasContent(DefaultSpec.SERVER);
            assertThat(folder.resolve("reports")).doesNotExist();

            assertThat(shell.run("wstest", "-m", "fuzzingserver")).isEqualTo(2);
            assertThat(shell.out()).startsWith("Using implicit spec file 'fuzzingserver.json'\n");
        }
    }

    @Test
    void overTlsADriverThatTrustsTheCertificatePlays() throws Exception {
        int port = FreePort.find();
        Files.copy(fixture("rsa.crt"), folder.resolve("server.crt"));
        Files.copy(fixture("rsa-pkcs1.key"), folder.resolve("server.key"));
        spec("{\"url\": \"wss://127.0.0.1:%d\", \"key\": \"wrong.key\", \"cert\": \"server.crt\", \"webport\": 0}"
                .formatted(port));
        CompletableFuture<Integer> status = started("-mfuzzingserver", "-sspec.json", "-k", "server.key");
        await(port);

        HttpClient client =
                HttpClient.newBuilder().sslContext(trusting("rsa.crt")).build();
        CompletableFuture<String> count = new CompletableFuture<>();
        try {
            WebSocket socket = client.newWebSocketBuilder()
                    .buildAsync(URI.create("wss://localhost:" + port + "/getCaseCount"), new WebSocket.Listener() {
                        @Override
                        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                            count.complete(data.toString());
                            from.request(1);
                            return null;
                        }
                    })
                    .get(30, TimeUnit.SECONDS);
            assertThat(count.get(30, TimeUnit.SECONDS)).isEqualTo("517");
            socket.abort();
            client.newWebSocketBuilder()
                    .buildAsync(URI.create("wss://localhost:" + port + "/stopServer"), new WebSocket.Listener() {})
                    .get(30, TimeUnit.SECONDS);
        } finally {
            client.shutdownNow();
        }

        assertThat(status.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(shell.out()).contains("drivers connect to wss://", " Fuzzing Server (Port " + port + " TLS)\n");
    }

    @Test
    void itListensOnLoopbackUnlessTheEnvironmentOrAnOptionSaysOtherwise() throws Exception {
        int port = FreePort.find();
        spec("{\"url\": \"ws://0.0.0.0:%d\", \"cases\": [\"1.1.1\"], \"webport\": 0}".formatted(port));

        assertThat(listening("", port)).startsWith("Listening on 127.0.0.1");
        assertThat(listening("0.0.0.0", port)).startsWith("Listening on 0.0.0.0:");
        assertThat(listening("0.0.0.0", port, "--bind", "127.0.0.1")).startsWith("Listening on 127.0.0.1:");
    }

    /**
     * The line in which a process prints its address. The process must then end with status 0 after SIGTERM, as the
     * original does.
     */
    private String listening(String variable, int port, String... more) throws Exception {
        ProcessBuilder builder = KitProcess.of("wstest", "-m", "fuzzingserver", "-s", "spec.json");
        builder.command().addAll(List.of(more));
        builder.environment().put("WSTCK_BIND", variable);
        Process process = builder.directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(concluded(port, "/getCaseCount")).isEqualTo("1");
            // Unlike Process.destroy, this keeps the streams open.
            var _ = process.toHandle().destroy();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            return out.lines()
                    .filter(line -> line.startsWith("Listening"))
                    .findFirst()
                    .orElseThrow();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void theVersionIsTwoLines() {
        assertThat(shell.run("wstest", "--autobahnversion")).isZero();
        assertThat(shell.out().lines()).containsExactly("wstck " + Version.current(), "AutobahnTestsuite 25.10.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wstest | --mode: expected fuzzingserver or fuzzingclient, got no mode",
                "wstest -m fuzzing | --mode: expected one of fuzzingserver, fuzzingclient, echoserver,",
                "wstest -m fuzzingclient -w http://x | --wsuri: expected a ws:// or wss:// URL, got \"http://x\"",
                "wstest -m testeeserver | got testeeserver, which tests the original's own server: not supported",
                "wstest -m massconnect | got massconnect, which opens many connections to a server: not supported",
                "wstest -m fuzzingserver -u 70000 | expected an integer from 0 to 65535, got \"70000\"",
                "wstest -m fuzzingserver --nothing | Unknown option: '--nothing'",
                "wstest -m fuzzingserver -s none.json | --spec: expected a fuzzingserver.json at FOLDER/none.json, found no file",
            })
    void aWrongCommandLineIsOneSentence(String line, String sentence) {
        assertThat(shell.run(line.split(" "))).isEqualTo(2);
        assertThat(shell.err())
                .startsWith("wstck: ")
                .contains(sentence.replace("FOLDER", folder.toString()))
                .hasLineCount(1);
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"url\": | spec.json: expected JSON, found none",
                "{\"outdir\": \"a\"} | spec.json: expected the key url, like \"ws://127.0.0.1:9001\", found none",
                "{\"url\": \"http://localhost\"} | url: expected a ws:// URL, found \"http://localhost\"",
                "{\"url\": \"ws://h:1\", \"webport\": \"x\"} | webport: expected a port from 1 to 65535, or 0 for none, found \"x\"",
                "{\"url\": \"ws://h:1\", \"cases\": [\"8.*\"]} | cases: expected a pattern of case ids, like 1.1.1, 6.* or *, got \"8.*\", which no",
                "{\"url\": \"wss://h:1\", \"cert\": \"server.crt\"} | url: expected the keys cert and key, two PEM files, for wss://, found no key",
                "{\"url\": \"wss://h:1\", \"key\": \"server.key\"} | url: expected the keys cert and key, two PEM files, for wss://, found no cert",
                "{\"url\": \"wss://h:1\", \"cert\": \"no.crt\", \"key\": \"no.key\"} | expected a certificate in a PEM file at FOLDER/no.crt, found no file",
            })
    void aSpecThatCannotBeServedIsOneSentence(String text, String sentence) throws IOException {
        spec(text);

        assertThat(shell.run("wstest", "-m", "fuzzingserver", "-s", "spec.json"))
                .isEqualTo(2);

        assertThat(shell.err())
                .startsWith("wstck: --spec: ")
                .contains(sentence.replace("FOLDER", folder.toString()))
                .hasLineCount(1);
        assertThat(folder.resolve("reports")).doesNotExist();
    }

    @Test
    void aRequestedPortThatIsInUseIsOneSentence() throws Exception {
        int port = FreePort.find();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int busy = taken.getLocalPort();
            spec("{\"url\": \"ws://127.0.0.1:%d\"}".formatted(port));

            assertThat(shell.run("wstest", "-m", "fuzzingserver", "-s", "spec.json", "-u", String.valueOf(busy)))
                    .isEqualTo(2);
            assertThat(shell.err())
                    .isEqualTo("wstck: --webport: expected a free port, found port " + busy + " in use\n");

            spec("{\"url\": \"ws://127.0.0.1:%d\", \"webport\": %d}".formatted(port, busy));
            assertThat(shell.run("wstest", "-m", "fuzzingserver", "-s", "spec.json"))
                    .isEqualTo(2);
            assertThat(shell.err()).isEqualTo("wstck: webport: expected a free port, found port " + busy + " in use\n");
        }
    }

    @Test
    void aDefaultWebPortThatIsInUseIsReportedAndTheCasesAreServed() throws Exception {
        int port = FreePort.find();
        spec("{\"url\": \"ws://127.0.0.1:%d\"}".formatted(port));
        try (ServerSocket taken = new ServerSocket()) {
            occupy(taken, 8080);
            CompletableFuture<Integer> status = started("-m", "fuzzingserver", "-s", "spec.json");
            assertThat(concluded(port, "/getCaseCount")).isEqualTo("517");
            try (TestDriver driver = TestDriver.connect(port, "/stopServer")) {
                driver.closing();
            }

            assertThat(status.get(30, TimeUnit.SECONDS)).isZero();
            assertThat(shell.err())
                    .isEqualTo("wstck: port 8080 is in use, so the reports are only files; -u N shows them on another"
                            + " port, -u 0 never\n");
            assertThat(shell.out()).doesNotContain("http://");
        }
    }

    @Test
    void aFolderForReportsThatCannotBeMadeIsOneSentence() throws Exception {
        Files.writeString(folder.resolve("reports"), "a file");
        spec("{\"url\": \"ws://127.0.0.1:%d\", \"webport\": 0}".formatted(FreePort.find()));

        assertThat(shell.run("wstest", "-m", "fuzzingserver", "-s", "spec.json"))
                .isEqualTo(2);

        assertThat(shell.err())
                .isEqualTo("wstck: outdir: expected a folder, or room for one, at " + folder
                        + "/reports/clients, found neither\n");
    }

    /** Runs the command in its own thread, because it blocks and the common pool may have only one thread. */
    private CompletableFuture<Integer> started(String... arguments) {
        List<String> words = new ArrayList<>(List.of("wstest"));
        words.addAll(List.of(arguments));
        return CompletableFuture.supplyAsync(
                () -> shell.run(words.toArray(String[]::new)),
                task -> Thread.ofPlatform().start(task));
    }

    /** Another program on this port serves the same purpose. */
    private static void occupy(ServerSocket socket, int port) throws IOException {
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (BindException taken) {
            assertThat(taken).hasMessageContaining("in use");
        }
    }

    private void spec(String text) throws IOException {
        Files.writeString(folder.resolve("spec.json"), text);
    }

    /** A file from the test jar of the Autobahn module. */
    private Path fixture(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream content = WstestTest.class.getResourceAsStream("/io/wstck/tck/autobahn/tls/" + name)) {
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    private SSLContext trusting(String certificate) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(fixture(certificate))) {
            store.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** Waits until the server accepts connections. */
    private static void await(int port) throws IOException {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
                assertThat(socket.isConnected()).isTrue();
                return;
            } catch (ConnectException refused) {
                if (System.nanoTime() > limit) {
                    throw refused;
                }
                Thread.onSpinWait();
            }
        }
    }

    private static HttpResponse<String> get(HttpClient browser, int port, String path) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String concluded(int port, String target) throws IOException {
        try (TestDriver driver = TestDriver.connectLater(port, target)) {
            return driver.conclude();
        }
    }

    private static void play(int port, String target) throws IOException {
        try (TestDriver driver = TestDriver.connect(port, target)) {
            driver.echo();
        }
    }

    private static void update(int port, String query) throws IOException {
        try (TestDriver driver = TestDriver.connect(port, "/updateReports?" + query)) {
            driver.closing();
        }
    }
}
