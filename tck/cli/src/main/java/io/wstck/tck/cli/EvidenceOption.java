package io.wstck.tck.cli;

import io.wstck.tck.run.RunPlan;
import picocli.CommandLine.Option;

/**
 * The option that turns off the evidence of a run. Evidence is on by default, because it takes only 2 % of a run's
 * time.
 */
final class EvidenceOption {
    @Option(names = "--no-evidence", description = "Do not write evidence.ndjson.gz for rejudge.")
    private boolean dropped;

    RunPlan.EvidenceRetention keeping() {
        return dropped ? RunPlan.EvidenceRetention.DROPPED : RunPlan.EvidenceRetention.KEPT;
    }
}
