package io.wstck.tck.report;

import io.wstck.tck.run.RunSummary;
import java.util.List;
import java.util.Optional;

/**
 * A run as its events file tells it.
 *
 * @param file name of the file, for messages
 * @param finished absent when the file is truncated
 */
public record RecordedRun(String file, RunStarted started, List<CaseFinished> cases, Optional<RunFinished> finished) {

    public RecordedRun {
        cases = List.copyOf(cases);
    }

    /**
     * The footer of a run in which all cases were played, for readers to whom a part of it would tell something else.
     *
     * @throws EventsException as {@link #footer}, and if the run was interrupted
     */
    public RunFinished whole() throws EventsException {
        RunFinished footer = footer();
        if (footer.conclusion() == RunSummary.Conclusion.INTERRUPTED) {
            throw new EventsException(
                    file + " was interrupted: it has " + cases.size() + " of " + started.cases() + " cases");
        }
        return footer;
    }

    /**
     * The footer, for readers that must not judge half a run.
     *
     * @throws EventsException if there is none, or it counts other cases than the file holds
     */
    public RunFinished footer() throws EventsException {
        RunFinished footer = finished.orElseThrow(() -> new EventsException(file
                + " is truncated: expected run-finished after its " + cases.size() + " of " + started.cases()
                + " cases, found the end of the file"));
        if (footer.cases() != cases.size()) {
            throw new EventsException(file + " has lost lines: run-finished counts " + footer.cases()
                    + " cases, the file holds " + cases.size());
        }
        return footer;
    }
}
