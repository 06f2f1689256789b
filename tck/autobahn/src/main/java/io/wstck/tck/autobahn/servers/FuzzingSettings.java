package io.wstck.tck.autobahn.servers;

import io.wstck.tck.autobahn.Strictness;
import io.wstck.tck.autobahn.report.AutobahnReportFolder;
import io.wstck.tck.autobahn.spec.AutobahnPlan;
import io.wstck.tck.autobahn.tls.ServerTrust;

/**
 * The settings of a run against servers.
 *
 * @param trust the certificates of servers that are accepted
 * @param jobs the number of light cases that run at the same time against one server, at least 1; heavy cases run at
 * most one per processor
 */
public record FuzzingSettings(
        AutobahnPlan plan, Strictness strictness, AutobahnReportFolder outDir, ServerTrust trust, int jobs) {
    /** The usual number of jobs. */
    public static final int JOBS = 8;
}
