package io.wstck.tck.cli;

import io.wstck.server.wire.EndpointRole;
import io.wstck.tck.autobahn.AutobahnCorpus;
import io.wstck.tck.autobahn.CaseId;
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
import io.wstck.tck.report.ShellWord;
import io.wstck.tck.run.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code autobahn-run --server}: plays the cases against servers, and judges the results. For one run. */
record AutobahnServersRun(
        CliEnvironment environment,
        AutobahnConsole console,
        AutobahnPatterns patterns,
        Strictness strictness,
        Path folder,
        ServerTrust trust,
        KnownDeviations known,
        int jobs,
        ServerWait serverWait) {
    private static final String BEYOND = CaseId.BEYOND + ".*";

    /** The line about the cases for servers that were not asked for. Empty if a pattern names them. */
    private Optional<String> beyondNote(AutobahnPlan plan) {
        boolean named = plan.cases().stream().anyMatch(one -> one.id().isBeyond())
                || patterns.exclude().stream().anyMatch(pattern -> pattern.startsWith(CaseId.BEYOND + "."));
        long more = AutobahnCorpus.of(EndpointRole.SERVER).all().stream()
                .filter(one -> one.id().isBeyond())
                .count();
        String all =
                Stream.concat(patterns.select().stream(), Stream.of(BEYOND)).collect(Collectors.joining(","));
        return named
                ? Optional.empty()
                : Optional.of("section " + CaseId.BEYOND + " has " + more + " more cases for servers: --cases "
                        + ShellWord.quote(all) + " adds them");
    }

    /** Plays, and returns the exit status. */
    int play(List<TestedServer> servers) throws CommandFailure {
        AutobahnServerStarter starter = new AutobahnServerStarter(environment);
        AutobahnPlan plan = starter.plan(AutobahnCorpus.of(EndpointRole.SERVER), patterns);
        AutobahnReportFolder outDir = starter.outDir(folder, EndpointRole.SERVER, known);
        AutobahnServerStarter.create(outDir, "--outdir");
        int cases = plan.cases().size();
        console.printLine("wstck " + Version.current() + " · " + servers.size()
                + (servers.size() == 1 ? " server · " : " servers · ") + cases
                + (cases == 1 ? " case" : " cases") + " of Autobahn · " + jobs + (jobs == 1 ? " job" : " jobs"));
        serverWait.await(servers, console::printLine);
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
        beyondNote(plan).ifPresent(console::printLine);
        return console.status();
    }
}
