package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.wstck.tck.judge.KnownStatus;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.report.CaseFinished;
import io.wstck.tck.report.EventsReader;
import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.run.RunSummary.Conclusion;
import java.nio.file.Path;

/** Checks that the reports of an Autobahn run agree. */
final class AutobahnReports {
    private AutobahnReports() {}

    /** Checks that each report shows a run with one known deviation, the case {@code id}, and no failure. */
    static void assertOneKnown(Path reports, String id, String reason) throws Exception {
        RecordedRun run = EventsReader.read(reports.resolve("events.ndjson"));
        assertThat(run.footer().conclusion()).isEqualTo(Conclusion.KNOWN_DEVIATIONS);
        assertThat(run.cases())
                .filteredOn(one -> one.verdict() == Verdict.KNOWN)
                .extracting(CaseFinished::id, one -> one.judgement().listing())
                .containsExactly(tuple(id, KnownStatus.AS_LISTED));
        assertThat(reports.resolve("report.md")).content().contains("conformant but for 1 known deviation");
        assertThat(reports.resolve("report.html")).content().contains("conformant but for 1 known deviation");
        assertThat(reports.resolve("junit.xml")).content().contains("failures=\"0\"", "<skipped message=\"" + reason);
        assertThat(reports.resolve("badge.svg")).content().contains("1 known").doesNotContain("not conformant");
    }
}
