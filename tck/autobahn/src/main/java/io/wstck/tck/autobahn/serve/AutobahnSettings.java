package io.wstck.tck.autobahn.serve;

import io.wstck.tck.autobahn.Strictness;
import io.wstck.tck.autobahn.report.AutobahnReportFolder;
import io.wstck.tck.autobahn.spec.AutobahnPlan;
import java.util.List;

/**
 * The settings of a server: the cases that it serves, the mode of judging, and the folder of its reports.
 *
 * @param protocols the subprotocols that the server accepts if a client offers them
 * @param name the server's name in its answers
 */
public record AutobahnSettings(
        AutobahnPlan plan, Strictness strictness, AutobahnReportFolder outDir, List<String> protocols, String name) {
    public AutobahnSettings {
        protocols = List.copyOf(protocols);
    }
}
