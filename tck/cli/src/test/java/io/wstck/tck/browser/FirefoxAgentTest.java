package io.wstck.tck.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.cli.KitProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The kit opens Firefox, judges it by the WHATWG standard, and leaves no process or files behind. */
@NeedsFirefox
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("processors")
class FirefoxAgentTest {
    @TempDir
    private Path folder;

    @Test
    void firefoxIsOpenedAndJudgedByTheWhatwgStandardAndItsProfileIsDeleted() throws Exception {
        Path temporary = Files.createDirectories(folder.resolve("temporary"));
        Process kit = KitProcess.withOptions(
                        List.of("-Djava.io.tmpdir=" + temporary),
                        "run",
                        "--report",
                        folder.resolve("report").toString(),
                        "--browser=firefox",
                        "--only",
                        "web.close-e*",
                        "--only",
                        "web.url-schemes-http",
                        "--only",
                        "close.default-code",
                        "--only",
                        "masking.server-text")
                .redirectErrorStream(true)
                .start();
        String out = new String(kit.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(kit.waitFor()).as(out).isEqualTo(1);
        assertThat(out)
                .contains("Firefox ", "(JavaScript) · profile web")
                .contains("FAILED masking.server-text", "got text message \"masked\"")
                .contains("skipped: the WHATWG standard demands otherwise: web.close-empty")
                .contains(" 1 failed, ", " 1 skipped, ", " 0 inconclusive");
        assertThat(temporary).isEmptyDirectory();
    }
}
