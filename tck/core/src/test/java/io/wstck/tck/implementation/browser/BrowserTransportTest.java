package io.wstck.tck.implementation.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.implementation.AuthorityFile;
import io.wstck.tck.implementation.NotJudgedReason;
import io.wstck.tck.implementation.agent.AgentException;
import io.wstck.tck.implementation.agent.AgentLink;
import io.wstck.tck.machine.Executables;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests the server of the agent page over HTTP. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class BrowserTransportTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final BlockingQueue<String> addresses = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newHttpClient();
    private BrowserTransport transport;

    @BeforeEach
    void aTransport() throws AgentException {
        transport = new BrowserTransport(0, new BrowserTransport.Opener.HumanUser(LONG, addresses::add));
    }

    @AfterEach
    void closeAll() {
        transport.close();
        http.shutdownNow();
        threads.shutdownNow();
    }

    /** A page whose session has started. */
    private record OpenedPage(AgentLink link, InputStream requests) {}

    private OpenedPage meet() throws Exception {
        Future<AgentLink> link = threads.submit(transport::start);
        InputStream requests = offer("first", "Browser/1").body();
        return new OpenedPage(link.get(30, TimeUnit.SECONDS), requests);
    }

    private String address() throws InterruptedException {
        String address = addresses.poll(30, TimeUnit.SECONDS);
        assertThat(address).isNotNull();
        addresses.add(address);
        return address;
    }

    private HttpResponse<InputStream> offer(String page, String browser) throws Exception {
        return post("requests?" + page, "", "User-Agent", browser);
    }

    private HttpResponse<InputStream> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address() + path))
                .timeout(LONG)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return http.send(request.headers(headers).build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private static String text(HttpResponse<InputStream> response) throws Exception {
        return new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void linesGoToThePageAndItsAnswersComeBack() throws Exception {
        OpenedPage met = meet();
        met.link().output().write("{\"id\":1}\n".getBytes(StandardCharsets.UTF_8));
        met.link().output().flush();
        assertThat(line(met.requests())).isEqualTo("{\"id\":1}");

        assertThat(post("answers?first", "one\ntwo\n", "User-Agent", "Browser/1")
                        .statusCode())
                .isEqualTo(204);
        assertThat(line(met.link().input())).isEqualTo("one");
        assertThat(line(met.link().input())).isEqualTo("two");
    }

    /** The next line that is not empty. */
    private static String line(InputStream in) throws Exception {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next != '\n') {
                line.append((char) next);
            } else if (!line.isEmpty()) {
                return line.toString();
            }
        }
        return line + " and no more";
    }

    @Test
    void aSecondPageLearnsThatAnotherIsTested() throws Exception {
        meet();

        HttpResponse<InputStream> second = offer("second", "Browser/1");
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(text(second)).isEqualTo("Another page is being tested. This one waits for its turn.");
        assertThat(post("answers?second", "{}\n", "User-Agent", "Browser/1").statusCode())
                .isEqualTo(410);
    }

    @Test
    void aSecondBrowserIsRefused() throws Exception {
        OpenedPage met = meet();
        met.link().close();
        Future<AgentLink> next = threads.submit(transport::start);
        assertThat(addresses.poll(30, TimeUnit.SECONDS)).isNotNull();

        HttpResponse<InputStream> other = offer("second", "Browser/2");
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(text(other)).isEqualTo("Expected the browser that this run tests, Browser/1, got Browser/2.");
        assertThat(offer("third", "Browser/1").statusCode()).isEqualTo(200);
        next.get(30, TimeUnit.SECONDS).close();
    }

    @Test
    void anotherOriginCanNeitherReadNorDriveThePage() throws Exception {
        meet();

        HttpResponse<InputStream> foreign =
                post("answers?first", "{}\n", "User-Agent", "Browser/1", "Origin", "http://elsewhere.example");
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(foreign.headers().firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
        assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        URI page = URI.create(address());
        assertThat(status(page, page.getPath(), page.getAuthority())).isEqualTo("HTTP/1.1 200 OK");
        // DNS rebinding: a foreign name that resolves to this machine.
        assertThat(status(page, page.getPath(), "rebound.example:" + page.getPort()))
                .isEqualTo("HTTP/1.1 404 Not Found");
        assertThat(status(page, "/", page.getAuthority())).isEqualTo("HTTP/1.1 404 Not Found");
        assertThat(status(page, "/guessed/", page.getAuthority())).isEqualTo("HTTP/1.1 404 Not Found");
    }

    private static String status(URI page, String path, String host) throws Exception {
        try (Socket socket = new Socket(page.getHost(), page.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.lines().findFirst().orElse("nothing");
        }
    }

    @Test
    void aPageThatAnnouncesItsEndIsClosedAndAnyOtherIsLost() throws Exception {
        OpenedPage closed = meet();
        assertThat(post("gone?first", "", "User-Agent", "Browser/1").statusCode())
                .isEqualTo(204);
        assertThat(closed.link().input().read()).isEqualTo(-1);
        assertThat(closed.link().loss()).isEqualTo(NotJudgedReason.LossKind.CLOSED_BY_USER);
        assertThat(closed.link().ending()).isEqualTo("its page was closed, or loaded again");
        closed.link().close();
        addresses.clear();

        OpenedPage lost = meet();
        lost.requests().close();
        assertThat(lost.link().input().read()).isEqualTo(-1);
        assertThat(lost.link().loss()).isEqualTo(NotJudgedReason.LossKind.DIED);
        assertThat(lost.link().ending()).isEqualTo("its page was lost");
    }

    @Test
    void anErrorReportsThatNoBrowserCame() throws Exception {
        try (BrowserTransport lonely =
                new BrowserTransport(0, new BrowserTransport.Opener.HumanUser(Duration.ofSeconds(1), addresses::add))) {
            assertThatThrownBy(lonely::start)
                    .isInstanceOf(AgentException.class)
                    .hasMessageMatching(
                            "expected a browser to open http://127\\.0\\.0\\.1:[0-9]+/[0-9a-z]+/ within 1 s, none did");
        }
    }

    @Test
    void anErrorNamesAPortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> new BrowserTransport(
                            taken.getLocalPort(), new BrowserTransport.Opener.HumanUser(LONG, addresses::add)))
                    .isInstanceOf(AgentException.class)
                    .hasMessage("--browser: cannot serve the page at port " + taken.getLocalPort()
                            + ": Address already in use");
        }
    }

    @Test
    void anErrorHasTheOutputOfABrowserThatEndsEarly() throws Exception {
        assertOpeningFails(
                "no-browser",
                "echo no display\nexit 7",
                "expected a browser to open http://\\S+, but it ended \\(exit status 7\\): no display");
    }

    @Test
    void aProgramNamedFirefoxGetsFirefoxsOptions() throws Exception {
        assertOpeningFails(
                "my-firefox",
                "echo \"$@\"; grep -c user_pref \"$5/user.js\"; echo in $HOME\nexit 7",
                ".*--headless --no-remote --new-instance --profile (\\S+) http://\\S+ \\| [0-9]+ \\| in \\1");
    }

    /** Opens a shell script of that name as a browser. */
    private static void assertOpeningFails(String name, String script, String message) throws Exception {
        Path program = Files.createTempFile(name, ".sh");
        try {
            Executables.script(program, script);
            try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback());
                    AuthorityFile trust = AuthorityFile.of(server::authorityPem);
                    BrowserTransport failing = new BrowserTransport(
                            0, new BrowserTransport.Opener.Kit(Browser.named(program.toString()), trust))) {
                assertThatThrownBy(failing::start)
                        .isInstanceOf(AgentException.class)
                        .hasMessageMatching(message);
            }
        } finally {
            Files.delete(program);
        }
    }

    @Test
    void anErrorNamesAMissingBrowser() {
        assertThatThrownBy(() -> Browser.named("netscape"))
                .hasMessage("--browser: expected chrome, chromium, edge, firefox or the path of a program that takes"
                        + " Chromium's or Firefox's options, got \"netscape\"; without a name the page can be opened in"
                        + " any browser");
        assertThatThrownBy(() -> Browser.named("/no/such/browser"))
                .hasMessage("--browser: expected a program that can be run at /no/such/browser, found none");
    }
}
