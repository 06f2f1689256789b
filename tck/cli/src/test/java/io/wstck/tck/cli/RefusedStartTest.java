package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.machine.FreePort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same obstacle is one sentence and the same exit status in all commands. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class RefusedStartTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void openAShell() {
        shell = new Shell(folder);
    }

    private void spec(String outDir, int port) throws Exception {
        Files.writeString(
                folder.resolve("spec.json"),
                "{\"url\": \"ws://127.0.0.1:%d\", \"servers\": [{\"url\": \"ws://127.0.0.1:9\"}], \"webport\": 0, \"outdir\": \"%s\"}"
                        .formatted(port, outDir));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run --only close.default --report file/reports",
                "autobahn-run --cases 1.1.1 --outdir file/reports",
                "autobahn-run --cases 1.1.1 --outdir file/reports --server ws://127.0.0.1:9",
                "serve --autobahn --port 0 --outdir file/reports",
                "wstest -m fuzzingserver -s spec.json",
                "wstest -m fuzzingclient -s spec.json"
            })
    void aFolderThatCannotBeWrittenIsStatusTwo(String line) throws Exception {
        Files.writeString(folder.resolve("file"), "a file, and no folder");
        spec("file/reports", FreePort.find());

        assertThat(shell.run(line.split(" "))).as(shell.err()).isEqualTo(2);

        assertThat(shell.err())
                .contains("expected a folder, or room for one, at ")
                .contains("file/reports, found neither")
                .satisfies(text -> assertThat(text.lines().filter(sentence -> sentence.contains("room for one")))
                        .hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run --only close.default --agent ./agent --agent-listen PORT",
                "serve --port PORT",
                "serve --autobahn --port PORT",
                "autobahn-run --cases 1.1.1 --port PORT",
                "wstest -m fuzzingserver -s spec.json"
            })
    void aPortThatIsInUseIsStatusTwo(String line) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            spec("reports", taken.getLocalPort());

            assertThat(shell.run(line.replace("PORT", port).split(" ")))
                    .as(shell.err())
                    .isEqualTo(2);

            assertThat(shell.err()).contains(port);
            assertThat(folder.resolve("reports")).doesNotExist();
        }
    }
}
