package io.wstck.tck.report;

import io.wstck.server.text.Excerpt;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.Listing;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.RunSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** One case on the console: a block for a failure, two lines for a warning, nothing for what passed. */
final class ConsoleCase {
    /** A longer transcript loses its middle. */
    private static final int TRANSCRIPT_LINES = 120;

    private static final int LINE_WIDTH = 200;

    /** So that a header line is whole: a value is cut before, and its length said behind it. */
    private static final int TRANSCRIPT_WIDTH = 300;

    private static final String INDENT = "  ";

    private final Style style;
    private final String rerun;

    ConsoleCase(Style style, String rerun) {
        this.style = style;
        this.rerun = rerun;
    }

    /** The lines for a case, escaped; none if there is nothing to tell. */
    List<String> lines(CaseFinished result) {
        if (style.detail() == Style.Detail.TRACE) {
            return block(result, result.transcript());
        }
        return switch (result.verdict()) {
            case PASSED ->
                result.judgement().listing() == Listing.OUTDATED
                        ? List.of(head(result), INDENT + printable(warning(result)))
                        : unstable(result);
            case KNOWN, SKIPPED -> List.of();
            case OBSERVED -> unstable(result);
            // What is listed has been told to whoever wrote the list.
            case WARNED ->
                result.judgement().listing() == Listing.AS_LISTED
                        ? List.of()
                        : Stream.of(
                                        List.of(head(result), INDENT + printable(warning(result))),
                                        notes(result),
                                        unstable(result).stream().skip(1).toList())
                                .flatMap(List::stream)
                                .toList();
            case FAILED, INCONCLUSIVE -> block(result, cut(result.transcript()));
        };
    }

    private static List<String> notes(CaseFinished result) {
        return CaseText.notes(result).stream()
                .map(line -> INDENT + printable(line))
                .toList();
    }

    /** What was found when the case was played beside others, and not when it was played alone. */
    private List<String> unstable(CaseFinished result) {
        if (result.steadiness() == RunSummary.Steadiness.STEADY) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add(head(result));
        lines.add(INDENT + "unstable: not so when it was played again");
        result.earlier()
                .forEach(attempt -> lines.add(INDENT + printable("earlier attempt: " + CaseText.earlier(attempt))));
        return lines;
    }

    /** The line for a finding whose block an earlier round has printed. */
    List<String> again(CaseFinished result) {
        return switch (result.verdict()) {
            case PASSED, KNOWN, OBSERVED, SKIPPED -> List.of();
            case WARNED, FAILED, INCONCLUSIVE ->
                List.of(style.paint(result.verdict(), result.verdict().name()) + " " + Printable.line(result.id())
                        + "  again in round " + result.repetition());
        };
    }

    /** The line for a failure whose cause the block of another case has told; nothing for a warning. */
    List<String> sameCause(CaseFinished result, String first) {
        return result.verdict() == Verdict.FAILED
                ? List.of(style.paint(result.verdict(), result.verdict().name()) + " "
                        + printable(result.id() + "  the same cause as " + first))
                : List.of();
    }

    private List<String> block(CaseFinished result, List<String> transcript) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(head(result));
        CaseText.finding(result).forEach(line -> lines.add(INDENT + printable(line)));
        lines.add(INDENT + "transcript" + (transcript.isEmpty() ? "   empty" : ""));
        transcript.forEach(
                line -> lines.add(INDENT + INDENT + Excerpt.withRest(Printable.line(line), TRANSCRIPT_WIDTH)));
        lines.add(
                INDENT + CaseText.labelled("rerun", Printable.line(rerun + " --only " + ShellWord.quote(result.id()))));
        lines.add("");
        return lines;
    }

    private String head(CaseFinished result) {
        String level = result.level().word().toLowerCase(Locale.ROOT);
        String rest = result.id() + "  (" + result.requirement().clause() + ", " + level + ")  " + result.title();
        return style.paint(result.verdict(), result.verdict().name()) + " " + printable(rest);
    }

    private static String warning(CaseFinished result) {
        Judgement judgement = result.judgement();
        List<String> parts = Stream.of(
                        CaseText.reason(result),
                        judgement.expected().isEmpty() ? "" : "expected " + judgement.expected(),
                        judgement.actual().isEmpty() ? "" : "got " + judgement.actual())
                .filter(part -> !part.isEmpty())
                .toList();
        return String.join("; ", parts) + "  at " + result.source();
    }

    /** The lines of a transcript, without the middle of a long one. */
    static List<String> cut(List<String> transcript) {
        if (transcript.size() <= TRANSCRIPT_LINES) {
            return transcript;
        }
        int half = TRANSCRIPT_LINES / 2;
        List<String> lines = new ArrayList<>(transcript.subList(0, half));
        lines.add("… " + (transcript.size() - TRANSCRIPT_LINES) + " lines left out here; all are in the events file …");
        lines.addAll(transcript.subList(transcript.size() - half, transcript.size()));
        return lines;
    }

    private static String printable(String text) {
        return Excerpt.withRest(Printable.line(text), LINE_WIDTH);
    }
}
