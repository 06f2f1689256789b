package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A limit on the file size simulates a full disk: a write fails in the middle of a file. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
@Execution(ExecutionMode.CONCURRENT)
class FullDiskTest {
    /** The limit in blocks of 512 bytes. */
    private static final int BLOCKS = 16;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeCases() throws IOException {
        String[] sums = new String[40];
        for (int number = 0; number < sums.length; number++) {
            sums[number] = "a" + number + "=2";
        }
        SumCases.write(folder, sums);
    }

    @Test
    void aRunThatCannotWriteItsEventsSaysSoAndKeepsWholeLines() throws Exception {
        assertThat(limited("run", "--cases", "cases", "--jobs", "1")).isEqualTo(3);
        assertThat(err().lines())
                .singleElement()
                .asString()
                .startsWith("wstck: the kit could not judge: cannot write target/wstck/events.ndjson: ");

        Shell shell = new Shell(folder);
        assertThat(shell.run("report")).isEqualTo(3);
        assertThat(shell.err()).contains(" is truncated: expected run-finished after its ", " of 40 cases");
    }

    @Test
    void aReportThatCannotBeWrittenLeavesTheEarlierOne() throws Exception {
        assertThat(new Shell(folder).run("run", "--cases", "cases")).isZero();
        Path html = folder.resolve("target/wstck/report.html");
        byte[] before = Files.readAllBytes(html);

        assertThat(limited("report", "--format", "html")).isEqualTo(2);
        assertThat(err().lines())
                .singleElement()
                .asString()
                .startsWith("wstck: cannot write target/wstck/report.html: ");
        assertThat(html).hasBinaryContent(before);
        try (var files = Files.list(html.getParent())) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.endsWith(".part"));
        }
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"), StandardCharsets.UTF_8);
    }

    /** Runs a command of the kit in a process with the limit. */
    private int limited(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f " + BLOCKS + " && exec \"$@\"", "sh"));
        // The JVM's file of performance counters would exceed the limit.
        command.addAll(
                KitProcess.withOptions(List.of("-XX:-UsePerfData"), arguments).command());
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve("err").toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
