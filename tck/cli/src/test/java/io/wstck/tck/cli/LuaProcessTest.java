package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command lua as a process: its standard streams and signals. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class LuaProcessTest {
    private static final String CTRL_D = "\u0004";

    @TempDir
    private Path folder;

    @Test
    void theStandardInputIsAScriptIfItIsNoTerminal() throws Exception {
        assertThat(fed("print('read', ...)\n", "lua")).isEqualTo("0 read\n");
        assertThat(fed("print('read', ...)\n", "lua", "-", "one", "-e")).isEqualTo("0 read\tone\t-e\n");
        assertThat(fed("error('here')\n", "lua")).isEqualTo("1 ");
        assertThat(err()).isEqualTo("wstck: stdin:1: here\n");
    }

    @Test
    void aScriptIsStoppedWhenNoProgramReadsItsOutput() throws Exception {
        Process lua = start("lua", "-e", "while true do print('more') end");
        try (BufferedReader lines = output(lua)) {
            assertThat(lines.readLine()).isEqualTo("more");
        }

        assertThat(end(lua)).isEqualTo(1);
        assertThat(err()).isEqualTo("wstck: (command line):1: stopped: the standard output is closed\n");
    }

    /** Uses SIGTERM, which a JVM handles like Ctrl-C. A process in the background may ignore SIGINT. */
    @Test
    void aTerminatedScriptClosesItsConnectionWith1001() throws Exception {
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback())) {
            Process lua = start(
                    "lua",
                    "--trace",
                    "-e",
                    "client = require('websocket').connect('ws://"
                            + server.base().getAuthority() + "/echo') print('open') client:channel():receive()");
            try (BufferedReader lines = output(lua)) {
                assertThat(lines.readLine()).isEqualTo("open");

                lua.destroy();

                int terminated = 128 + 15;
                assertThat(end(lua)).isEqualTo(terminated);
            }
            assertThat(err())
                    .containsPattern("→  CLOSE 2 bytes mask=\\w+ 1001 \"\"\n")
                    .contains("←  TCP ended by the server (fin)\n")
                    .doesNotContain("wstck:");
        }
    }

    @Test
    void aTerminalGetsAPromptUntilItsInputEnds() throws Exception {
        Process lua = onATerminal();
        try (OutputStream keys = lua.getOutputStream();
                BufferedReader lines = output(lua)) {
            type(keys, "1 + 1\n");
            assertThat(lineAfter(lines, "Ctrl-D ends")).isEqualTo("> 2");

            type(keys, CTRL_D);

            assertThat(end(lua)).isZero();
        }
    }

    /** Starts the command on a pseudo-terminal. The program script makes one and passes the exit status on. */
    private Process onATerminal() throws IOException {
        assumeThat(Path.of("/usr/bin/script")).isExecutable();
        String command = KitProcess.of("lua").command().stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        return new ProcessBuilder("/usr/bin/script", "-qec", "exec " + command, "/dev/null")
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private static void type(OutputStream keys, String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    private static String lineAfter(BufferedReader lines, String end) throws IOException {
        for (String line = lines.readLine(); !line.endsWith(end); line = lines.readLine()) {
            // The terminal shows the typed lines as well.
        }
        return lines.readLine();
    }

    private Process start(String... arguments) throws IOException {
        return KitProcess.of(arguments)
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private String fed(String input, String... arguments) throws Exception {
        Process lua = start(arguments);
        try (OutputStream in = lua.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(lua.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return end(lua) + " " + out;
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static int end(Process process) throws InterruptedException {
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }
}
