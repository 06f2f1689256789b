package io.wstck.tck.run;

import io.wstck.server.head.HeadExcerpt;
import io.wstck.server.journal.JournalEntry;
import io.wstck.server.journal.JournalEntry.StepOutcome;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of a transcript with its time, and the lines below it.
 *
 * @param below lines that are indented below it, such as the headers of a request
 */
record TranscriptLine(long nanos, String text, List<String> below) {
    /** Indent of continuation lines: the width of the time column. */
    private static final String INDENT = " ".repeat(14);

    TranscriptLine(long nanos, String text) {
        this(nanos, text, List.of());
    }

    /** Returns the lines for a journal entry. */
    static List<TranscriptLine> of(JournalEntry entry, EntryDetails details) {
        List<TranscriptLine> lines = of(entry, details.heads(entry));
        if (entry instanceof JournalEntry.Frame frame) {
            String mark = connection(entry) + mark(entry);
            details.inflation(frame)
                    .ifPresent(inflation -> lines.add(new TranscriptLine(
                            entry.nanos(), mark + inflation.text() + colon(PayloadText.of(inflation.payload())))));
        }
        return lines;
    }

    /**
     * Returns the lines for a journal entry, without the content of a compressed frame.
     *
     * @param heads the HTTP heads in the entry; empty for other entries
     */
    static List<TranscriptLine> of(JournalEntry entry, List<HeadExcerpt> heads) {
        long nanos = entry.nanos();
        String mark = connection(entry) + mark(entry);
        List<TranscriptLine> lines = new ArrayList<>();
        for (HeadExcerpt head : heads) {
            List<String> below =
                    head.lines().stream().map(text -> mark + "  " + text).toList();
            lines.add(new TranscriptLine(nanos, mark + head.line(), below));
        }
        if (lines.isEmpty()) {
            lines.add(new TranscriptLine(nanos, mark + EntryText.of(entry) + content(entry)));
        }
        return lines;
    }

    /** Returns the line with its time, then the lines below it. */
    List<String> formatted() {
        List<String> formatted = new ArrayList<>();
        formatted.add(milliseconds(nanos) + " ms  " + text);
        below.forEach(line -> formatted.add(INDENT + line));
        return formatted;
    }

    /**
     * Formats milliseconds with two decimals, nine characters wide. A run has thousands of lines, and a format string
     * would cost more than all the rest.
     */
    private static String milliseconds(long nanos) {
        long hundredths = Math.round(nanos / 1e4);
        String text = hundredths / 100 + "." + hundredths / 10 % 10 + hundredths % 10;
        return " ".repeat(Math.max(0, 9 - text.length())) + text;
    }

    private static String connection(JournalEntry entry) {
        return entry.stamp().connection().map(id -> "#" + id.number() + " ").orElse("");
    }

    /** Returns the content of a message, unless it is in the plain frame directly before it. */
    private static String content(JournalEntry entry) {
        return entry instanceof JournalEntry.DataMessage message && !EntryText.isPlain(message)
                ? colon(PayloadText.of(PayloadExcerpt.of(message.payload())))
                : "";
    }

    private static String mark(JournalEntry entry) {
        return switch (entry) {
            case JournalEntry.ViolationNoted _, JournalEntry.ServerFailure _ -> "✗  ";
            case JournalEntry.StepDone step -> step.outcome() == StepOutcome.MET ? "✓  " : "✗  ";
            case JournalEntry.TlsResult _ -> "   ";
            default ->
                EntryText.from(entry)
                        .map(side -> side == TimelineEntry.Side.CLIENT ? "→  " : "←  ")
                        .orElse("");
        };
    }

    private static String colon(String payload) {
        return payload.isEmpty() ? "" : ": " + payload;
    }
}
