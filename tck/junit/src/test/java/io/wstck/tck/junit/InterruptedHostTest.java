package io.wstck.tck.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.report.EventsReader;
import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.run.RunSummary.Conclusion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A client in the kit's own JVM interrupts the kit's threads. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class InterruptedHostTest {
    @TempDir
    private Path folder;

    @Test
    void aClientThatInterruptsEveryThreadEndsTheRunWithASentenceAndItsReports() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        InterruptedHost.class.getName(),
                        folder.toString())
                .redirectError(folder.resolve("err").toFile())
                .start();
        try {
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(printed.lines())
                    .as(Files.readString(folder.resolve("err")))
                    .containsExactly(
                            "the run was interrupted before its end, by the client or by another part of this JVM;"
                                    + " the results so far are in " + folder);
        } finally {
            process.destroyForcibly();
        }
        RecordedRun run = EventsReader.read(folder.resolve("events.ndjson"));
        assertThat(run.cases()).isNotEmpty();
        assertThat(run.footer().conclusion()).isEqualTo(Conclusion.INTERRUPTED);
        assertThat(folder.resolve("report.html")).exists();
    }
}
