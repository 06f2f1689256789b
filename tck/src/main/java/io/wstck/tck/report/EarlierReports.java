package io.wstck.tck.report;

import io.wstck.tck.run.CaseResult;
import io.wstck.tck.run.RunInfo;
import io.wstck.tck.run.RunListener;
import io.wstck.tck.run.RunSummary;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Makes room in a report folder when the first case of a run is finished, and not before: makes the folder, and deletes the reports and the
 * evidence of an earlier run, which would otherwise stand beside the events of this one. Comes before the writers of the folder's files.
 */
public final class EarlierReports implements RunListener {
    private final ReportFolder folder;
    private boolean discarded;

    public EarlierReports(ReportFolder folder) {
        this.folder = folder;
    }

    @Override
    public void started(RunInfo info) {
        // A run that fails before its first case leaves the folder as it was.
    }

    @Override
    public void finished(CaseResult result) {
        if (discarded) {
            return;
        }
        try {
            folder.create();
            folder.discardRenderings();
            folder.discardEvidence();
            discarded = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public void ended(RunSummary summary) {
        // Nothing is left to do.
    }
}
