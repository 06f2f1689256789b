package io.wstck.tck.compare;

import io.wstck.server.text.Excerpt;
import io.wstck.tck.report.EscapedText;
import io.wstck.tck.report.MarkdownText;
import java.util.ArrayList;
import java.util.List;

/** Formats the causes that differ between two runs as lines; empty if there are none. Stateless. */
final class CauseLines {
    private static final String APPEARED = "new causes";
    private static final String GONE = "causes gone";

    /** For more causes the report is easier to read. */
    private static final int MOST_CAUSES = 50;

    private static final int LONGEST_SENTENCE = 300;

    private CauseLines() {}

    /** Escaped lines for a terminal. */
    static List<String> text(CauseChanges changes) {
        List<String> lines = new ArrayList<>(text(APPEARED, changes.appeared()));
        lines.addAll(text(GONE, changes.gone()));
        return lines;
    }

    private static List<String> text(String title, List<CauseChanges.Change> changes) {
        List<String> lines = new ArrayList<>();
        if (!changes.isEmpty()) {
            lines.add("");
            lines.add(title + ": " + changes.size());
            changes.stream().limit(MOST_CAUSES).forEach(change -> {
                lines.add("  " + EscapedText.line(clause(change)) + "  " + cases(change));
                lines.add("      " + EscapedText.line(sentence(change)));
            });
            moreLine(changes).forEach(line -> lines.add("  " + line));
        }
        return lines;
    }

    /** Markdown, with a table for each kind of change. */
    static List<String> markdown(CauseChanges changes) {
        List<String> lines = new ArrayList<>(markdown(APPEARED, changes.appeared()));
        lines.addAll(markdown(GONE, changes.gone()));
        return lines;
    }

    private static List<String> markdown(String title, List<CauseChanges.Change> changes) {
        List<String> lines = new ArrayList<>();
        if (!changes.isEmpty()) {
            lines.add("");
            lines.add("### " + title + ": " + changes.size());
            lines.add("");
            lines.add("| clause | cases | cause |");
            lines.add("|---|---|---|");
            changes.stream()
                    .limit(MOST_CAUSES)
                    .forEach(change -> lines.add("| " + MarkdownText.inline(clause(change)) + " | " + cases(change)
                            + " | " + MarkdownText.inline(sentence(change)) + " |"));
            moreLine(changes).forEach(line -> lines.add("\n" + line));
        }
        return lines;
    }

    private static String sentence(CauseChanges.Change change) {
        String what = change.cause().cause().what();
        return Excerpt.withRest(what.isEmpty() ? change.cause().cause().id() : what, LONGEST_SENTENCE);
    }

    private static String clause(CauseChanges.Change change) {
        return Excerpt.withRest(change.cause().cause().clause(), LONGEST_SENTENCE);
    }

    private static String cases(CauseChanges.Change change) {
        int cases = change.cause().cases();
        String count = cases + (cases == 1 ? " case" : " cases");
        return change.judgedInOtherRun() ? count : count + ", not judged in the other run";
    }

    private static List<String> moreLine(List<CauseChanges.Change> changes) {
        int more = changes.size() - MOST_CAUSES;
        return more <= 0 ? List.of() : List.of("… and " + more + " more");
    }
}
