package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.report.EventsReader;
import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.run.RunSummary.Conclusion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Ctrl-C during a run. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
@Execution(ExecutionMode.CONCURRENT)
class ShutdownInterruptTest {
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

    @BeforeEach
    void writeCases() throws IOException {
        Files.createDirectory(folder.resolve("cases"));
        Files.writeString(folder.resolve("cases/a.lua"), CASES);
    }

    /** Uses SIGTERM, which a JVM handles like Ctrl-C. A process in the background may ignore SIGINT. */
    @Test
    void aTerminatedRunKeepsItsResultsAndIsStatusThree() throws Exception {
        Path events = folder.resolve("target/wstck/events.ndjson");
        Process run = start("run", "--cases", "cases", "--jobs", "1");
        awaitLines(run, events, 2);

        new ProcessBuilder("kill", "-TERM", Long.toString(run.pid())).start().waitFor();

        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).isEqualTo(3);
        assertThat(Files.readString(folder.resolve("out")))
                .contains("1 case in ", "interrupted: cases that had not run are not judged");
        assertThat(Files.readString(folder.resolve("err")))
                .contains("the run was interrupted before its end; the results so far are in ");
        RecordedRun recorded = EventsReader.read(events);
        assertThat(recorded.cases()).extracting(result -> result.id()).containsExactly("first.done");
        assertThat(recorded.footer().conclusion()).isEqualTo(Conclusion.INTERRUPTED);
        Shell shell = new Shell(folder);
        assertThat(shell.run("diff", "target/wstck", "target/wstck")).isEqualTo(3);
        assertThat(shell.err()).contains("events.ndjson was interrupted: it has 1 of 2 cases");
        assertThat(Files.readString(folder.resolve("target/wstck/report.md")))
                .contains("wstck: interrupted", "The run was interrupted after 1 of 2 cases.");
    }

    @Test
    void aRunThatWasKilledLeavesEventsWithoutAFooter() throws Exception {
        Path events = folder.resolve("target/wstck/events.ndjson");
        Process run = start("run", "--cases", "cases", "--jobs", "1");
        awaitLines(run, events, 2);

        run.destroyForcibly().waitFor();

        Shell shell = new Shell(folder);
        assertThat(shell.run("report")).isEqualTo(3);
        assertThat(shell.err()).contains(" is truncated: expected run-finished after its 1 of 2 cases");
        assertThat(Files.readString(folder.resolve("target/wstck/report.md")))
                .contains("wstck: truncated", "The events are truncated after 1 of 2 cases");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve --port 0", "serve --port 0 --autobahn --outdir ."})
    void aTerminatedServerClosesAtOnce(String command) throws Exception {
        Process server = start(command.split(" "));
        awaitLines(server, folder.resolve("out"), 1);

        new ProcessBuilder("kill", "-TERM", Long.toString(server.pid())).start().waitFor();

        assertThat(server.waitFor(15, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isEqualTo(143);
        assertThat(Files.readString(folder.resolve("out"))).endsWith("closed\n");
    }

    private Process start(String... arguments) throws IOException {
        return KitProcess.of(arguments)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    /** Waits until a process has written this number of lines. Fails if the process ends earlier. */
    private static void awaitLines(Process run, Path events, int lines) throws Exception {
        while (!Files.exists(events) || Files.readAllLines(events).size() < lines) {
            assertThat(run.waitFor(50, TimeUnit.MILLISECONDS)).isFalse();
        }
    }
}
