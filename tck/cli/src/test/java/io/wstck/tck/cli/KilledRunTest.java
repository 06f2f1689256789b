package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.machine.FolderSnapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run ends early in a folder with the reports of an earlier run. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
@Execution(ExecutionMode.CONCURRENT)
class KilledRunTest {
    /** The second case never ends. */
    private static final String CASES = """
            case "first.done" {
              clause = "module.load",
              title = "it ends",
              client = function(t) t:equal(1, 1, "one") end,
            }
            case "second.waits" {
              clause = "module.load",
              title = "it does not end",
              limit = "100s",
              heavy = true,
              client = function(t) require("time").sleep("90s") end,
            }
            """;

    @TempDir
    private Path folder;

    private Path reports;

    @BeforeEach
    void recordARun() throws IOException {
        Files.createDirectory(folder.resolve("cases"));
        Files.writeString(folder.resolve("cases/a.lua"), CASES);
        assertThat(new Shell(folder).run("run", "--cases", "cases", "--only", "first.done"))
                .isZero();
        reports = folder.resolve("target/wstck");
        Files.writeString(reports.resolve("notes.txt"), "the user's own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "TERM"})
    void killedBeforeItsFirstResultARunKeepsTheEarlierFiles(String signal) throws Exception {
        SortedMap<String, String> before = FolderSnapshot.of(reports);

        Process run = start("--only", "second.waits");
        try (BufferedReader out = run.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).contains(" · 1 case · ");
            end(run, signal);
            if (signal.equals("TERM")) {
                assertThat(run.exitValue()).isEqualTo(3);
                assertThat(out.lines()).noneMatch(line -> line.startsWith("reports: "));
                assertThat(run.errorReader(StandardCharsets.UTF_8).lines())
                        .anyMatch(
                                line -> line.contains("no case had finished, and ") && line.endsWith(" is unchanged"));
            }
        } finally {
            run.destroyForcibly();
        }

        assertThat(FolderSnapshot.of(reports)).isEqualTo(before);
    }

    @Test
    void killedAfterItsFirstResultARunLeavesTruncatedFilesAndNoEarlierReport() throws Exception {
        Process run = startAndFinishOneCase();
        end(run, "KILL");

        assertThat(FolderSnapshot.of(reports))
                .containsOnlyKeys("events.ndjson", "evidence.ndjson.gz", "notes.txt")
                .containsEntry("notes.txt", "the user's own");
        Shell shell = new Shell(folder);
        assertThat(shell.run("rejudge", "--cases", "cases")).isEqualTo(3);
        assertThat(shell.err()).contains("evidence.ndjson.gz is truncated");
        assertThat(shell.run("known")).isEqualTo(3);
        assertThat(shell.err()).contains("is truncated: expected run-finished after its 1 of 2 cases");
        assertThat(shell.run("report")).isEqualTo(3);
        assertThat(Files.readString(reports.resolve("report.md")))
                .contains("wstck: truncated", "The events are truncated after 1 of 2 cases");
    }

    @Test
    void terminatedAfterItsFirstResultARunWritesItsReports() throws Exception {
        SortedMap<String, String> before = FolderSnapshot.of(reports);
        Process run = startAndFinishOneCase();
        end(run, "TERM");

        SortedMap<String, String> after = FolderSnapshot.of(reports);
        assertThat(after.keySet()).isEqualTo(before.keySet());
        assertThat(after.get("report.md")).contains("wstck: interrupted");
        Shell shell = new Shell(folder);
        assertThat(shell.run("rejudge", "--cases", "cases")).isZero();
        assertThat(shell.out()).contains("verdicts: 1 the same");
    }

    private Process startAndFinishOneCase() throws Exception {
        Path events = reports.resolve("events.ndjson");
        Path evidence = reports.resolve("evidence.ndjson.gz");
        byte[] eventsBefore = Files.readAllBytes(events);
        byte[] evidenceBefore = Files.readAllBytes(evidence);
        Process run = start("--jobs", "1");
        // The run opens the files one after the other.
        while (!isNew(events, eventsBefore) || !isNew(evidence, evidenceBefore)) {
            assertThat(run.waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
        }
        assertThat(Files.readAllLines(events)).hasSize(2);
        assertThat(events).content().contains("\"id\":\"first.done\"").doesNotContain("run-finished");
        return run;
    }

    private static boolean isNew(Path file, byte[] before) throws IOException {
        try {
            return !Arrays.equals(Files.readAllBytes(file), before);
        } catch (NoSuchFileException betweenOldAndNew) {
            return false;
        }
    }

    private static void end(Process run, String signal) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(run.pid()))
                .start()
                .waitFor();
        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private Process start(String... options) throws IOException {
        String[] command = new String[options.length + 3];
        System.arraycopy(new String[] {"run", "--cases", "cases"}, 0, command, 0, 3);
        System.arraycopy(options, 0, command, 3, options.length);
        return KitProcess.of(command).directory(folder.toFile()).start();
    }
}
