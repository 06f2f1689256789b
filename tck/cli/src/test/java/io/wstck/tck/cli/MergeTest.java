package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.cases.Shard;
import io.wstck.tck.machine.FolderSnapshot;
import io.wstck.tck.report.CaseFinished;
import io.wstck.tck.report.EventsReader;
import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.run.RunSummary.Conclusion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Splits runs into shards and joins them again. */
class MergeTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void openAShell() throws Exception {
        shell = new Shell(folder);
        SumCases.write(folder, "a=2", "b=2", "c=3", "d=2", "e=2", "f=2");
    }

    @Test
    void theShardsOfARunHaveEachCaseOnceAndMakeTheWholeRun() throws Exception {
        shards("1/2", "2/2");

        assertThat(shell.run("merge", "1-2", "2-2", "-o", "all.ndjson")).isEqualTo(1);

        assertThat(shell.out())
                .contains("6 cases in ", ": 5 passed, 1 failed", "6 of 6 binding cases judged\nnot conformant\n");
        RecordedRun merged = EventsReader.read(folder.resolve("all.ndjson"));
        assertThat(merged.footer().conclusion()).isEqualTo(Conclusion.NOT_CONFORMANT);
        assertThat(merged.started().shard()).isEmpty();
        assertThat(merged.started().rerun("sum.c"))
                .contains("./wstck run --cases cases --report target/wstck-rerun --only sum.c");
        assertThat(merged.started().cases()).isEqualTo(6);
        assertThat(merged.cases())
                .extracting(CaseFinished::id)
                .containsExactlyInAnyOrder("sum.a", "sum.b", "sum.c", "sum.d", "sum.e", "sum.f");
        assertThat(EventsReader.read(folder.resolve("1-2/events.ndjson"))
                        .started()
                        .shard())
                .contains(new Shard(1, 2));
    }

    @Test
    void theEventsCanGoToStandardOutput() throws Exception {
        shards("1/2", "2/2");
        shell.run("merge", "1-2", "2-2", "-o", "all.ndjson");

        assertThat(shell.run("merge", "1-2", "2-2", "-o", "-")).isEqualTo(1);

        assertThat(shell.out()).isEqualTo(Files.readString(folder.resolve("all.ndjson")));
        assertThat(shell.err()).contains("6 cases in ", "\nnot conformant\n");
        assertThat(folder.resolve("-")).doesNotExist();
    }

    @Test
    void everyReportIsRenderedFromMergedEvents() throws Exception {
        shards("1/2", "2/2");
        shell.run("merge", "1-2", "2-2", "-o", "all.ndjson");

        assertThat(shell.run("report", "all.ndjson")).isZero();

        assertThat(Files.readString(folder.resolve("report.md"))).contains("wstck: not conformant", "sum.c");
        assertThat(folder.resolve("junit.xml")).isRegularFile();
        assertThat(folder.resolve("badge.svg")).isRegularFile();
    }

    @Test
    void eventsOfAReportFolderAreReplacedTogetherWithTheirReports() throws Exception {
        shards("1/2", "2/2");
        shell.run("run", "--cases", "cases", "--report", "all");
        Files.writeString(folder.resolve("all/notes.txt"), "the user's own");
        String events = Files.readString(folder.resolve("all/events.ndjson"));

        assertThat(shell.run("merge", "1-2", "2-2", "-o", "all/events.ndjson")).isEqualTo(1);

        assertThat(FolderSnapshot.of(folder.resolve("all")))
                .containsOnlyKeys("events.ndjson", "evidence.ndjson.gz", "notes.txt")
                .doesNotContainEntry("events.ndjson", events);

        assertThat(shell.run("report", "all")).isZero();
        assertThat(shell.run("merge", "1-2", "2-2", "-o", "all/other.ndjson")).isEqualTo(1);
        assertThat(folder.resolve("all/junit.xml")).isRegularFile();
    }

    @Test
    void aMissingShardIsReported() throws Exception {
        shards("1/3", "3/3");

        assertThat(shell.run("merge", "1-3", "3-3", "-o", "all.ndjson")).isEqualTo(3);

        assertThat(shell.err()).isEqualTo("wstck: expected all 3 shards, found none for 2/3\n");
        assertThat(folder.resolve("all.ndjson")).doesNotExist();
    }

    @Test
    void aShardWithoutAFooterIsReported() throws Exception {
        shards("1/2", "2/2");
        Path events = folder.resolve("2-2/events.ndjson");
        List<String> lines = Files.readAllLines(events);
        Files.write(events, lines.subList(0, lines.size() - 1));

        assertThat(shell.run("merge", "1-2", "2-2", "-o", "all.ndjson")).isEqualTo(3);

        assertThat(shell.err()).contains("2-2/events.ndjson is truncated: expected run-finished");
    }

    @Test
    void shardsOfAnotherRunAreRefused() throws Exception {
        shards("1/2", "2/2", "1/3");
        shell.run("run", "--cases", "cases", "--report", "whole");

        assertThat(shell.run("merge", "1-2", "1-3", "-o", "all.ndjson")).isEqualTo(3);
        assertThat(shell.err()).contains("expected shards of one run, found 1/2 in ", " and 1/3 in ");

        assertThat(shell.run("merge", "1-2", "1-2", "-o", "all.ndjson")).isEqualTo(3);
        assertThat(shell.err()).contains("expected each shard once, found 1/2 in ");

        assertThat(shell.run("merge", "whole", "-o", "all.ndjson")).isEqualTo(3);
        assertThat(shell.err()).contains("expected a shard of a run (--shard i/n), found a run that is whole");

        Path events = folder.resolve("2-2/events.ndjson");
        Files.writeString(events, Files.readString(events).replaceFirst("\"version\":\"[^\"]*\"", "\"version\":\"9\""));
        assertThat(shell.run("merge", "1-2", "2-2", "-o", "all.ndjson")).isEqualTo(3);
        assertThat(shell.err()).contains("expected shards of one run, found implementation wstck-client ");
    }

    @Test
    void theShardOfACaseDoesNotDependOnTheSelection() {
        List<String> taken = new ArrayList<>();
        for (String id : List.of("close.default-code", "utf8.overlong", "ping.answered", "send.text")) {
            for (int index = 1; index <= 4; index++) {
                if (new Shard(index, 4).contains(id)) {
                    taken.add(id + " " + index);
                }
            }
        }

        // The shards of these ids must never change, because shards of different kits must fit together.
        assertThat(taken).containsExactly("close.default-code 4", "utf8.overlong 1", "ping.answered 1", "send.text 4");
    }

    @Test
    void aShardThatDoesNotExistIsAnErrorOfTheCommandLine() {
        assertThat(shell.run("run", "--shard", "4/3")).isEqualTo(2);
        assertThat(shell.err()).contains("expected i/n with n from 1 to 100 and i from 1 to n, got 4/3");
        assertThat(shell.run("run", "--shard", "one")).isEqualTo(2);
        assertThat(shell.err()).contains("expected i/n, such as 1/3, got \"one\"");
        assertThat(shell.run("run", "--cases", "cases", "--only", "sum.a", "--shard", empty()))
                .isEqualTo(2);
        assertThat(shell.err()).contains("which has none of the 1 selected cases");
    }

    private static String empty() {
        return new Shard(1, 2).contains("sum.a") ? "2/2" : "1/2";
    }

    private void shards(String... shards) {
        for (String shard : shards) {
            shell.run("run", "--cases", "cases", "--shard", shard, "--report", shard.replace('/', '-'));
        }
    }
}
