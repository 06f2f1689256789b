package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.tck.report.ConsoleStyle;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command serve. */
@Timeout(60)
class ServeTest {
    @TempDir
    private Path folder;

    @Test
    void serveListsItsEndpointsServesThemAndClosesWhenInterrupted() throws Exception {
        PipedInputStream printed = new PipedInputStream(1 << 16);
        CompletableFuture<Integer> status = new CompletableFuture<>();
        Thread serving;
        URI base;
        try (PrintStream out = new PrintStream(new PipedOutputStream(printed), true, StandardCharsets.UTF_8);
                BufferedReader lines = new BufferedReader(new InputStreamReader(printed, StandardCharsets.UTF_8))) {
            serving = Thread.ofPlatform().start(() -> status.complete(serve(out, "serve", "--port", "0")));
            Matcher first = Pattern.compile("wstck \\S+ serves (http://127\\.0\\.0\\.1:\\d+/) until Ctrl-C")
                    .matcher(lines.readLine());
            assertThat(first.matches()).isTrue();
            base = URI.create(first.group(1));
            assertThat(lines.readLine()).isEqualTo("  http://127.0.0.1:" + base.getPort() + "/");

            String line = lines.readLine();
            while (!line.startsWith("connect to it by hand: ")) {
                line = lines.readLine();
            }
            Matcher chunk = Pattern.compile("connect to it by hand: ./wstck lua -e '(.+)'")
                    .matcher(line);
            assertThat(chunk.matches()).isTrue();
            Shell shell = new Shell(folder);
            assertThat(shell.run("lua", "-e", chunk.group(1))).isZero();
            assertThat(shell.out()).isEqualTo("hello\n");

            assertThat(get(base.resolve("healthz"))).isEqualTo(200);

            serving.interrupt();
            assertThat(status.get(30, TimeUnit.SECONDS)).isZero();
        }
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), base.getPort()).close())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void withATlsPortTheUrlsOfTheEndpointsOverTlsAndTheAuthorityAreListedToo() throws Exception {
        PipedInputStream printed = new PipedInputStream(1 << 16);
        try (PrintStream out = new PrintStream(new PipedOutputStream(printed), true, StandardCharsets.UTF_8);
                BufferedReader lines = new BufferedReader(new InputStreamReader(printed, StandardCharsets.UTF_8))) {
            CompletableFuture<Integer> status = new CompletableFuture<>();
            Thread serving = Thread.ofPlatform()
                    .start(() -> status.complete(serve(out, "serve", "--port", "0", "--tls-port", "0")));
            Pattern header = Pattern.compile(
                    "the same over TLS, for clients that trust the authority of (http://\\S+/ca\\.pem)");
            Matcher authority = header.matcher(lines.readLine());
            while (!authority.matches()) {
                authority = header.matcher(lines.readLine());
            }
            Pattern echo = Pattern.compile("  wss://localhost:(\\d+)/echo.*");
            Matcher url = echo.matcher(lines.readLine());
            while (!url.matches()) {
                url = echo.matcher(lines.readLine());
            }

            assertThat(get(URI.create(authority.group(1)))).isEqualTo(200);
            new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(url.group(1))).close();

            serving.interrupt();
            assertThat(status.get(30, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void aBusyPortIsOneSentence() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Shell shell = new Shell(folder);

            int status = shell.run("serve", "--port", Integer.toString(taken.getLocalPort()));

            assertThat(status).isEqualTo(2);
            assertThat(shell.err()).contains("port " + taken.getLocalPort()).hasLineCount(1);
            assertThat(shell.out()).isEmpty();
        }
    }

    private int serve(PrintStream out, String... arguments) {
        PrintStream err = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        CliEnvironment environment = new CliEnvironment(
                out,
                err,
                folder,
                List.of("./wstck"),
                ConsoleStyle.Screen.STREAM,
                ConsoleStyle.Colour.PLAIN,
                () -> TerminalWidth.DEFAULT);
        return CommandLineTool.run(environment, arguments);
    }

    private static int get(URI uri) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
