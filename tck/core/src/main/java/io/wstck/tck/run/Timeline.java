package io.wstck.tck.run;

import io.wstck.server.head.HeadExcerpt;
import io.wstck.server.journal.JournalEntry;
import io.wstck.server.text.Excerpt;
import io.wstck.server.wire.FrameHeader;
import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.CheckWording;
import io.wstck.tck.judge.JudgedJournal;
import io.wstck.tck.judge.Strength;
import io.wstck.tck.judge.Witness;
import io.wstck.tck.run.TimelineEntry.Extent;
import io.wstck.tck.run.TimelineEntry.Form;
import io.wstck.tck.run.TimelineEntry.Payload;
import io.wstck.tck.run.TimelineEntry.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Builds the rows of a diagram from the records of both witnesses: the same rows as the transcript, in the same order.
 * A case has at most {@value #MAX_ROWS} rows, the first and the last ones. Each row has at most some hundred
 * characters, so that rows cost little compared with the case itself. Stateless.
 */
final class Timeline {
    static final int MAX_ROWS = 300;

    private static final int MAX_BYTES = PayloadExcerpt.MAX_BYTES;
    private static final int MAX_TEXT = 400;

    /** Readers rarely need more of a check that is met. */
    private static final int MAX_TEXT_IF_MET = 100;

    private Timeline() {}

    /**
     * Builds the rows.
     *
     * @param notes lines of the kit itself, which come last
     */
    static List<TimelineEntry> of(EntryDetails journal, List<Check> checks, List<String> notes) {
        List<TimelineEntry> rows = new ArrayList<>();
        List<TimelineEntry> last = new ArrayList<>();
        for (Check check : checks) {
            if (Transcript.hasOwnLine(check)) {
                (check.witness() == Witness.SCRIPT ? rows : last).add(checkEntry(check));
            }
        }
        for (JournalEntry entry : journal.entries()) {
            rows.addAll(timelineEntries(entry, journal));
        }
        rows.sort(Comparator.comparingLong(TimelineEntry::nanos));
        rows.addAll(last);
        long end = rows.isEmpty() ? 0 : rows.getLast().nanos();
        notes.forEach(note -> rows.add(
                new TimelineEntry.Note(end, 0, Optional.empty(), "kit", Excerpt.withEllipsis(note, MAX_TEXT))));
        return bounded(rows);
    }

    private static List<TimelineEntry> bounded(List<TimelineEntry> rows) {
        if (rows.size() <= MAX_ROWS) {
            return rows;
        }
        int half = MAX_ROWS / 2;
        List<TimelineEntry> middle = rows.subList(half, rows.size() - half);
        int notMet = (int) middle.stream()
                .filter(row -> row instanceof TimelineEntry.CheckEntry check && check.outcome() != Check.Outcome.MET)
                .count();
        List<TimelineEntry> kept = new ArrayList<>(rows.subList(0, half));
        kept.add(new TimelineEntry.Gap(middle.getFirst().nanos(), middle.size(), notMet));
        kept.addAll(rows.subList(rows.size() - half, rows.size()));
        return kept;
    }

    private static TimelineEntry.CheckEntry checkEntry(Check check) {
        CheckWording wording = CheckWording.of(check);
        return new TimelineEntry.CheckEntry(
                check.nanos(),
                0,
                check.witness(),
                check.outcome(),
                check.strength(),
                Excerpt.withEllipsis(wording.what(), MAX_TEXT),
                Excerpt.withEllipsis(wording.expected(), shown(check.met())),
                Excerpt.withEllipsis(wording.actual(), shown(check.met())),
                check.position());
    }

    private static List<TimelineEntry> timelineEntries(JournalEntry entry, EntryDetails details) {
        List<TimelineEntry> heads = heads(entry, details);
        if (!heads.isEmpty()) {
            return heads;
        }
        return switch (entry) {
            case JournalEntry.Frame frame ->
                Stream.concat(
                                Stream.of(frame(frame)),
                                details.inflation(frame).map(inflation -> message(frame, inflation)).stream())
                        .toList();
            case JournalEntry.StepDone step -> List.of(step(step));
            case JournalEntry.ViolationNoted noted -> List.of(violation(noted));
            // A message in one plain frame needs no second row.
            case JournalEntry.DataMessage message -> EntryText.isPlain(message) ? List.of() : List.of(message(message));
            default -> List.of(note(entry));
        };
    }

    private static List<TimelineEntry> heads(JournalEntry entry, EntryDetails details) {
        List<TimelineEntry> rows = new ArrayList<>();
        for (HeadExcerpt head : details.heads(entry)) {
            Side from = EntryText.from(entry).orElseThrow();
            rows.add(new TimelineEntry.Head(entry.nanos(), entry.connection(), from, entry.type(), head));
        }
        return rows;
    }

    private static TimelineEntry message(JournalEntry.DataMessage message) {
        return new TimelineEntry.Message(
                message.nanos(),
                message.connection(),
                EntryText.side(message),
                EntryText.of(message),
                PayloadExcerpt.of(message.payload()));
    }

    private static TimelineEntry message(JournalEntry.Frame last, InflatedMessage inflation) {
        return new TimelineEntry.Message(
                last.nanos(), last.connection(), EntryText.side(last), inflation.text(), inflation.payload());
    }

    private static TimelineEntry.Frame frame(JournalEntry.Frame frame) {
        FrameHeader header = frame.header();
        return new TimelineEntry.Frame(
                frame.nanos(),
                frame.connection(),
                EntryText.side(frame),
                header.opcode(),
                header.fin(),
                header.rsv(),
                EntryText.mask(header).orElse(""),
                Long.toUnsignedString(header.length()),
                EntryText.longerForm(header),
                payload(frame));
    }

    private static Payload payload(JournalEntry.Frame frame) {
        if (PayloadText.isCloseWithCode(frame)) {
            return new Payload(Form.CLOSE, PayloadText.of(frame), Extent.WHOLE);
        }
        if (frame.header().length() == 0) {
            return Payload.NONE;
        }
        if (!frame.hasRsv1() && frame.payload().text().isPresent()) {
            return PayloadExcerpt.of(frame.payload());
        }
        byte[] bytes = frame.payload().kept().toArray();
        boolean cut = bytes.length > MAX_BYTES || frame.payload().whole().isEmpty();
        String hex = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, MAX_BYTES));
        return new Payload(Form.HEX, hex, cut ? Extent.BEGINNING : Extent.WHOLE);
    }

    private static TimelineEntry.Note note(JournalEntry entry) {
        return new TimelineEntry.Note(
                entry.nanos(),
                entry.connection(),
                EntryText.from(entry),
                entry.type(),
                Excerpt.withEllipsis(EntryText.of(entry), MAX_TEXT));
    }

    private static TimelineEntry.CheckEntry step(JournalEntry.StepDone step) {
        Check check = JudgedJournal.check(step);
        CheckWording wording = CheckWording.of(check);
        int shown = shown(check.met());
        return new TimelineEntry.CheckEntry(
                step.nanos(),
                step.connection(),
                Witness.SERVER,
                check.outcome(),
                check.strength(),
                "step " + (step.index() + 1) + " " + step.step().word(),
                Excerpt.withEllipsis(wording.expected(), shown),
                Excerpt.withEllipsis(wording.actual(), shown),
                "");
    }

    private static TimelineEntry.CheckEntry violation(JournalEntry.ViolationNoted noted) {
        CheckWording wording = CheckWording.of(JudgedJournal.check(noted));
        return new TimelineEntry.CheckEntry(
                noted.nanos(),
                noted.connection(),
                Witness.SERVER,
                Check.Outcome.FAILED,
                Strength.CASE,
                wording.what(),
                wording.expected(),
                Excerpt.withEllipsis(wording.actual(), MAX_TEXT),
                "");
    }

    private static int shown(boolean met) {
        return met ? MAX_TEXT_IF_MET : MAX_TEXT;
    }
}
