package io.wstck.tck.report;

import io.wstck.server.text.Excerpt;
import io.wstck.tck.judge.KnownStatus;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.ContractVerdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Renders one run as Markdown: conclusion, causes, counts, findings with folded transcripts, reasons for skips. CI
 * servers drop summaries that are too long, so it takes {@link #MAX_BYTES} at most, and says what was cut. For one
 * thread.
 */
final class MarkdownReport {
    /** GitHub accepts 1 MiB per step, and other steps may write too. */
    static final int MAX_BYTES = 512 << 10;

    /** Room that transcripts leave for the rest of the page. */
    private static final int RESERVE = 64 << 10;

    private static final int FOOTER_RESERVE = 1 << 10;
    private static final int TEXT_WIDTH = 300;
    private static final int COMMAND_WIDTH = 2000;

    private final RecordedRun run;
    private final BoundedText text = new BoundedText(MAX_BYTES);
    private int leftOutCases;

    MarkdownReport(RecordedRun run) {
        this.run = run;
    }

    String text() {
        head();
        causes();
        counts();
        findings("Failed", result -> result.verdict() == Verdict.FAILED);
        findings(
                "Listed as known, but did not fail",
                result -> result.judgement().listing() == KnownStatus.OUTDATED);
        findings("Inconclusive", result -> result.verdict() == Verdict.INCONCLUSIVE);
        findings("Warned", result -> result.verdict() == Verdict.WARNED);
        reasons("Known deviations", Verdict.KNOWN);
        reasons("Skipped", Verdict.SKIPPED);
        if (leftOutCases > 0) {
            text.add("\n" + leftOutCases + (leftOutCases == 1 ? " case is" : " cases are")
                    + " left out here, since this page is full: all" + " are in the events file.\n");
        }
        return text.toString();
    }

    private void head() {
        RunStarted started = run.started();
        ConclusionText conclusion = ConclusionText.of(run);
        text.add("## " + mark(conclusion.tone()) + " wstck: " + conclusion.phrase() + "\n\n");
        text.add("**" + inline(started.implementation().toString()) + "**, judged by wstck " + inline(started.kit())
                + " ("
                + inline(started.spec()) + ") on " + inline(started.platform()) + ", profile "
                + started.profile().word() + ", "
                + inline(started.startedAt().toString())
                + run.finished()
                        .map(footer -> ", in " + ConsoleReport.duration(footer.duration()))
                        .orElse("")
                + started.shard().map(shard -> ", shard " + shard).orElse("")
                + "; seed " + started.seed() + ".\n");
        ConclusionText.incomplete(run).ifPresent(sentence -> text.add("\n> **" + sentence + "**\n"));
    }

    /** Writes the table of causes. */
    private void causes() {
        List<CauseFindings> causes = CauseFindings.of(run.cases());
        if (causes.isEmpty()) {
            return;
        }
        text.add("\n### Causes: " + causes.size() + "\n\n| verdict | cases | cause | example |\n|---|--:|---|---|\n");
        for (CauseFindings cause : causes) {
            if (!text.addIfRoom(row(cause), RESERVE)) {
                text.add(
                        "\nThe other causes are left out here, since this page is full: all are in the events file.\n");
                return;
            }
        }
    }

    private String row(CauseFindings cause) {
        CaseFinished example = cause.example();
        String command = run.started().rerun(example.id()).orElse(example.id());
        return "| " + cause.worst().word() + " | " + cause.counted() + " | "
                + inline(cause.cause().clause()) + ": "
                + inline(cause.cause().what()) + " | expected "
                + inline(example.judgement().expected()) + ", got "
                + inline(example.judgement().actual()) + "<br>"
                + MarkdownText.inline(Excerpt.withRest(command, COMMAND_WIDTH)) + " |\n";
    }

    private static String mark(ConclusionText.Tone tone) {
        return switch (tone) {
            case GOOD -> "✅";
            case FAIR -> "☑️";
            case BAD -> "❌";
            case UNKNOWN -> "⚠️";
        };
    }

    private void counts() {
        Map<Verdict, Long> counts = run.cases().stream()
                .collect(Collectors.groupingBy(CaseFinished::verdict, TreeMap::new, Collectors.counting()));
        text.add("\n| verdict | cases |\n|---|--:|\n");
        counts.forEach((verdict, count) -> text.add("| " + verdict.phrase() + " | " + count + " |\n"));
        run.finished()
                .filter(footer -> !footer.contracts().isEmpty())
                .ifPresent(footer -> contracts(footer.contracts()));
        run.finished()
                .filter(footer -> footer.binding() > 0)
                .ifPresent(footer ->
                        text.add("\n" + footer.judged() + " of " + footer.binding() + " binding cases judged.\n"));
        run.finished().filter(footer -> !footer.unstable().isEmpty()).ifPresent(footer -> {
            String ids = footer.unstable().stream().limit(20).collect(Collectors.joining(", "));
            text.add("\nUnstable: " + footer.unstable().size() + ": " + inline(ids) + "\n");
        });
        run.finished().flatMap(RunFinished::early).ifPresent(end -> text.add("\n" + inline(end.sentence()) + "\n"));
        run.finished().ifPresent(footer -> footer.remarks().forEach(remark -> text.add("\n" + inline(remark) + "\n")));
    }

    private void contracts(List<ContractVerdict> verdicts) {
        text.add("\n| contract | binds in profile "
                + verdicts.getFirst().profile().word() + " | conclusion | judged |\n|---|---|---|--:|\n");
        verdicts.forEach(verdict -> text.add("| " + verdict.contract().phrase() + " | "
                + (verdict.binds() ? "yes" : "no") + " | " + ContractText.conclusion(verdict) + " | "
                + verdict.judged() + " of " + verdict.applicable() + " |\n"));
    }

    /** Writes each finding with a folded transcript. If the page is full, only their ids. */
    private void findings(String title, Predicate<CaseFinished> filter) {
        List<CaseFinished> results = examplesFirst(filter);
        if (results.isEmpty()) {
            return;
        }
        text.add("\n### " + title + ": " + results.size() + "\n\n");
        List<String> more = new ArrayList<>();
        for (CaseFinished result : results) {
            if (!more.isEmpty() || !text.addIfRoom(details(result, run.started()), RESERVE)) {
                more.add(result.id());
            }
        }
        if (!more.isEmpty()) {
            String ids = "\nWithout their transcripts, since this page is full: "
                    + more.stream().map(MarkdownText::inline).collect(Collectors.joining(", ")) + "\n";
            if (!text.addIfRoom(ids, RESERVE / 2)) {
                leftOutCases += more.size();
            }
        }
    }

    /** The results that match, one example of each cause first, so that each cause gets a transcript. */
    private List<CaseFinished> examplesFirst(Predicate<CaseFinished> filter) {
        List<CaseFinished> examples = CauseFindings.of(run.cases()).stream()
                .map(CauseFindings::example)
                .filter(filter)
                .toList();
        Set<CaseFinished> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        taken.addAll(examples);
        List<CaseFinished> results = new ArrayList<>(examples);
        run.cases().stream()
                .filter(filter)
                .filter(result -> !taken.contains(result))
                .forEach(results::add);
        return results;
    }

    private static String details(CaseFinished result, RunStarted started) {
        String round = result.repetition() > 1 ? ", round " + result.repetition() : "";
        StringBuilder details = new StringBuilder();
        details.append("<details><summary><code>")
                .append(html(result.id()))
                .append("</code> ")
                .append(html(result.title()))
                .append(" (")
                .append(html(result.requirement().clause()))
                .append(", ")
                .append(result.level().word())
                .append(round)
                .append(")</summary>\n<pre>\n");
        CaseText.finding(result)
                .forEach(line ->
                        details.append(html(Excerpt.withRest(line, TEXT_WIDTH))).append('\n'));
        started.rerun(result.id())
                .ifPresent(line -> details.append(
                                html(Excerpt.withRest(CaseText.labelled("rerun", line), COMMAND_WIDTH)))
                        .append('\n'));
        details.append("transcript\n");
        ConsoleCase.shorten(result.transcript())
                .forEach(line -> details.append("   ")
                        .append(html(Excerpt.withRest(line, TEXT_WIDTH)))
                        .append('\n'));
        return details.append("</pre>\n</details>\n\n").toString();
    }

    /** Writes how many cases have each reason. */
    private void reasons(String title, Verdict verdict) {
        Map<String, Long> reasons = run.cases().stream()
                .filter(result -> result.verdict() == verdict)
                .collect(Collectors.groupingBy(
                        result -> result.judgement().reason(), TreeMap::new, Collectors.counting()));
        if (reasons.isEmpty()) {
            return;
        }
        long cases = reasons.values().stream().mapToLong(Long::longValue).sum();
        text.add("\n<details><summary>" + title + ": " + cases + "</summary>\n\n| cases | reason |\n|--:|---|\n");
        reasons.forEach((reason, count) -> {
            if (!text.addIfRoom("| " + count + " | " + inline(reason) + " |\n", FOOTER_RESERVE)) {
                leftOutCases += count.intValue();
            }
        });
        text.add("\n</details>\n");
    }

    private static String inline(String text) {
        return MarkdownText.inline(Excerpt.withRest(text, TEXT_WIDTH));
    }

    private static String html(String text) {
        return MarkdownText.html(text);
    }
}
