package io.wstck.tck.cli;

import io.wstck.tck.judge.MeasuredTime;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.report.CaseFinished;
import io.wstck.tck.report.EventsException;
import io.wstck.tck.report.EventsReader;
import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.report.ReportFolder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The result of one case in the last run as lines, and the command line that plays the case or clause again.
 *
 * @param lines about the case, not escaped; one line if the run is missing or damaged; not used for a clause
 * @param unmet whether the client missed the requirement in a round
 * @param rerun the command line of the run, with this case or clause only; empty if the run did not play it
 */
record LastRunLines(List<String> lines, boolean unmet, Optional<String> rerun) {
    private static final Set<Verdict> UNMET =
            Set.of(Verdict.FAILED, Verdict.KNOWN, Verdict.WARNED, Verdict.INCONCLUSIVE);

    static LastRunLines of(ReportFolder folder, String id) {
        if (Files.notExists(folder.events())) {
            return none("last run     none recorded at " + folder.events());
        }
        try {
            RecordedRun run = EventsReader.read(folder.events());
            run.requireCounts();
            List<String> lines = new ArrayList<>();
            for (CaseFinished result : run.cases()) {
                if (result.id().equals(id)) {
                    lines.addAll(result(result, run));
                }
            }
            if (lines.isEmpty()) {
                lines.add("last run     did not play this case (" + folder.events() + ")");
            }
            if (run.finished().isEmpty()) {
                lines.add("             the run ended early: its events are truncated");
            }
            return new LastRunLines(
                    lines,
                    run.cases().stream().anyMatch(result -> result.id().equals(id) && UNMET.contains(result.verdict())),
                    rerun(run, id));
        } catch (EventsException e) {
            return none("last run     unreadable: " + e.getMessage());
        }
    }

    private static LastRunLines none(String line) {
        return new LastRunLines(List.of(line), false, Optional.empty());
    }

    private static Optional<String> rerun(RecordedRun run, String id) {
        boolean played = run.cases().stream()
                .anyMatch(result ->
                        result.id().equals(id) || result.requirement().clause().equals(id));
        return played ? run.started().rerun(id) : Optional.empty();
    }

    private static List<String> result(CaseFinished result, RecordedRun run) {
        String round = run.started().repetitions() > 1 ? " in round " + result.repetition() : "";
        List<String> lines = new ArrayList<>();
        lines.add("last run     " + result.verdict().word() + round + ", "
                + result.duration().toMillis() + " ms, "
                + run.started().implementation().name() + " "
                + run.started().implementation().version() + ", profile "
                + run.started().profile().word() + ", "
                + run.started().startedAt());
        add(lines, "  reason     ", result.judgement().reason());
        add(lines, "  expected   ", result.judgement().expected());
        add(lines, "  actual     ", result.judgement().actual());
        result.judgement().notes().parts().forEach(part -> add(lines, "  part       ", part));
        result.judgement().notes().hint().ifPresent(hint -> add(lines, "  hint       ", hint));
        for (MeasuredTime time : result.measured()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  measured   %.1f ms, expected %.0f to %.0f ms (%s)",
                    time.ms(),
                    time.minMs(),
                    time.maxMs(),
                    time.what()));
        }
        result.transcript().forEach(line -> lines.add("    " + line));
        return lines;
    }

    private static void add(List<String> lines, String label, String text) {
        if (!text.isEmpty()) {
            lines.add(label + text);
        }
    }
}
