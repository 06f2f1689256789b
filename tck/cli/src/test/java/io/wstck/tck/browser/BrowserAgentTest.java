package io.wstck.tck.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.cli.KitProcess;
import io.wstck.tck.cli.Shell;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Judges the WebSocket of a real browser. The kit or the user opens the browser. */
@NeedsChromium
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("processors")
class BrowserAgentTest {
    private static final String WAITS = """
            case "waits" {
              clause = "receive.message", title = "a message that does not come", server = echo, limit = "60s",
              client = function(t)
                local client = t:connect()
                client:channel():receive()
              end,
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void thePageIsAnAgentThatPassesTheSmokeTest() {
        Shell shell = new Shell(folder);

        assertThat(shell.run("smoke", "--browser", Chromium.program().toString()))
                .as(shell.out() + shell.err())
                .isZero();
        assertThat(shell.out())
                .contains("(JavaScript), capabilities [\"subprotocols\",\"web\"")
                .endsWith("judge its client with `run`\n");
    }

    @Test
    void aBrowserIsJudgedAndItsMissingCapabilitiesAreSkippedWithTheReason() {
        Shell shell = new Shell(folder);
        List<String> command =
                new ArrayList<>(List.of("run", "--browser", Chromium.program().toString(), "--report", "report"));
        Stream.of(
                        "headers.sent-custom",
                        "send.binary-all-bytes",
                        "send.invalid-*",
                        "close.application-code-*",
                        "close.documented-code-1001",
                        "web.close-*",
                        "web.none-selected",
                        "close.default-code",
                        "fragmentation.nested-*",
                        "ping.frame",
                        "dial-timeout.silent-peer",
                        "compression.takeover-constant")
                .forEach(pattern -> command.addAll(List.of("--only", pattern)));

        assertThat(shell.run(command.toArray(String[]::new))).as(shell.out()).isZero();

        assertThat(shell.out())
                .contains(" · profile web · ")
                .contains("does not have: headers")
                .contains("does not have: ping")
                .contains("does not have: timeouts")
                .contains("does not have: compression")
                .contains("skipped: a browser takes text as a string, which cannot hold invalid UTF-8")
                .contains("skipped: the WHATWG standard demands otherwise: web.close-empty")
                .contains("skipped: the WHATWG standard demands otherwise: web.close-code-refused")
                .contains(" 0 failed, ", " 0 warned, ", " 0 inconclusive");
    }

    @Test
    void aClosedPageIsNotAFailureOfItsBrowser() throws Exception {
        Files.writeString(folder.resolve("waits.lua"), WAITS);
        Process kit = kit("--browser");
        try (BufferedReader errors = kit.errorReader(StandardCharsets.UTF_8);
                Chromium browser = Chromium.open(800, 600)) {
            String address = asked(errors);
            browser.go(address);
            browser.awaitText("#connections", "1"::equals);
            assertThat(browser.find("#state").getText()).isEqualTo("This browser is being judged.");
            assertThat(browser.accessibilityErrors()).isEmpty();

            browser.go("about:blank");
            // The kit plays the case again alone, because another case may have caused the failure.
            assertThat(asked(errors)).isEqualTo(address);
            browser.go(address);
            browser.awaitText("#connections", "1"::equals);
            browser.go("about:blank");

            String out = new String(kit.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(kit.waitFor()).as(out).isEqualTo(3);
            assertThat(out).contains("INCONCLUSIVE waits", "the agent ended: its page was closed, or loaded again");
        } finally {
            kit.destroyForcibly();
        }
    }

    @Test
    void theBrowserEndsWhenTheKitIsTerminated() throws Exception {
        Files.writeString(folder.resolve("waits.lua"), WAITS);
        Process kit = kit("--browser", Chromium.program().toString());
        Path temporary = temporary();
        try (BufferedReader lines = kit.inputReader(StandardCharsets.UTF_8)) {
            // The kit prints the first line when the page has connected.
            assertThat(lines.readLine()).contains("(JavaScript)");
            List<ProcessHandle> browser = kit.descendants().toList();
            assertThat(browser).isNotEmpty();
            assertThat(temporary).isNotEmptyDirectory();

            // Runs the shutdown hooks of the JVM, as Ctrl-C does.
            kit.destroy();

            assertThat(kit.waitFor(30, TimeUnit.SECONDS)).isTrue();
            for (ProcessHandle one : browser) {
                one.onExit().get(10, TimeUnit.SECONDS);
            }
            assertThat(temporary).isEmptyDirectory();
        } finally {
            kit.destroyForcibly();
        }
    }

    /** The address that the kit asks the user to open. */
    private static String asked(BufferedReader errors) throws IOException {
        String line = errors.readLine();
        assertThat(line).startsWith("wstck: open http://127.0.0.1:");
        return line.replaceFirst("wstck: open (\\S+) .*", "$1");
    }

    private Path temporary() throws IOException {
        return Files.createDirectories(folder.resolve("temporary"));
    }

    private Process kit(String... arguments) throws IOException {
        return KitProcess.judging(folder, List.of("-Djava.io.tmpdir=" + temporary()), arguments)
                .start();
    }
}
