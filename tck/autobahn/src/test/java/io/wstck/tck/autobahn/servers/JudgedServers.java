package io.wstck.tck.autobahn.servers;

import io.wstck.server.wire.EndpointRole;
import io.wstck.tck.autobahn.AutobahnCorpus;
import io.wstck.tck.autobahn.CaseId;
import io.wstck.tck.autobahn.Strictness;
import io.wstck.tck.autobahn.report.AutobahnReportFolder;
import io.wstck.tck.autobahn.report.CaseSummary;
import io.wstck.tck.autobahn.spec.AutobahnPatterns;
import io.wstck.tck.autobahn.spec.AutobahnPlan;
import io.wstck.tck.autobahn.spec.ServerUrl;
import io.wstck.tck.autobahn.spec.TestedServer;
import io.wstck.tck.autobahn.tls.ServerTrust;
import io.wstck.tck.known.KnownDeviations;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Runs cases against servers in tests. */
final class JudgedServers {
    private final Path folder;
    private final Queue<String> passedOver = new ConcurrentLinkedQueue<>();
    private Strictness strictness = Strictness.ORIGINAL;
    private ServerTrust trust = ServerTrust.ofSystem();
    private int jobs = FuzzingSettings.JOBS;
    private List<AutobahnPlan.AgentExclusion> excluded = List.of();

    JudgedServers(Path folder) {
        this.folder = folder;
    }

    JudgedServers strictly() {
        strictness = Strictness.STRICT;
        return this;
    }

    JudgedServers trusting(ServerTrust accepted) {
        trust = accepted;
        return this;
    }

    JudgedServers withJobs(int count) {
        jobs = count;
        return this;
    }

    JudgedServers excluding(String agent, String... cases) {
        excluded = List.of(new AutobahnPlan.AgentExclusion(agent, List.of(cases)));
        return this;
    }

    /** The sentences about servers that were passed over. */
    List<String> passedOver() {
        return List.copyOf(passedOver);
    }

    static TestedServer server(String agent, String url) {
        return new TestedServer(
                ServerUrl.parse(url).orElseThrow(), Optional.of(agent), Optional.empty(), Optional.empty(), List.of());
    }

    /** The results of the selected cases against one server. */
    List<CaseSummary> judge(String url, List<String> cases, List<String> exclude) throws Exception {
        return judge(List.of(server("tested", url)), cases, exclude).getOrDefault("tested", List.of());
    }

    Map<String, List<CaseSummary>> judge(List<TestedServer> servers, List<String> cases, List<String> exclude)
            throws Exception {
        AutobahnPlan plan = new AutobahnPlan(
                new AutobahnPatterns(cases, exclude).of(AutobahnCorpus.of(EndpointRole.SERVER)), excluded);
        AutobahnReportFolder outDir = new AutobahnReportFolder(
                folder,
                new AutobahnReportFolder.ReportHeader("1.0", "cases", "a machine"),
                EndpointRole.SERVER,
                KnownDeviations.NONE);
        FuzzingListener listener = new FuzzingListener() {
            @Override
            public void caseStarted(TestedServer server, String agent, CaseId id) {}

            @Override
            public void passedOver(TestedServer server, String sentence) {
                passedOver.add(sentence);
            }
        };
        try (FuzzingClient client =
                FuzzingClient.start(new FuzzingSettings(plan, strictness, outDir, trust, jobs), listener)) {
            return client.play(servers);
        }
    }
}
