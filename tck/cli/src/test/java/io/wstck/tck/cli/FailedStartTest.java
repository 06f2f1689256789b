package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.wstck.tck.implementation.agent.FaultyAgent;
import io.wstck.tck.machine.FolderSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands that fail early, or that write nothing, keep the files of an earlier run. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class FailedStartTest {
    private static final String REPORTS = "target/wstck";

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void recordARun() throws Exception {
        shell = new Shell(folder);
        SumCases.write(folder, "a=2", "b=3");
        assertThat(shell.run("run", "--cases", "cases")).isEqualTo(1);
        Files.writeString(folder.resolve(REPORTS).resolve("notes.txt"), "the user's own");
    }

    static Stream<Arguments> failing() {
        return Stream.of(
                arguments(2, run("--agent", "nosuchprogram")),
                arguments(3, run("--agent", FaultyAgent.command("die:hello"))),
                arguments(3, run("--agent", FaultyAgent.command("garbage:hello"))),
                arguments(3, run("--agent-listen", "0", "--agent", FaultyAgent.command("die:hello"))),
                arguments(2, run("--agent-listen", "99999")),
                arguments(2, run("--browser=nosuch")),
                arguments(2, run("--browser", "--agent", "nosuchprogram")),
                arguments(2, run("--only", "nosuch")),
                arguments(2, run("--known", "nowhere.yaml")),
                arguments(2, run("--shard", "3/2")),
                arguments(2, run("--jobs", "0")),
                arguments(2, List.of("run", "--cases", "nowhere")),
                arguments(2, List.of("smoke", "--agent", "nosuchprogram")),
                arguments(2, List.of("prove", "--only", "nosuch")),
                arguments(3, List.of("merge", REPORTS, "-o", REPORTS + "/events.ndjson")),
                arguments(2, List.of("merge", REPORTS, "nowhere", "-o", REPORTS + "/events.ndjson")),
                arguments(2, List.of("report", "nowhere")),
                arguments(2, List.of("report", "--format", "junit", REPORTS, REPORTS)),
                arguments(2, List.of("known", "-o", REPORTS + "/notes.txt")),
                arguments(3, List.of("known", "--report", "nowhere", "-o", REPORTS + "/known.yaml")),
                arguments(2, List.of("rejudge", "nowhere")),
                arguments(2, List.of("diff", REPORTS, "nowhere")),
                arguments(2, List.of("explain", "nosuch")),
                arguments(2, List.of("ledger", "--only", "nosuch")),
                arguments(2, List.of("autobahn-run", "--only", "99.9", "--outdir", REPORTS)),
                arguments(2, List.of("autobahn-run", "--port", "99999", "--outdir", REPORTS)),
                arguments(2, List.of("autobahn-run", "--judge", REPORTS)),
                arguments(2, List.of("serve", "--autobahn", "--port", "99999", "--outdir", REPORTS)));
    }

    static Stream<Arguments> writingNothing() {
        return Stream.of(
                arguments(0, List.of("diff", REPORTS, REPORTS)),
                arguments(0, List.of("rejudge", "--cases", "cases")),
                arguments(0, List.of("explain", "--cases", "cases", "sum.a")),
                arguments(0, List.of("ledger", "--cases", "cases", "--only", "module.load")),
                arguments(0, List.of("known")),
                arguments(0, List.of("report", "--format", "markdown", "-o", "-")),
                arguments(0, List.of("list", "--cases", "cases")));
    }

    private static List<String> run(String... options) {
        return Stream.concat(Stream.of("run", "--cases", "cases"), Stream.of(options))
                .toList();
    }

    @ParameterizedTest
    @MethodSource({"failing", "writingNothing"})
    void filesOfAnEarlierRunAreKept(int status, List<String> command) throws Exception {
        SortedMap<String, String> before = FolderSnapshot.of(folder);

        assertThat(shell.run(command.toArray(String[]::new)))
                .as(shell.out() + shell.err())
                .isEqualTo(status);

        assertThat(FolderSnapshot.of(folder).keySet()).isEqualTo(before.keySet());
        assertThat(FolderSnapshot.of(folder)).isEqualTo(before);
    }

    @Test
    void aFailedStartCreatesNoFolder() {
        assertThat(shell.run("run", "--cases", "cases", "--report", "new/folder", "--agent", "nosuchprogram"))
                .isEqualTo(2);

        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void aRunReplacesOnlyFilesOfTheKit() throws Exception {
        SortedMap<String, String> before = FolderSnapshot.of(folder.resolve(REPORTS));

        assertThat(shell.run("run", "--cases", "cases", "--only", "sum.a")).isZero();

        SortedMap<String, String> after = FolderSnapshot.of(folder.resolve(REPORTS));
        assertThat(after.keySet()).isEqualTo(before.keySet());
        assertThat(after).containsEntry("notes.txt", "the user's own");
        before.remove("notes.txt");
        assertThat(after).doesNotContainEntry("report.md", before.get("report.md"));
        before.forEach((name, content) -> assertThat(after.get(name)).as(name).isNotEqualTo(content));
    }

    /** The output files of the driver are replaced, as documented. */
    @Test
    void aDriverThatPlaysNoCaseLeavesTheReportsOfAnEarlierOne() throws Exception {
        assertThat(shell.run("autobahn-run", "--only", "1.1.1", "--outdir", "autobahn"))
                .isZero();
        SortedMap<String, String> before = FolderSnapshot.of(folder.resolve("autobahn"));

        assertThat(shell.run("autobahn-run", "--only", "1.1.1", "--outdir", "autobahn", "--driver", "nosuchprogram"))
                .isEqualTo(3);

        SortedMap<String, String> after = FolderSnapshot.of(folder.resolve("autobahn"));
        assertThat(after.remove("driver.err.txt")).contains("nosuchprogram");
        assertThat(after.remove("driver.out.txt")).isEmpty();
        assertThat(after).isEqualTo(before);
    }
}
