package io.wstck.tck.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.head.HeadExcerpt;
import io.wstck.server.text.Excerpt;
import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.JournalReading;
import io.wstck.tck.judge.Strength;
import io.wstck.tck.judge.Witness;
import io.wstck.tck.judge.Wording;
import io.wstck.tck.run.Moment.Extent;
import io.wstck.tck.run.Moment.Form;
import io.wstck.tck.run.Moment.Payload;
import io.wstck.tck.run.Moment.Side;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes apart what both witnesses saw, for a diagram: the rows of {@link Transcript}, in the same order. Bounded: a
 * case has at most {@value #MOST_ROWS} rows, the first and the last ones, and each row some hundred characters, so that
 * they cost next to nothing beside the case itself. Stateless.
 */
final class Sequence {
    static final int MOST_ROWS = 300;

    private static final int BYTES_SHOWN = MessagePayload.BYTES_SHOWN;
    private static final int WORDS_SHOWN = 400;

    /** Of a check that is met nobody reads more. */
    private static final int MET_SHOWN = 100;

    private Sequence() {}

    /**
     * @param notes what the kit itself has to say, at the end
     */
    static List<Moment> of(EntryDetails journal, List<Check> checks, List<String> notes) {
        List<Moment> rows = new ArrayList<>();
        List<Moment> last = new ArrayList<>();
        for (Check check : checks) {
            if (Transcript.isLine(check)) {
                (check.witness() == Witness.SCRIPT ? rows : last).add(checked(check));
            }
        }
        for (JsonNode entry : journal.entries()) {
            rows.addAll(moments(entry, journal));
        }
        rows.sort(Comparator.comparingLong(Moment::nanos));
        rows.addAll(last);
        long end = rows.isEmpty() ? 0 : rows.getLast().nanos();
        notes.forEach(note ->
                rows.add(new Moment.Note(end, 0, Optional.empty(), "kit", Excerpt.withEllipsis(note, WORDS_SHOWN))));
        return bounded(rows);
    }

    private static List<Moment> bounded(List<Moment> rows) {
        if (rows.size() <= MOST_ROWS) {
            return rows;
        }
        int half = MOST_ROWS / 2;
        List<Moment> middle = rows.subList(half, rows.size() - half);
        int notMet = (int) middle.stream()
                .filter(row -> row instanceof Moment.Checked check && check.outcome() != Check.Outcome.MET)
                .count();
        List<Moment> kept = new ArrayList<>(rows.subList(0, half));
        kept.add(new Moment.Gap(middle.getFirst().nanos(), middle.size(), notMet));
        kept.addAll(rows.subList(rows.size() - half, rows.size()));
        return kept;
    }

    private static Moment.Checked checked(Check check) {
        Wording wording = Wording.of(check);
        return new Moment.Checked(
                check.nanos(),
                0,
                check.witness(),
                check.outcome(),
                check.strength(),
                Excerpt.withEllipsis(wording.what(), WORDS_SHOWN),
                Excerpt.withEllipsis(wording.expected(), shown(check.met())),
                Excerpt.withEllipsis(wording.actual(), shown(check.met())),
                check.position());
    }

    private static List<Moment> moments(JsonNode entry, EntryDetails details) {
        List<Moment> heads = heads(entry, details);
        if (!heads.isEmpty()) {
            return heads;
        }
        return switch (entry.path("type").asText()) {
            case "frame" ->
                Stream.concat(
                                Stream.of(frame(entry)),
                                details.inflation(entry).map(inflation -> message(entry, inflation)).stream())
                        .toList();
            case "step" -> List.of(step(entry));
            case "violation" -> List.of(violation(entry));
            // What one frame carries needs no second row.
            case "message" -> Transcript.isPlain(entry) ? List.of() : List.of(message(entry));
            default -> List.of(note(entry));
        };
    }

    private static List<Moment> heads(JsonNode entry, EntryDetails details) {
        List<Moment> rows = new ArrayList<>();
        for (HeadExcerpt head : details.heads(entry)) {
            Side from = Transcript.from(entry).orElseThrow();
            rows.add(new Moment.Head(
                    nanos(entry), connection(entry), from, entry.path("type").asText(), head));
        }
        return rows;
    }

    private static Moment message(JsonNode entry) {
        return new Moment.Message(
                nanos(entry), connection(entry), side(entry), Transcript.words(entry), MessagePayload.of(entry));
    }

    private static Moment message(JsonNode frame, Inflation inflation) {
        return new Moment.Message(nanos(frame), connection(frame), side(frame), inflation.text(), inflation.payload());
    }

    private static Moment.Frame frame(JsonNode entry) {
        return new Moment.Frame(
                nanos(entry),
                connection(entry),
                side(entry),
                entry.path("opcode").asInt(),
                entry.path("fin").asBoolean(),
                entry.path("rsv").asInt(),
                entry.path("mask").isTextual() ? entry.path("mask").asText() : "",
                entry.path("length").asText(),
                Transcript.longerForm(entry),
                payload(entry));
    }

    private static Payload payload(JsonNode entry) {
        if (entry.path("opcode").asInt() == 8 && entry.path("length").asLong() >= 2) {
            return new Payload(Form.CLOSE, PayloadWords.of(entry), Extent.WHOLE);
        }
        if (entry.path("length").asText().equals("0")) {
            return Payload.NONE;
        }
        Optional<byte[]> text = JournalReading.text(entry);
        if (text.isPresent() && !PayloadWords.isCompressed(entry)) {
            return MessagePayload.of(entry);
        }
        byte[] bytes = text.orElseGet(() -> Base64.getDecoder()
                .decode(entry.path("data").asText(entry.path("head").asText(""))));
        boolean cut = bytes.length > BYTES_SHOWN || entry.has("sha256");
        String hex = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, BYTES_SHOWN));
        return new Payload(Form.HEX, hex, extent(cut));
    }

    private static Extent extent(boolean cut) {
        return cut ? Extent.BEGINNING : Extent.WHOLE;
    }

    private static Moment.Note note(JsonNode entry) {
        return new Moment.Note(
                nanos(entry),
                connection(entry),
                Transcript.from(entry),
                entry.path("type").asText(),
                Excerpt.withEllipsis(Transcript.words(entry), WORDS_SHOWN));
    }

    private static Moment.Checked step(JsonNode entry) {
        String outcome = entry.path("outcome").asText();
        int shown = shown(outcome.equals("met"));
        Wording wording = Wording.of(JournalReading.check(entry));
        return new Moment.Checked(
                nanos(entry),
                connection(entry),
                Witness.SERVER,
                outcome.equals("met") ? Check.Outcome.MET : Check.Outcome.FAILED,
                outcome.equals("missed") ? Strength.SHOULD : Strength.CASE,
                "step " + (entry.path("index").asInt() + 1) + " "
                        + entry.path("op").asText(),
                Excerpt.withEllipsis(wording.expected(), shown),
                Excerpt.withEllipsis(wording.actual(), shown),
                "");
    }

    private static Moment.Checked violation(JsonNode entry) {
        Wording wording = Wording.of(JournalReading.check(entry));
        return new Moment.Checked(
                nanos(entry),
                connection(entry),
                Witness.SERVER,
                Check.Outcome.FAILED,
                Strength.CASE,
                wording.what(),
                wording.expected(),
                Excerpt.withEllipsis(wording.actual(), WORDS_SHOWN),
                "");
    }

    private static Side side(JsonNode entry) {
        return entry.path("direction").asText().equals("in") ? Side.CLIENT : Side.SERVER;
    }

    private static long nanos(JsonNode entry) {
        return entry.path("nanos").asLong();
    }

    private static int connection(JsonNode entry) {
        return entry.path("connection").asInt();
    }

    private static int shown(boolean met) {
        return met ? MET_SHOWN : WORDS_SHOWN;
    }
}
