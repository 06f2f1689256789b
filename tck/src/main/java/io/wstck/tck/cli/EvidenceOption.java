package io.wstck.tck.cli;

import io.wstck.tck.evidence.EvidenceWriter;
import io.wstck.tck.report.ReportFolder;
import io.wstck.tck.report.RunStarted;
import io.wstck.tck.run.CaseResult;
import io.wstck.tck.run.RunInfo;
import io.wstck.tck.run.RunListener;
import io.wstck.tck.run.RunPlan;
import io.wstck.tck.run.RunSummary;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The option that says whether to keep what a run was judged by: by default, since it costs two hundredths of a run. */
final class EvidenceOption {
    @Option(
            names = "--no-evidence",
            description =
                    "Do not keep what every case was judged by, journal and script, in evidence.ndjson.gz beside the"
                            + " reports, for the command rejudge.")
    private boolean dropped;

    RunPlan.Keeping keeping() {
        return dropped ? RunPlan.Keeping.DROPPED : RunPlan.Keeping.KEPT;
    }

    /**
     * The listener that keeps it; one that does nothing where it is not to be kept.
     *
     * @param head of the run's events, asked for when the run has started
     */
    Kept open(ReportFolder folder, Supplier<RunStarted> head) {
        return new Kept(dropped ? Optional.empty() : Optional.of(EvidenceWriter.create(folder.evidence(), head)));
    }

    /** Closed by whoever opened it. */
    record Kept(Optional<EvidenceWriter> writer) implements RunListener, AutoCloseable {
        @Override
        public void started(RunInfo info) {
            writer.ifPresent(evidence -> evidence.started(info));
        }

        @Override
        public void finished(CaseResult result) {
            writer.ifPresent(evidence -> evidence.finished(result));
        }

        @Override
        public void ended(RunSummary summary) {
            writer.ifPresent(evidence -> evidence.ended(summary));
        }

        @Override
        public void close() throws IOException {
            if (writer.isPresent()) {
                writer.get().close();
            }
        }
    }
}
