package io.wstck.tck.report;

import io.wstck.server.text.Excerpt;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.KnownStatus;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.RunSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Formats one case for the console. By default a failure or an inconclusive case is a block, a new warning or an
 * unstable case a few lines, and a pass nothing.
 */
final class ConsoleCase {
    /** The middle of a longer transcript is left out. */
    private static final int TRANSCRIPT_LINES = 120;

    private static final int LINE_WIDTH = 200;

    /** Header lines fit: their values are already cut, with the length behind them. */
    private static final int TRANSCRIPT_WIDTH = 300;

    /** The width after which a line of ids ends. */
    private static final int ID_WIDTH = 70;

    private static final String INDENT = "  ";

    private final ConsoleStyle style;
    private final String rerun;

    ConsoleCase(ConsoleStyle style, String rerun) {
        this.style = style;
        this.rerun = rerun;
    }

    /** The escaped lines for a case; empty if there is nothing to print. */
    List<String> lines(CaseFinished result) {
        if (style.detail() == ConsoleStyle.Detail.TRACE) {
            return block(result, result.transcript());
        }
        return switch (result.verdict()) {
            case PASSED ->
                result.judgement().listing() == KnownStatus.OUTDATED
                        ? List.of(head(result), INDENT + printable(warning(result)))
                        : unstable(result);
            case KNOWN, SKIPPED -> List.of();
            case OBSERVED -> unstable(result);
            // A warning as listed is no news to the author of the list.
            case WARNED ->
                result.judgement().listing() == KnownStatus.AS_LISTED
                        ? List.of()
                        : Stream.of(
                                        List.of(head(result), INDENT + printable(warning(result))),
                                        notes(result),
                                        unstable(result).stream().skip(1).toList())
                                .flatMap(List::stream)
                                .toList();
            case FAILED, INCONCLUSIVE -> block(result, shorten(result.transcript()));
        };
    }

    private static List<String> notes(CaseFinished result) {
        return CaseText.notes(result).stream()
                .map(line -> INDENT + printable(line))
                .toList();
    }

    /** The lines for a case whose attempts had different verdicts; empty if they agreed. */
    private List<String> unstable(CaseFinished result) {
        if (result.stability() == RunSummary.Stability.STABLE) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add(head(result));
        lines.add(INDENT + "unstable: another attempt had another verdict");
        result.earlier()
                .forEach(attempt -> lines.add(INDENT + printable("earlier attempt: " + CaseText.earlier(attempt))));
        return lines;
    }

    /** The line for a finding whose block an earlier round has printed. */
    List<String> repeated(CaseFinished result) {
        return switch (result.verdict()) {
            case PASSED, KNOWN, OBSERVED, SKIPPED -> List.of();
            case WARNED, FAILED, INCONCLUSIVE ->
                List.of(style.paint(result.verdict(), result.verdict().word()) + " " + EscapedText.line(result.id())
                        + "  again in round " + result.repetition());
        };
    }

    /** The line for a failure of a cause that another case has printed; nothing for a warning. */
    List<String> sameCause(CaseFinished result, String first) {
        return result.verdict() == Verdict.FAILED
                ? List.of(style.paint(result.verdict(), result.verdict().word()) + " "
                        + printable(result.id() + "  the same cause as " + first))
                : List.of();
    }

    /**
     * The lines for the example of a cause, and for the other findings of that cause.
     *
     * @param others the ids of the other cases
     */
    List<String> example(CaseFinished result, List<String> others) {
        List<String> same = others.isEmpty() ? List.of() : sameIn(others);
        if (result.verdict() == Verdict.FAILED) {
            return block(result, shorten(result.transcript()), same);
        }
        return Stream.concat(lines(result).stream(), same.stream()).toList();
    }

    /** The ids in the form that {@code --only} takes, in lines of limited width. */
    private static List<String> sameIn(List<String> ids) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < ids.size(); i++) {
            line.append(EscapedText.line(ids.get(i))).append(i == ids.size() - 1 ? "" : ",");
            if (line.length() > ID_WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
        }
        lines.add(line.toString());
        String label = "the same in " + ids.size() + (ids.size() == 1 ? " case: " : " cases: ");
        lines.removeIf(String::isEmpty);
        return IntStream.range(0, lines.size())
                .mapToObj(i -> INDENT + (i == 0 ? label : INDENT) + lines.get(i))
                .toList();
    }

    private List<String> block(CaseFinished result, List<String> transcript) {
        return block(result, transcript, List.of());
    }

    /**
     * The lines for a case.
     *
     * @param others lines about other cases, already indented
     */
    private List<String> block(CaseFinished result, List<String> transcript, List<String> others) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(head(result));
        CaseText.finding(result).forEach(line -> lines.add(INDENT + printable(line)));
        lines.add(INDENT + "transcript" + (transcript.isEmpty() ? "   empty" : ""));
        transcript.forEach(
                line -> lines.add(INDENT + INDENT + Excerpt.withRest(EscapedText.line(line), TRANSCRIPT_WIDTH)));
        lines.addAll(others);
        lines.add(INDENT
                + CaseText.labelled("rerun", EscapedText.line(rerun + " --only " + ShellWord.quote(result.id()))));
        lines.add("");
        return lines;
    }

    private String head(CaseFinished result) {
        String level = result.level().word();
        String rest = result.id() + "  (" + result.requirement().clause() + ", " + level + ")  " + result.title();
        return style.paint(result.verdict(), result.verdict().word()) + " " + printable(rest);
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

    /** The lines of a transcript; the middle of a long one is left out. */
    static List<String> shorten(List<String> transcript) {
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
        return Excerpt.withRest(EscapedText.line(text), LINE_WIDTH);
    }
}
