package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.wstck.tck.cases.Shard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Events files with a misplaced line. Every command that reads events names the line and the reason. */
class MisplacedEventsTest {
    @TempDir
    private static Path runs;

    /**
     * Header, three cases in the order of the seed, footer. The run is shard 1/1, so that {@code merge} reads it too.
     */
    private static List<String> recorded;

    private static List<String> other;

    @TempDir
    private Path folder;

    @BeforeAll
    static void recordTwoRuns() throws Exception {
        SumCases.write(runs, "a=2", "b=3", "c=2");
        Shell shell = new Shell(runs);
        shell.run("run", "--cases", "cases", "--shard", "1/1", "--jobs", "1", "--report", "one");
        shell.run("run", "--cases", "cases", "--shard", "1/1", "--jobs", "1", "--report", "two");
        recorded = Files.readAllLines(runs.resolve("one/events.ndjson"));
        other = Files.readAllLines(runs.resolve("two/events.ndjson"));
        assertThat(recorded).hasSize(5);
    }

    /**
     * Changes of the lines with the expected message. {@code @N} stands for the case in line N of the original,
     * {@code %R} for the id of a run.
     */
    static Stream<Arguments> changes() {
        return Stream.of(
                change(
                        "a case twice",
                        lines -> lines.add(3, lines.get(1)),
                        ":4: expected each case once, found @2 again, which is in line 2 too"),
                change(
                        "a case twice instead of another",
                        lines -> lines.set(3, lines.get(1)),
                        ":4: expected each case once, found @2 again, which is in line 2 too"),
                change(
                        "run-started twice",
                        lines -> lines.add(1, lines.get(0)),
                        ":2: expected one run, found another run-started"),
                change(
                        "run-finished twice",
                        lines -> lines.add(lines.get(4)),
                        ":6: expected nothing after run-finished in line 5, found another run-finished"),
                change(
                        "run-finished too early",
                        lines -> lines.add(3, lines.remove(4)),
                        ":5: expected nothing after run-finished in line 4, found case-finished of @4"),
                change(
                        "a case before run-started",
                        lines -> lines.add(0, lines.remove(1)),
                        ":1: expected run-started in the first line, found another event"),
                change(
                        "run-finished first",
                        lines -> lines.add(0, lines.remove(4)),
                        ":1: expected run-started in the first line, found another event"),
                change(
                        "a case after run-finished",
                        lines -> lines.add(lines.get(1)),
                        ":6: expected nothing after run-finished in line 5, found case-finished of @2"),
                change(
                        "a run behind another",
                        lines -> lines.addAll(other),
                        ":6: expected one run, found another run-started"),
                change(
                        "a case of another run",
                        lines -> lines.set(2, other.get(2)),
                        ":3: expected an event of run %R, as run-started says, found case-finished of sum.%C of run %R"),
                change(
                        "run-finished of another run",
                        lines -> lines.set(4, other.get(4)),
                        ":5: expected an event of run %R, as run-started says, found run-finished of run %R"),
                change(
                        "a case that names no run",
                        lines -> lines.set(2, lines.get(2).replaceFirst(",\"run\":\"[^\"]*\"", "")),
                        ":3: expected an event of run %R, as run-started says, found case-finished of @3 of a run"
                                + " without an id"),
                change(
                        "a case of another shard",
                        lines -> lines.set(
                                0,
                                lines.get(0)
                                        .replace(
                                                "\"shard\":{\"index\":1,\"count\":1}",
                                                "\"shard\":{\"index\":" + shardWithout(lines.get(1))
                                                        + ",\"count\":2}")),
                        ":2: expected a case of shard %S, as run-started says, found @2, which is of another shard"),
                change(
                        "a case of a round that was not played",
                        lines -> lines.set(2, lines.get(2).replace("\"repetition\":1", "\"repetition\":2")),
                        ":3: expected a round from 1 to 1, as run-started says, found @3 in round 2"),
                change(
                        "a case more than the run has",
                        lines -> lines.add(4, lines.get(3).replaceFirst("\"id\":\"[^\"]*\"", "\"id\":\"sum.d\"")),
                        ":5: expected run-finished after 3 cases, as run-started says, found sum.d"),
                change(
                        "a case less",
                        lines -> lines.remove(2),
                        " has lost lines: run-finished in line 4 counts 3 cases, the file holds 2"),
                change(
                        "another verdict",
                        lines -> lines.replaceAll(
                                line -> line.replace("\"verdict\":\"FAILED\"", "\"verdict\":\"PASSED\"")),
                        " has changed lines: run-finished in line 5 counts 2 PASSED, the file holds 3"),
                change(
                        "more than an object in a line",
                        lines -> lines.set(2, lines.get(2) + "{}"),
                        ":3: expected a JSON object, found "));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void everyReaderNamesTheLine(String name, Consumer<List<String>> change, String complaint) throws Exception {
        List<String> lines = new ArrayList<>(recorded);
        change.accept(lines);
        write(lines);
        String expected = "(?s).*" + pattern(folder.resolve("target/wstck/events.ndjson") + complaint) + ".*";
        Shell shell = new Shell(folder);

        for (List<String> command : List.of(
                List.of("report"),
                List.of("merge", "target/wstck", "-o", "merged.ndjson"),
                List.of("diff", "target/wstck", runs.resolve("one").toString()),
                List.of("known"))) {
            assertThat(shell.run(command.toArray(String[]::new)))
                    .as(command + shell.err())
                    .isEqualTo(3);
            assertThat(shell.err()).as(command.getFirst()).matches(expected).hasLineCount(1);
        }
        assertThat(folder.resolve("merged.ndjson")).doesNotExist();
        String cases = runs.resolve("cases").toString();
        assertThat(shell.run("explain", "--cases", cases, "sum.a")).isZero();
        assertThat(shell.out()).contains("last run     unreadable: ").matches(expected);
        assertThat(shell.run("ledger", "--cases", cases, "--only", "module.load"))
                .isZero();
        assertThat(shell.out().replaceAll("\\s+", " "))
                .startsWith("last run: unreadable: ")
                .matches(expected);
    }

    @Test
    void eventsOfAnEarlierKitThatNameNoRunAreRead() throws Exception {
        List<String> old = new ArrayList<>(recorded);
        old.replaceAll(line -> line.replaceFirst(",\"run\":\"[^\"]*\"", ""));
        write(old);
        Shell shell = new Shell(folder);

        assertThat(shell.run("report")).isZero();

        old.set(2, recorded.get(2));
        write(old);
        assertThat(shell.run("report")).isEqualTo(3);
        assertThat(shell.err())
                .contains(
                        ":3: expected an event of a run without an id, as run-started says, found case-finished of sum.");
    }

    private void write(List<String> lines) throws Exception {
        Path events = folder.resolve("target/wstck/events.ndjson");
        Files.createDirectories(events.getParent());
        Files.writeString(events, String.join("\n", lines) + "\n");
    }

    private static String pattern(String sentence) {
        String named = sentence;
        for (int line = 2; line <= 4; line++) {
            named = named.replace("@" + line, id(recorded.get(line - 1)));
        }
        return "\\Q"
                + named.replace("%R", "\\E[0-9a-f]{16}\\Q")
                        .replace("%S", "\\E[12]/2\\Q")
                        .replace("%C", "\\E[abc]\\Q")
                + "\\E";
    }

    private static String id(String line) {
        return line.replaceFirst(".*?\"id\":\"([^\"]*)\".*", "$1");
    }

    private static int shardWithout(String line) {
        return new Shard(1, 2).contains(id(line)) ? 2 : 1;
    }

    private static Arguments change(String name, Consumer<List<String>> change, String complaint) {
        return arguments(name, change, complaint);
    }
}
