package io.wstck.tck.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** docs/results.md and the table in README.md are what the kept events say. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class ResultsPageTest {
    @Test
    void thePagesAreWhatTheKeptEventsSay() throws Exception {
        Tutorial.requirePython();
        Path script = Example.ROOT.resolve("benchmarks/results");
        Process process = new ProcessBuilder("python3", script.toString(), "--check")
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(printed).isZero();
    }
}
