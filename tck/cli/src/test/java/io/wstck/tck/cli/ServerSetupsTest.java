package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.machine.Executables;
import io.wstck.tck.machine.FreePort;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Scripts with which projects test their servers run unchanged, with this kit's wstest on the path. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class ServerSetupsTest {
    /** Guards against a hang alone: on a busy machine a script takes minutes. */
    private static final long LONG_SECONDS = 280;

    @TempDir
    private Path folder;

    @Test
    void aScriptThatJudgesTheIndexWithGrep() throws Exception {
        run("server-one.sh");

        assertThat(folder.resolve("log"))
                .content()
                .contains("\nOk, will run 247 test cases against 1 servers\n")
                .contains("\nAgent my-server passed 247 of 247 cases\n");
    }

    @Test
    void severalServersOfWhichOneIsDown() throws Exception {
        run("server-several.sh");
    }

    @Test
    void aMakefileInAFolderWithoutASpec() throws Exception {
        Assumptions.assumeTrue(
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "make"))),
                "there is no make on the PATH");
        run("server-make.sh");
    }

    private void run(String script) throws Exception {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path wstest = bin.resolve("wstest");
        Executables.script(wstest, "exec " + kit() + " \"$@\"");
        Path file = folder.resolve(script);
        try (InputStream text = ServerSetupsTest.class.getResourceAsStream("setups/" + script)) {
            Files.write(file, text.readAllBytes());
        }
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback())) {
            play(file, bin, server.port());
        }
    }

    private void play(Path script, Path bin, int port) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().put("PATH", bin + File.pathSeparator + System.getenv("PATH"));
        builder.environment().put("PORT", String.valueOf(port));
        builder.environment().put("DOWN", String.valueOf(FreePort.find()));
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(LONG_SECONDS, TimeUnit.SECONDS);
            assertThat(ended && process.exitValue() == 0)
                    .as(() -> read(folder.resolve("log")))
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroyForcibly();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException none) {
            return "no output: " + none;
        }
    }

    private static String kit() {
        return KitProcess.of("wstest").command().stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
    }
}
