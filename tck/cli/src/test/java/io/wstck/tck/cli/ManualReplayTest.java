package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wstck.tck.machine.Executables;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs the steps that {@code explain} prints for playing a case by hand. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
@Execution(ExecutionMode.CONCURRENT)
class ManualReplayTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void putTheKitIntoTheFolder() throws IOException {
        shell = new Shell(folder);
        Executables.script(
                folder.resolve("wstck"),
                "exec '" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -cp '"
                        + System.getProperty("java.class.path") + "' " + Main.class.getName() + " \"$@\"");
    }

    @Test
    void aKitBelowAFolderWithABlankIsQuoted() {
        Shell elsewhere = new Shell(folder, "/my kits/wstck");

        elsewhere.run("explain", "close.default-code", "--curl");

        assertThat(elsewhere.out())
                .contains("    $ '/my kits/wstck' serve\n")
                .contains("    $ '/my kits/wstck' explain close.default-code --scenario | curl")
                .endsWith("rerun        '/my kits/wstck' run --only close.default-code\n");
    }

    @Test
    void thePrintedStepsPlayTheCaseOnTheWire() throws Exception {
        shell.run("explain", "close.default-code", "--curl");
        List<String> steps = shell.out()
                .lines()
                .filter(line -> line.startsWith("    $ "))
                .map(line -> line.substring(6))
                .toList();
        assertThat(steps).hasSize(4).first().isEqualTo("./wstck serve");

        Process server = new ProcessBuilder("/bin/sh", "-c", "exec " + steps.getFirst() + " --port 0")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            String base = base(lines.readLine());
            JsonNode session = json(typed(steps.get(1), base, ""));

            connect(URI.create(session.path("urls").path("main").asText()));
            JsonNode ended = json(typed(steps.get(2), base, session.path("id").asText()));
            JsonNode journal = json(typed(steps.get(3), base, session.path("id").asText()));

            assertThat(ended.path("settled").asBoolean()).isTrue();
            assertThat(journal.path("name").asText()).isEqualTo("close.default-code");
            assertThat(journal.path("entries"))
                    .extracting(entry -> entry.path("type").asText())
                    .contains("request", "message", "step");
            assertThat(session.path("journal").asText())
                    .endsWith("/journals/" + session.path("id").asText());
        } finally {
            server.destroy();
            server.waitFor(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void theStepsArePrintedForAFailedCaseByDefault() throws Exception {
        Files.createDirectory(folder.resolve("cases"));
        Files.writeString(folder.resolve("cases/a.lua"), """
                case "wrong" {
                  clause = "close.default", title = "it is wrong", server = echo,
                  client = function(t) t:alive(t:connect()) t:equal(1, 2, "one") end,
                }
                case "right" {
                  clause = "close.default", title = "it is right", server = echo,
                  client = function(t) t:alive(t:connect()) end,
                }
                """);
        shell.run("run", "--cases", "cases");

        shell.run("explain", "--cases", "cases", "wrong");
        assertThat(shell.out())
                .contains("last run     FAILED", "\nby hand      start the server")
                .contains("    $ ./wstck explain --cases cases wrong --scenario | curl -s"
                        + " -H 'Content-Type: application/json' --data-binary @- http://");
        shell.run("explain", "--cases", "cases", "right");
        assertThat(shell.out()).contains("last run     PASSED").doesNotContain("by hand");
    }

    @Test
    void aCaseWithoutAServerHasNoScenario() {
        assertThat(shell.run("explain", "module.load", "--scenario")).isEqualTo(2);
        assertThat(shell.err())
                .isEqualTo("wstck: --scenario: expected a case that has a server, got \"module.load\"\n");
        shell.run("explain", "module.load", "--curl");
        assertThat(shell.out()).contains("by hand      the case has no server");
    }

    private static String base(String firstLine) {
        Matcher told =
                Pattern.compile("wstck \\S+ serves (http://\\S+)/ until Ctrl-C").matcher(firstLine);
        assertThat(told.matches()).as(firstLine).isTrue();
        return told.group(1);
    }

    /** The shell's output of a step, with the address of this test's server. */
    private String typed(String step, String base, String id) throws Exception {
        String command = step.replace("http://127.0.0.1:8080", base).replace("ID", id);
        Process process = new ProcessBuilder("/bin/sh", "-c", command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(command).isZero();
        return out;
    }

    /** Another client: it sends one message and closes. */
    private static void connect(URI url) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            WebSocket socket = client.newWebSocketBuilder()
                    .buildAsync(url, new WebSocket.Listener() {})
                    .get(30, TimeUnit.SECONDS);
            socket.sendText("hello", true).get(30, TimeUnit.SECONDS);
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(30, TimeUnit.SECONDS);
            socket.abort();
        }
    }

    private static JsonNode json(String text) throws IOException {
        return new JsonMapper().readTree(text);
    }
}
