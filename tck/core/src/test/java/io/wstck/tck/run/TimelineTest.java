package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.journal.JournalParser;
import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.JudgedJournal;
import io.wstck.tck.judge.NamedCheck;
import io.wstck.tck.judge.Strength;
import io.wstck.tck.judge.Witness;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests the rows of the diagram. */
class TimelineTest {
    private final ObjectNode journal = JsonNodeFactory.instance.objectNode();
    private final ArrayNode entries = journal.putArray("entries");

    @Test
    void rowsAreInOrderOfTimeAndWireChecksComeLast() {
        frame(10, "in").put("text", "hi").put("mask", "00ff00ff");
        List<Check> checks = List.of(check(Witness.WIRE, 5), check(Witness.SCRIPT, 20));

        List<TimelineEntry> rows = Timeline.of(details(), checks, List.of("a note"));

        assertThat(rows)
                .containsExactly(
                        new TimelineEntry.Frame(
                                10,
                                1,
                                TimelineEntry.Side.CLIENT,
                                1,
                                true,
                                0,
                                "00ff00ff",
                                "2",
                                new TimelineEntry.Payload(TimelineEntry.Form.TEXT, "hi", TimelineEntry.Extent.WHOLE)),
                        checked(Witness.SCRIPT, 20),
                        checked(Witness.WIRE, 5),
                        new TimelineEntry.Note(5, 0, Optional.empty(), "kit", "a note"));
    }

    @Test
    void theFormOfALengthIsShownIfAShorterOneWouldDo() {
        frame(1, "out").put("text", "hi").put("length_form", 16);
        frame(2, "out").put("text", "hi").put("length_form", 7);

        assertThat(Timeline.of(details(), List.of(), List.of()))
                .extracting(row -> ((TimelineEntry.Frame) row).longerForm())
                .containsExactly(16, 0);
        assertThat(Transcript.of(details(), List.of()).getFirst()).contains("2 bytes, in the 16-bit form, \"hi\"");
    }

    @Test
    void aLongPayloadIsNotCutInsideACharacter() {
        frame(1, "out").put("text", "x".repeat(159) + "\ud83c\udf89 and more");

        TimelineEntry.Frame frame = (TimelineEntry.Frame)
                Timeline.of(details(), List.of(), List.of()).getFirst();

        assertThat(frame.payload())
                .isEqualTo(new TimelineEntry.Payload(
                        TimelineEntry.Form.TEXT, "x".repeat(159), TimelineEntry.Extent.BEGINNING));
    }

    @Test
    void theBytesOfACompressedFrameAreNeverShownAsText() {
        frame(1, "in").put("rsv", 4).put("text", "J\u0002");

        TimelineEntry.Frame frame = (TimelineEntry.Frame)
                Timeline.of(details(), List.of(), List.of()).getFirst();

        assertThat(frame.payload())
                .isEqualTo(new TimelineEntry.Payload(TimelineEntry.Form.HEX, "4a02", TimelineEntry.Extent.WHOLE));
    }

    @Test
    void ofManyRowsTheFirstAndLastAreKeptAndFailedOnesBetweenAreCounted() {
        for (int number = 0; number < 10_000; number++) {
            frame(number, "in").put("text", "");
        }
        entries.addObject()
                .put("type", "violation")
                .put("nanos", 5_000)
                .put("connection", 1)
                .put("rule", "unmasked-frame");

        List<TimelineEntry> rows = Timeline.of(details(), List.of(), List.of());

        assertThat(rows).hasSize(Timeline.MAX_ROWS + 1);
        assertThat(rows.get(150)).isEqualTo(new TimelineEntry.Gap(150, 10_001 - Timeline.MAX_ROWS, 1));
        assertThat(rows.getLast().nanos()).isEqualTo(9_999);
    }

    @Test
    void unreadBytesAndAnEndOfUnknownKindAreShownButNotJudged() {
        entry("unread", 1).put("length", 2).put("detail", "no step read them").put("text", "xy");
        entry("unread", 2).put("length", 4).put("detail", "the start of a frame");
        entry("client-ended", 3).put("how", "ended");
        JudgedJournal reading = JudgedJournal.of(JournalParser.journal(journal));

        assertThat(Timeline.of(details(), List.of(), List.of()))
                .containsExactly(
                        note(1, "unread", "2 bytes left unread: no step read them \"xy\""),
                        note(2, "unread", "4 bytes left unread: the start of a frame"),
                        note(3, "client-ended", "TCP ended by the client (fin or rst)"));
        assertThat(reading.checks(Set.of())).isEmpty();
    }

    @Test
    void aMessageOfSeveralFramesIsShownWithItsContent() {
        entry("message", 1)
                .put("direction", "out")
                .put("message_type", "text")
                .put("length", 5)
                .put("fragments", 2)
                .put("compressed", false)
                .put("text", "Hello");

        assertThat(Timeline.of(details(), List.of(), List.of()))
                .containsExactly(new TimelineEntry.Message(
                        1,
                        1,
                        TimelineEntry.Side.SERVER,
                        "= text message, 5 bytes in 2 frames",
                        new TimelineEntry.Payload(TimelineEntry.Form.TEXT, "Hello", TimelineEntry.Extent.WHOLE)));
    }

    private EntryDetails details() {
        return EntryDetails.of(JudgedJournal.of(JournalParser.journal(journal)), "");
    }

    private static TimelineEntry.Note note(long nanos, String kind, String text) {
        return new TimelineEntry.Note(nanos, 1, Optional.of(TimelineEntry.Side.CLIENT), kind, text);
    }

    private ObjectNode entry(String type, long nanos) {
        return entries.addObject().put("type", type).put("nanos", nanos).put("connection", 1);
    }

    private ObjectNode frame(long nanos, String direction) {
        return entries.addObject()
                .put("type", "frame")
                .put("nanos", nanos)
                .put("connection", 1)
                .put("direction", direction)
                .put("opcode", 1)
                .put("fin", true)
                .put("rsv", 0)
                .put("length", 2);
    }

    private static Check check(Witness witness, long nanos) {
        return new Check(witness, Strength.CASE, Check.Outcome.MET, NamedCheck.EQUAL, "1", "1", "a.lua:3", nanos);
    }

    private static TimelineEntry.CheckEntry checked(Witness witness, long nanos) {
        return new TimelineEntry.CheckEntry(
                nanos, 0, witness, Check.Outcome.MET, Strength.CASE, "value", "1", "1", "a.lua:3");
    }
}
