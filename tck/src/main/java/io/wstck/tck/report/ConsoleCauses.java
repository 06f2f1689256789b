package io.wstck.tck.report;

import io.wstck.server.text.Excerpt;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.Listing;
import io.wstck.tck.judge.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The causes of a run on the console: which finding has been told as the first of its cause, and the list at the end. For one thread. */
final class ConsoleCauses {
    private static final int LINE_WIDTH = 200;
    private static final String INDENT = "     ";

    private final Style style;
    private final String rerun;
    private final List<CaseFinished> findings = new ArrayList<>();

    /** The first case of each cause, verdict, and verdict if the contract bound, that was told as a whole. */
    private final Map<Told, String> told = new HashMap<>();

    private record Told(String cause, Verdict verdict, Optional<Verdict> ifBinding) {}

    /**
     * @param rerun command line that plays one case again, without the case's id
     */
    ConsoleCauses(Style style, String rerun) {
        this.style = style;
        this.rerun = rerun;
    }

    /** Takes note of a result. The case that was told as the first with the same cause and verdict; empty if this one is the first. */
    Optional<String> note(CaseFinished result) {
        if (!isTold(result)) {
            return Optional.empty();
        }
        findings.add(result.withoutDetails());
        String first = told.putIfAbsent(
                new Told(
                        result.cause().id(),
                        result.verdict(),
                        result.judgement().ifBinding()),
                result.id());
        return Optional.ofNullable(first).filter(id -> !id.equals(result.id()));
    }

    /** A finding as listed has been told to the author of the list. */
    private static boolean isTold(CaseFinished result) {
        return result.judgement().isFinding() && result.judgement().listing() != Listing.AS_LISTED;
    }

    /** The list of causes; empty without a finding. */
    List<String> lines() {
        List<CauseFindings> causes = CauseFindings.of(findings);
        List<String> lines = new ArrayList<>();
        if (causes.isEmpty()) {
            return lines;
        }
        lines.add("");
        lines.add(count(causes.size(), "cause") + " of "
                + count(causes.stream().mapToInt(CauseFindings::cases).sum(), "finding") + ":");
        causes.forEach(cause -> lines.addAll(lines(cause)));
        return lines;
    }

    private List<String> lines(CauseFindings cause) {
        CaseFinished example = cause.example();
        Judgement judgement = example.judgement();
        List<String> lines = new ArrayList<>();
        lines.add(style.paint(cause.worst(), cause.worst().name()) + " "
                + printable(cause.counted() + "  " + cause.cause().clause() + ": "
                        + cause.cause().what()));
        if (!judgement.expected().isEmpty() || !judgement.actual().isEmpty()) {
            lines.add(INDENT + "expected " + half(judgement.expected()) + ", got " + half(judgement.actual()));
        }
        lines.add(INDENT + Printable.line(rerun + " --only " + ShellWord.quote(example.id())));
        return lines;
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** Neither of the two may push the other one off the line. */
    private static String half(String text) {
        return Excerpt.withEllipsis(Printable.line(text), LINE_WIDTH / 2);
    }

    private static String printable(String text) {
        return Excerpt.withRest(Printable.line(text), LINE_WIDTH);
    }
}
