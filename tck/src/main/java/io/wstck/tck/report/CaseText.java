package io.wstck.tck.report;

import io.wstck.tck.judge.Judgement;
import java.util.ArrayList;
import java.util.List;

/** A finding as plain lines: requirement, expected, actual, place, transcript. The same words in every report. */
public final class CaseText {
    private static final int LABEL_WIDTH = 13;

    private CaseText() {}

    /** All there is to say of a case, a line each, ended by a line end; control characters are escaped. */
    public static String full(CaseFinished result) {
        List<String> lines = new ArrayList<>();
        lines.add("transcript");
        result.transcript().forEach(line -> lines.add("   " + line));
        return brief(result) + text(lines);
    }

    /** The same without the transcript. */
    static String brief(CaseFinished result) {
        List<String> lines = new ArrayList<>();
        lines.add(result.title());
        lines.addAll(finding(result));
        return text(lines);
    }

    private static String text(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(Printable.line(line)).append('\n'));
        return text.toString();
    }

    /** What is required, what came and where, a labelled line each; what is empty is left out. Nothing is escaped. */
    static List<String> finding(CaseFinished result) {
        Judgement judgement = result.judgement();
        String reference = result.requirement().reference();
        String requirement = result.requirement().statement();
        List<String> lines = new ArrayList<>();
        lines.add(labelled("Requirement", reference.isEmpty() ? requirement : requirement + "  [" + reference + "]"));
        addUnlessEmpty(lines, "Reason", reason(result));
        addUnlessEmpty(lines, "Expected", judgement.expected());
        addUnlessEmpty(lines, "Actual", judgement.actual());
        notes(result).forEach(lines::add);
        result.earlier().stream()
                .filter(attempt -> !earlier(attempt).equals(earlier(judgement)))
                .forEach(attempt -> lines.add(labelled("Earlier", earlier(attempt))));
        lines.add(labelled("at", result.source()));
        return lines;
    }

    /** What helps to understand a finding, a labelled line each. Nothing is escaped. */
    static List<String> notes(CaseFinished result) {
        List<String> lines = new ArrayList<>();
        result.judgement().notes().parts().forEach(part -> lines.add(labelled("Part", part)));
        result.judgement().notes().hint().ifPresent(hint -> lines.add(labelled("Hint", hint)));
        return lines;
    }

    /** Why a case has its verdict; of a warning that only the profile made one, that too. */
    static String reason(CaseFinished result) {
        String reason = result.judgement().reason();
        return result.judgement().ifBinding().isEmpty()
                ? reason
                : reason + " (a deviation from the " + result.contract().phrase() + ", which does not bind)";
    }

    /** What an earlier attempt was judged, as one line. */
    static String earlier(Judgement attempt) {
        String expected = attempt.expected().isEmpty() ? "" : "; expected " + attempt.expected();
        String actual = attempt.actual().isEmpty() ? "" : ", got " + attempt.actual();
        return attempt.verdict() + ": " + attempt.reason() + expected + actual;
    }

    static String labelled(String label, String text) {
        return label + " ".repeat(Math.max(1, LABEL_WIDTH - label.length())) + text;
    }

    private static void addUnlessEmpty(List<String> lines, String label, String text) {
        if (!text.isEmpty()) {
            lines.add(labelled(label, text));
        }
    }
}
