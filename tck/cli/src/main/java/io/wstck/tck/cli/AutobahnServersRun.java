package io.wstck.tck.cli;

import io.wstck.server.wire.EndpointRole;
import io.wstck.tck.autobahn.AutobahnCorpus;
import io.wstck.tck.autobahn.Strictness;
import io.wstck.tck.autobahn.report.AutobahnReportFolder;
import io.wstck.tck.autobahn.report.CaseSummary;
import io.wstck.tck.autobahn.report.PlayPeriod;
import io.wstck.tck.autobahn.servers.FuzzingSettings;
import io.wstck.tck.autobahn.spec.AutobahnPatterns;
import io.wstck.tck.autobahn.spec.AutobahnPlan;
import io.wstck.tck.autobahn.spec.TestedServer;
import io.wstck.tck.autobahn.tls.ServerTrust;
import io.wstck.tck.known.KnownDeviations;
import io.wstck.tck.run.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code autobahn-run --server}: plays the cases against servers, and judges the results. For one run. */
record AutobahnServersRun(
        CliEnvironment environment,
        AutobahnConsole console,
        AutobahnPatterns patterns,
        Strictness strictness,
        Path folder,
        ServerTrust trust,
        KnownDeviations known,
        int jobs) {
    /** Plays, and returns the exit status. */
    int play(List<TestedServer> servers) throws CommandFailure {
        AutobahnServerStarter starter = new AutobahnServerStarter(environment);
        AutobahnPlan plan = starter.plan(AutobahnCorpus.of(EndpointRole.SERVER), patterns);
        AutobahnReportFolder outDir = starter.outDir(folder, EndpointRole.SERVER, known);
        AutobahnServerStarter.create(outDir);
        int cases = plan.cases().size();
        console.printLine("wstck " + Version.current() + " · " + servers.size()
                + (servers.size() == 1 ? " server · " : " servers · ") + cases
                + (cases == 1 ? " case" : " cases") + " of Autobahn · " + jobs + (jobs == 1 ? " job" : " jobs"));
        ServerFuzzing fuzzing = new ServerFuzzing(_ -> {});
        Map<String, List<CaseSummary>> results;
        try (AutobahnProgress _ = new AutobahnProgress(console, fuzzing::finished, cases)) {
            results = fuzzing.play(new FuzzingSettings(plan, strictness, outDir, trust, jobs), servers);
        }
        results.forEach((agent, played) -> console.printAgent(
                agent,
                outDir.cases(plan, agent, played),
                PlayPeriod.of(played).duration(),
                outDir.reports(agent, results.size())));
        fuzzing.passedOver().forEach(sentence -> console.notJudged("not judged: " + sentence));
        return console.status();
    }
}
