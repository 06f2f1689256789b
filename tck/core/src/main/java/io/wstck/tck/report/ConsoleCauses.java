package io.wstck.tck.report;

import io.wstck.server.text.Excerpt;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.KnownStatus;
import io.wstck.tck.judge.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Groups the findings on the console by cause: only the first of each cause is printed as a block, and the causes are
 * listed at the end. For one thread.
 */
final class ConsoleCauses {
    private static final int LINE_WIDTH = 200;
    private static final String INDENT = "     ";

    private final ConsoleStyle style;
    private final String rerun;
    private final List<CaseFinished> findings = new ArrayList<>();

    /** The case that was printed for each key. */
    private final Map<CauseKey, String> printed = new HashMap<>();

    private record CauseKey(String cause, Verdict verdict, Optional<Verdict> ifBinding) {}

    /**
     * Starts without findings.
     *
     * @param rerun command line that runs one case again, without the case's id
     */
    ConsoleCauses(ConsoleStyle style, String rerun) {
        this.style = style;
        this.rerun = rerun;
    }

    /**
     * Records a result.
     *
     * @return the earlier case that was printed for the same cause and verdict; empty if there is none
     */
    Optional<String> register(CaseFinished result) {
        if (!isPrinted(result)) {
            return Optional.empty();
        }
        findings.add(result.withoutDetails());
        String first = printed.putIfAbsent(
                new CauseKey(
                        result.cause().id(),
                        result.verdict(),
                        result.judgement().ifBinding()),
                result.id());
        return Optional.ofNullable(first).filter(id -> !id.equals(result.id()));
    }

    /** Whether a result is printed. Findings as listed are no news to the author of the list. */
    static boolean isPrinted(CaseFinished result) {
        return result.judgement().isFinding() && result.judgement().listing() != KnownStatus.AS_LISTED;
    }

    /** The list of causes; empty if there are no findings. */
    List<String> lines() {
        List<CauseFindings> causes = CauseFindings.of(findings);
        List<String> lines = new ArrayList<>();
        if (causes.isEmpty()) {
            return lines;
        }
        lines.add("");
        lines.add(count(causes.stream().mapToInt(CauseFindings::cases).sum(), "finding") + " with "
                + count(causes.size(), "cause") + "; the command of each cause plays one of its cases:");
        causes.forEach(cause -> lines.addAll(lines(cause)));
        return lines;
    }

    private List<String> lines(CauseFindings cause) {
        CaseFinished example = cause.example();
        Judgement judgement = example.judgement();
        List<String> lines = new ArrayList<>();
        lines.add(style.paint(cause.worst(), cause.worst().word()) + " "
                + printable(cause.counted() + "  " + cause.cause().clause() + ": "
                        + cause.cause().what()));
        if (!judgement.expected().isEmpty() || !judgement.actual().isEmpty()) {
            lines.add(
                    INDENT + "expected " + cutToHalf(judgement.expected()) + ", got " + cutToHalf(judgement.actual()));
        }
        lines.add(INDENT + EscapedText.line(rerun + " --only " + ShellWord.quote(example.id())));
        return lines;
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** Cuts a text to half a line, so that expected and actual both fit. */
    private static String cutToHalf(String text) {
        return Excerpt.withEllipsis(EscapedText.line(text), LINE_WIDTH / 2);
    }

    private static String printable(String text) {
        return Excerpt.withRest(EscapedText.line(text), LINE_WIDTH);
    }
}
