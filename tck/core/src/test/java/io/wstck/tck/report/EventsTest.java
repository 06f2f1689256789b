package io.wstck.tck.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.head.HeadExcerpt;
import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.JudgementNotes;
import io.wstck.tck.judge.MeasuredTime;
import io.wstck.tck.judge.Strength;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.judge.Witness;
import io.wstck.tck.machine.FolderSnapshot;
import io.wstck.tck.run.CaseResult;
import io.wstck.tck.run.RunSummary;
import io.wstck.tck.run.RunSummary.Conclusion;
import io.wstck.tck.run.TimelineEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests writing and reading events files, and the messages for damaged ones. */
class EventsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("events.ndjson");
    }

    @Test
    void whatIsWrittenIsReadBack() throws Exception {
        String hostile = "a \u0000 \u001b[2J \u2028 \" \\ \n end \ud83c\udf89";
        CaseResult failed =
                SampleRuns.result("close.default-code", SampleRuns.FAILED, "0.4 ms  → GET / HTTP/1.1", hostile);

        write(failed, SampleRuns.result("b", SampleRuns.PASSED));

        RecordedRun run = EventsReader.read(file);
        assertThat(run.started())
                .isEqualTo(RunStarted.of(SampleRuns.info(2, 1), "clauses abc", NOW, Optional.empty(), ""));
        assertThat(run.cases()).hasSize(2);
        assertThat(run.cases().getFirst()).isEqualTo(CaseFinished.of(failed));
        assertThat(run.footer())
                .isEqualTo(RunFinished.of(SampleRuns.summary(
                        List.of(failed, SampleRuns.result("b", SampleRuns.PASSED)), Conclusion.NOT_CONFORMANT)));
    }

    @Test
    void theReasonForAnEarlyEndAndTheRemarksAreReadBack() throws Exception {
        RunSummary summary = SampleRuns.summary(
                        List.of(SampleRuns.result("a", SampleRuns.PASSED)), Conclusion.INTERRUPTED)
                .with(
                        Optional.of(new RunSummary.EarlyEnd("ten agents died", List.of("first line", "last line"))),
                        List.of("not returned: a call"));
        try (EventsWriter writer = EventsWriter.create(file, "clauses abc", InstantSource.fixed(NOW))) {
            writer.started(SampleRuns.info(2, 1));
            writer.finished(SampleRuns.result("a", SampleRuns.PASSED));
            writer.ended(summary);
        }

        assertThat(EventsReader.read(file).footer()).isEqualTo(RunFinished.of(summary));
    }

    @Test
    void everyLineIsOneJsonObjectWithTheDocumentedFields() throws Exception {
        write(SampleRuns.result("close.default-code", SampleRuns.FAILED, "one", "two"));

        List<String> lines = Files.readAllLines(file);
        JsonNode head = new JsonMapper().readTree(lines.get(0));
        JsonNode result = new JsonMapper().readTree(lines.get(1));
        JsonNode footer = new JsonMapper().readTree(lines.get(2));
        assertThat(lines).hasSize(3);
        assertThat(head.properties())
                .extracting(field -> field.getKey() + "=" + field.getValue())
                .containsExactly(
                        "type=\"run-started\"",
                        "version=3",
                        "kit=\"0.9.0\"",
                        "spec=\"clauses abc\"",
                        "implementation={\"name\":\"wstck-client\",\"version\":\"1.2.3\",\"language\":\"Java\"}",
                        "profile=\"api\"",
                        "platform=\"Linux amd64, Java 25\"",
                        "seed=42",
                        "jobs=2",
                        "cases=1",
                        "repetitions=1",
                        "started_at=\"2026-11-22T10:15:30Z\"",
                        "command=\"\"",
                        "run=\""
                                + RunStarted.of(SampleRuns.info(1, 1), "clauses abc", NOW, Optional.empty(), "")
                                        .id() + "\"");
        assertThat(result.properties())
                .extracting(field -> field.getKey() + "=" + field.getValue())
                .contains(
                        "type=\"case-finished\"",
                        "id=\"close.default-code\"",
                        "clause=\"close.default\"",
                        "level=\"must\"",
                        "contract=\"api\"",
                        "verdict=\"FAILED\"",
                        "expected=\"a close frame with code 1000\"",
                        "duration_ms=12.0",
                        "attempts=1",
                        "repetition=1",
                        "source=\"api/closing.lua:12\"",
                        "transcript=[\"one\",\"two\"]");
        assertThat(footer.properties())
                .extracting(field -> field.getKey() + "=" + field.getValue())
                .containsExactly(
                        "type=\"run-finished\"",
                        "verdicts={\"PASSED\":0,\"FAILED\":1,\"KNOWN\":0,\"WARNED\":0,\"OBSERVED\":0,\"SKIPPED\":0,\"INCONCLUSIVE\":0}",
                        "judged=1",
                        "binding=2",
                        "contracts=[{\"contract\":\"api\",\"binds\":true,\"conclusion\":\"NOT_CONFORMANT\",\"judged\":1,\"applicable\":1,\"failed\":1,\"known\":0,\"deviating\":0},"
                                + "{\"contract\":\"protocol\",\"binds\":true,\"conclusion\":\"NOTHING_BINDING\",\"judged\":0,\"applicable\":0,\"failed\":0,\"known\":0,\"deviating\":0}]",
                        "unstable=[\"close.unstable\"]",
                        "outdated=[]",
                        "conclusion=\"NOT_CONFORMANT\"",
                        "duration_ms=4210.0",
                        "run=" + head.get("run"));
    }

    @Test
    void theCommandIsReadBackWithADefaultForOldEvents() throws Exception {
        String command = "./wstck run --agent 'my client' --profile web";
        try (EventsWriter writer = EventsWriter.in(
                new ReportFolder(folder), "clauses abc", Optional.empty(), command, InstantSource.fixed(NOW))) {
            SampleRuns.play(writer, Conclusion.CONFORMANT, SampleRuns.result("a", SampleRuns.PASSED));
        }
        assertThat(EventsReader.read(file).started().rerun("it's")).contains(command + " --only 'it'\\''s'");

        Files.writeString(file, Files.readString(file).replaceFirst(",\"command\":\"[^\"]*\"", ""));
        assertThat(EventsReader.read(file).started().rerun("a.*")).contains("./wstck run --only 'a.*'");
    }

    @Test
    void aRunWithoutACommandHasNoRerunLine() throws Exception {
        write(SampleRuns.result("a", SampleRuns.PASSED));

        assertThat(EventsReader.read(file).started().rerun("a")).isEmpty();
    }

    @Test
    void partsAndHintAreReadBackAndAbsentWhereThereAreNone() throws Exception {
        Judgement noted = SampleRuns.FAILED.withNotes(new JudgementNotes(
                List.of("required part met (rfc): this", "recommended part not met (should): that"),
                Optional.of("a hint")));
        write(SampleRuns.result("noted", noted), SampleRuns.result("plain", SampleRuns.FAILED));

        assertThat(EventsReader.read(file).cases())
                .extracting(CaseFinished::judgement)
                .containsExactly(noted, SampleRuns.FAILED);
        assertThat(Files.readAllLines(file).get(1))
                .contains("\"parts\":[\"required part met (rfc): this\",", "\"hint\":\"a hint\"");
        assertThat(Files.readAllLines(file).get(2)).doesNotContain("\"parts\"", "\"hint\"");
    }

    @Test
    void eachEventIsInTheFileAsSoonAsItHappened() throws Exception {
        try (EventsWriter writer = EventsWriter.create(file, "clauses abc", InstantSource.fixed(NOW))) {
            writer.started(SampleRuns.info(2, 1));
            writer.finished(SampleRuns.result("a", SampleRuns.PASSED));
            assertThat(Files.readString(file)).endsWith("}\n").hasLineCount(2);
            writer.finished(SampleRuns.result("b", SampleRuns.PASSED));
            assertThat(Files.readString(file)).endsWith("}\n").hasLineCount(3);
        }
    }

    @Test
    void eventsThatCannotBeWrittenKeepTheFilesOfAnEarlierRun() throws Exception {
        write(SampleRuns.result("a", SampleRuns.PASSED));
        ReportFolder reports = new ReportFolder(folder);
        Files.writeString(reports.evidence(), "earlier");
        for (Path rendering : reports.renderings()) {
            Files.writeString(rendering, "earlier");
        }
        // The temporary name of the new file.
        Path part = folder.resolve(".events.ndjson." + ProcessHandle.current().pid() + "."
                + Thread.currentThread().threadId() + ".part");
        Files.createDirectory(part);
        SortedMap<String, String> before = FolderSnapshot.of(folder);

        try (EventsWriter writer =
                EventsWriter.in(reports, "clauses abc", Optional.empty(), "./wstck run", InstantSource.fixed(NOW))) {
            writer.started(SampleRuns.info(1, 1));
            assertThatThrownBy(() -> writer.finished(SampleRuns.result("a", SampleRuns.PASSED)))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith("cannot write " + file + ": ");
            assertThat(writer.hasEvents()).isFalse();
        }

        assertThat(FolderSnapshot.of(folder)).isEqualTo(before);
    }

    @Test
    void aRunThatWasKilledIsReadAsFarAsItGoesAndHasNoFooter() throws Exception {
        try (EventsWriter writer = EventsWriter.create(file, "clauses abc", InstantSource.fixed(NOW))) {
            writer.started(SampleRuns.info(2, 1));
            writer.finished(SampleRuns.result("a", SampleRuns.PASSED));
        }

        RecordedRun run = EventsReader.read(file);

        assertThat(run.cases()).hasSize(1);
        assertThatThrownBy(run::footer)
                .isInstanceOf(EventsException.class)
                .hasMessage(file
                        + " is truncated: expected run-finished after its 1 of 2 cases, found the end of the file");
    }

    @Test
    void anIncompleteLastLineIsIgnored() throws Exception {
        write(SampleRuns.result("a", SampleRuns.PASSED));
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.length() - 10));

        assertThat(EventsReader.read(file).finished()).isEmpty();
    }

    @Test
    void anErrorNamesAMissingFile() {
        assertUnreadable("expected the events of a run at " + file + ", found no file");
    }

    @Test
    void anErrorReportsAnEmptyFile() throws Exception {
        Files.writeString(file, "");

        assertUnreadable(file + ": expected run-started in the first line, found an empty file");
    }

    @Test
    void anErrorNamesTheLineWithoutJson() throws Exception {
        write(SampleRuns.result("a", SampleRuns.PASSED));
        replace(1, "{\"type\": oops");

        assertUnreadable(file + ":2: expected a JSON object, found {\"type\": oops");
    }

    @Test
    void anErrorNamesTheLineWithoutAnObject() throws Exception {
        write(SampleRuns.result("a", SampleRuns.PASSED));
        replace(1, "[1]");

        assertUnreadable(file + ":2: expected a JSON object, found [1]");
    }

    @Test
    void anErrorReportsAMissingHead() throws Exception {
        write(SampleRuns.result("a", SampleRuns.PASSED));
        List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.subList(1, lines.size()));

        assertUnreadable(file + ":1: expected run-started in the first line, found another event");
    }

    @Test
    void eventsOfANewerKitAreRefused() throws Exception {
        write(SampleRuns.result("a", SampleRuns.PASSED));
        replace(0, Files.readAllLines(file).getFirst().replace("\"version\":3,", "\"version\":4,"));

        assertUnreadable(file + ":1: these events have version 4 and come from a newer kit; this one reads version 3");
    }

    @Test
    void eventsOfTheVersionsWithoutProfilesAreReadAsOfProfileApi() throws Exception {
        for (int version : List.of(1, 2)) {
            write(SampleRuns.result("a", SampleRuns.FAILED));
            RecordedRun now = EventsReader.read(file);
            String earlier = Files.readString(file)
                    .replace("\"version\":3,", "\"version\":" + version + ",")
                    .replaceFirst("\"profile\":\"api\",", "")
                    .replaceFirst("\"contract\":\"api\",\"verdict\"", "\"verdict\"")
                    .replaceFirst("\"contracts\":\\[.*?\\],", "");
            assertThat(earlier).doesNotContain("profile", "contract");
            Files.writeString(file, earlier);

            assertThat(EventsReader.read(file)).isEqualTo(now);
        }
    }

    @Test
    void aFooterWithWrongContractCountsIsRefused() throws Exception {
        write(SampleRuns.result("a", SampleRuns.PASSED));
        replace(2, Files.readAllLines(file).get(2).replaceFirst("\"applicable\":1", "\"applicable\":2"));

        assertThatThrownBy(EventsReader.read(file)::footer)
                .hasMessage(file + " has changed lines: run-finished in line 3 counts other results of contract api"
                        + " than the file holds");
    }

    @Test
    void anErrorNamesAnUnknownProfile() throws Exception {
        write(SampleRuns.result("a", SampleRuns.PASSED));
        replace(0, Files.readAllLines(file).getFirst().replace("\"profile\":\"api\"", "\"profile\":\"lua\""));

        assertUnreadable(file + ":1: expected a profile as \"profile\", found \"lua\"");
    }

    @Test
    void anErrorNamesAMissingOrWrongField() throws Exception {
        write(SampleRuns.result("a", SampleRuns.PASSED));
        replace(1, Files.readAllLines(file).get(1).replace("\"attempts\":1,", ""));
        assertUnreadable(file + ":2: expected an integer as \"attempts\", found none");

        write(SampleRuns.result("a", SampleRuns.PASSED));
        replace(1, Files.readAllLines(file).get(1).replace("\"verdict\":\"PASSED\"", "\"verdict\":\"FINE\""));
        assertUnreadable(file + ":2: expected a verdict as \"verdict\", found \"FINE\"");
    }

    @Test
    void anErrorCutsALongWrongValue() throws Exception {
        String text = "A".repeat(1_000_000);
        write(SampleRuns.result("a", SampleRuns.PASSED));
        replace(1, Files.readAllLines(file).get(1).replace("\"verdict\":\"PASSED\"", "\"verdict\":\"" + text + "\""));
        assertUnreadable(file + ":2: expected a verdict as \"verdict\", found \"" + text.substring(0, 100)
                + "… (999900 more)\"");

        write(SampleRuns.result("a", SampleRuns.PASSED));
        replace(1, Files.readAllLines(file).get(1).replace("\"attempts\":1", "\"attempts\":\"" + text + "\""));
        assertUnreadable(
                file + ":2: expected an integer as \"attempts\", found \"" + text.substring(0, 99) + "… (999902 more)");
    }

    @Test
    void anErrorIsShortWhicheverValueIsLong() throws Exception {
        write(SampleRuns.result("a", SampleRuns.PASSED), SampleRuns.result("b", SampleRuns.PASSED));
        List<String> lines = Files.readAllLines(file);
        for (int line = 0; line < lines.size(); line++) {
            JsonNode event = new JsonMapper().readTree(lines.get(line));
            for (String field : (Iterable<String>) event::fieldNames) {
                ObjectNode changed = event.deepCopy();
                Files.write(file, lines);
                // The line twice, so that the reader meets an id again.
                for (int copy = line; copy < Math.min(line + 2, lines.size()); copy++) {
                    replace(copy, changed.put(field, "A".repeat(100_000)).toString());
                }
                try {
                    EventsReader.read(file).footer();
                } catch (EventsException e) {
                    assertThat(e.getMessage()).as(field).hasSizeLessThan(1_000);
                }
            }
        }
    }

    @Test
    void twoRunsInOneFileAreRefused() throws Exception {
        write(SampleRuns.result("a", SampleRuns.PASSED));
        String once = Files.readString(file);
        Files.writeString(file, once + once);

        assertUnreadable(file + ":4: expected one run, found another run-started");
    }

    @Test
    void aFooterIsRefusedIfACaseIsMissing() throws Exception {
        write(SampleRuns.result("a", SampleRuns.PASSED), SampleRuns.result("b", SampleRuns.PASSED));
        List<String> lines = Files.readAllLines(file);
        Files.write(file, List.of(lines.get(0), lines.get(1), lines.get(3)));

        assertThatThrownBy(EventsReader.read(file)::footer)
                .hasMessage(file + " has lost lines: run-finished in line 3 counts 2 cases, the file holds 1");
    }

    @Test
    void anErrorReportsInvalidUtf8() throws Exception {
        Files.write(file, "\u00ff\n".getBytes(StandardCharsets.ISO_8859_1));

        assertUnreadable(file + ": expected UTF-8, found bytes that are not");
    }

    @Test
    void durationsKeepTheirMicroseconds() throws Exception {
        Judgement judgement = Judgement.of(Verdict.OBSERVED, "returns \"x\"");
        CaseResult result = SampleRuns.result("a", judgement);
        CaseResult exact = new CaseResult(
                result.testCase(),
                judgement,
                1,
                1,
                java.time.Duration.ofNanos(1_234_567_890),
                List.of(),
                List.of(),
                List.of());

        write(exact);

        assertThat(EventsReader.read(file).cases().getFirst().duration())
                .isEqualTo(java.time.Duration.ofNanos(1_234_567_000));
    }

    @Test
    void measuredTimesAreReadBackAndAnEarlierFileHasNone() throws Exception {
        MeasuredTime took = new MeasuredTime("the dial", 312.5, 300, 2300);
        CaseResult result = SampleRuns.result("a", SampleRuns.PASSED);
        write(new CaseResult(
                result.testCase(), SampleRuns.PASSED, 1, 1, result.duration(), List.of(took), List.of(), List.of()));

        assertThat(EventsReader.read(file).cases().getFirst().measured()).containsExactly(took);
        String line = Files.readAllLines(file).get(1);
        assertThat(line)
                .contains("\"measured\":[{\"what\":\"the dial\",\"ms\":312.5,\"min_ms\":300.0,\"max_ms\":2300.0}]");
        replace(1, line.replaceFirst("\"measured\":\\[.*?\\],", ""));
        assertThat(EventsReader.read(file).cases().getFirst().measured()).isEmpty();
    }

    @Test
    void aSequenceIsReadBackAndAnEarlierFileHasNone() throws Exception {
        List<TimelineEntry> sequence = List.of(
                new TimelineEntry.Frame(
                        1_500_000,
                        1,
                        TimelineEntry.Side.CLIENT,
                        9,
                        false,
                        4,
                        "00ff00ff",
                        "18446744073709551615",
                        new TimelineEntry.Payload(TimelineEntry.Form.HEX, "00ff", TimelineEntry.Extent.BEGINNING)),
                new TimelineEntry.Frame(
                        2_000_000,
                        1,
                        TimelineEntry.Side.SERVER,
                        1,
                        true,
                        0,
                        "",
                        "0",
                        new TimelineEntry.Payload(TimelineEntry.Form.NONE, "", TimelineEntry.Extent.WHOLE)),
                new TimelineEntry.Note(2_500_000, 0, Optional.empty(), "script-ended", "ended"),
                new TimelineEntry.Note(
                        2_600_000, 1, Optional.of(TimelineEntry.Side.CLIENT), "request", "GET / HTTP/1.1"),
                new TimelineEntry.Note(
                        2_600_000, 1, Optional.of(TimelineEntry.Side.CLIENT), "message", "= text message"),
                head("request", List.of("Host: a", "X: <b>\u202e\r\n"), 3, Optional.empty()),
                head("response", List.of(), 0, Optional.of("permessage-deflate: server window 15")),
                message(new TimelineEntry.Payload(TimelineEntry.Form.TEXT, "inflated", TimelineEntry.Extent.BEGINNING)),
                message(new TimelineEntry.Payload(TimelineEntry.Form.HEX, "00ff", TimelineEntry.Extent.WHOLE)),
                message(new TimelineEntry.Payload(TimelineEntry.Form.NONE, "", TimelineEntry.Extent.WHOLE)),
                new TimelineEntry.CheckEntry(
                        3_000_000,
                        1,
                        Witness.SERVER,
                        Check.Outcome.IN_DOUBT,
                        Strength.SHOULD,
                        "step 1 close",
                        "1000",
                        "",
                        ""),
                new TimelineEntry.Gap(3_000_000, 7, 2));
        CaseResult result = SampleRuns.result("a", SampleRuns.PASSED);
        write(new CaseResult(
                result.testCase(), SampleRuns.PASSED, 1, 1, result.duration(), List.of(), List.of(), sequence));

        assertThat(EventsReader.read(file).cases().getFirst().sequence()).isEqualTo(sequence);
        replace(1, Files.readAllLines(file).get(1).replaceFirst(",\"sequence\":\\[.*\\],\"script\":\"[^\"]*\"", ""));
        assertThat(EventsReader.read(file).cases().getFirst().sequence()).isEmpty();
        assertThat(EventsReader.read(file).cases().getFirst().script()).isEmpty();
    }

    private static TimelineEntry.Head head(
            String kind, List<String> headers, int leftOut, Optional<String> negotiated) {
        return new TimelineEntry.Head(
                2_700_000, 1, TimelineEntry.Side.CLIENT, kind, new HeadExcerpt("a line", headers, leftOut, negotiated));
    }

    private static TimelineEntry.Message message(TimelineEntry.Payload payload) {
        return new TimelineEntry.Message(2_800_000, 1, TimelineEntry.Side.SERVER, "= text message", payload);
    }

    private void write(CaseResult... results) throws IOException {
        try (EventsWriter writer = EventsWriter.create(file, "clauses abc", InstantSource.fixed(NOW))) {
            SampleRuns.play(writer, Conclusion.NOT_CONFORMANT, results);
        }
    }

    private void replace(int index, String line) throws IOException {
        List<String> lines = new java.util.ArrayList<>(Files.readAllLines(file));
        lines.set(index, line);
        Files.write(file, lines);
    }

    private void assertUnreadable(String sentence) {
        assertThatThrownBy(() -> EventsReader.read(file))
                .isInstanceOf(EventsException.class)
                .hasMessage(sentence);
    }
}
