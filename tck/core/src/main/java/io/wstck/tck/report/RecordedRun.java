package io.wstck.tck.report;

import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.ContractVerdict;
import io.wstck.tck.run.RunSummary;
import java.util.List;
import java.util.Optional;

/**
 * A run as recorded in its events file.
 *
 * @param file name of the file, for messages
 * @param finished the footer; empty if the file is truncated
 */
public record RecordedRun(String file, RunStarted started, List<CaseFinished> cases, Optional<RunFinished> finished) {

    public RecordedRun {
        cases = List.copyOf(cases);
    }

    /**
     * The footer of a complete run, for callers that cannot use a part of one.
     *
     * @throws EventsException as {@link #footer}, or if the run was interrupted
     */
    public RunFinished completeFooter() throws EventsException {
        RunFinished footer = footer();
        if (footer.conclusion() == RunSummary.Conclusion.INTERRUPTED) {
            throw new EventsException(
                    file + " was interrupted: it has " + cases.size() + " of " + started.cases() + " cases");
        }
        return footer;
    }

    /**
     * The footer, checked against the cases.
     *
     * @throws EventsException if there is none, or it counts other cases or verdicts than the file contains
     */
    public RunFinished footer() throws EventsException {
        RunFinished footer = finished.orElseThrow(() -> new EventsException(file
                + " is truncated: expected run-finished after its " + cases.size() + " of " + started.cases()
                + " cases, found the end of the file"));
        requireCounts(footer);
        return footer;
    }

    /**
     * Checks the footer, if there is one, against the cases; for callers that accept truncated runs.
     *
     * @throws EventsException if it does not match
     */
    public void requireCounts() throws EventsException {
        if (finished.isPresent()) {
            requireCounts(finished.get());
        }
    }

    private void requireCounts(RunFinished footer) throws EventsException {
        requireVerdicts(footer);
        requireContracts(footer);
    }

    private void requireContracts(RunFinished footer) throws EventsException {
        List<RunSummary.Result> results =
                cases.stream().map(CaseFinished::result).toList();
        RunSummary held = RunSummary.of(started.profile(), results, RunSummary.Completion.COMPLETE, footer.duration());
        for (ContractVerdict verdict : held.contracts()) {
            if (footer.contracts().stream().noneMatch(verdict::hasSameCounts)) {
                throw new EventsException(file + " has changed lines: run-finished in line " + (cases.size() + 2)
                        + " counts other results of contract "
                        + verdict.contract().word() + " than the file holds");
            }
        }
    }

    private void requireVerdicts(RunFinished footer) throws EventsException {
        // The head takes the first line, and each case one more.
        String counts = "run-finished in line " + (cases.size() + 2) + " counts ";
        if (footer.cases() > cases.size()) {
            throw new EventsException(
                    file + " has lost lines: " + counts + footer.cases() + " cases, the file holds " + cases.size());
        }
        if (footer.cases() < cases.size()) {
            throw new EventsException(file + " has lines that are not of the run: " + counts + footer.cases()
                    + " cases, the file holds " + cases.size());
        }
        for (Verdict verdict : Verdict.values()) {
            long held =
                    cases.stream().filter(result -> result.verdict() == verdict).count();
            if (footer.verdicts().get(verdict) != held) {
                throw new EventsException(file + " has changed lines: " + counts
                        + footer.verdicts().get(verdict) + " " + verdict.word() + ", the file holds " + held);
            }
        }
    }
}
