package io.wstck.tck.report;

import io.wstck.tck.judge.Judgement;
import java.util.ArrayList;
import java.util.List;

/** Formats a finding as plain lines: requirement, expected, actual, source, transcript. All reports share it. */
public final class CaseText {
    private static final int LABEL_WIDTH = 13;

    private CaseText() {}

    /** Everything about a case, one line each, with line ends. Control characters are escaped. */
    public static String full(CaseFinished result) {
        List<String> lines = new ArrayList<>();
        lines.add("transcript");
        result.transcript().forEach(line -> lines.add("   " + line));
        return brief(result) + text(lines);
    }

    /** The same without the transcript. Control characters are escaped. */
    static String brief(CaseFinished result) {
        List<String> lines = new ArrayList<>();
        lines.add(result.title());
        lines.addAll(finding(result));
        return text(lines);
    }

    private static String text(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(EscapedText.line(line)).append('\n'));
        return text.toString();
    }

    /**
     * Requirement, reason, expected, actual and source as labelled lines. Empty ones are left out. Nothing is escaped.
     */
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

    /** Parts and hint of a finding as labelled lines. Nothing is escaped. */
    static List<String> notes(CaseFinished result) {
        List<String> lines = new ArrayList<>();
        result.judgement().notes().parts().forEach(part -> lines.add(labelled("Part", part)));
        result.judgement().notes().hint().ifPresent(hint -> lines.add(labelled("Hint", hint)));
        return lines;
    }

    /** The reason of the verdict. Also says if the case is a warning only because the contract does not bind. */
    static String reason(CaseFinished result) {
        String reason = result.judgement().reason();
        return result.judgement().ifBinding().isEmpty()
                ? reason
                : reason + " (a deviation from the " + result.contract().phrase() + ", which does not bind)";
    }

    /** The judgement of an earlier attempt as one line. */
    static String earlier(Judgement attempt) {
        String expected = attempt.expected().isEmpty() ? "" : "; expected " + attempt.expected();
        String actual = attempt.actual().isEmpty() ? "" : ", got " + attempt.actual();
        return attempt.verdict().word() + ": " + attempt.reason() + expected + actual;
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
