package io.wstck.tck.browser;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.CaseSource;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.ClauseCatalogue;
import io.wstck.tck.implementation.AuthorityFile;
import io.wstck.tck.implementation.BundledClient;
import io.wstck.tck.prove.FaultyClient;
import io.wstck.tck.prove.Mechanism;
import io.wstck.tck.prove.faults.FaultCatalogue;
import io.wstck.tck.report.EventsReader;
import io.wstck.tck.report.EventsWriter;
import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.run.RunPlan;
import io.wstck.tck.run.Runner;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;

/** Plays real runs of the bundled client and of faulty variants. */
final class PlayedRun {
    private PlayedRun() {}

    /** Plays the shipped cases that match. */
    static RecordedRun of(Path events, Predicate<TestCase> which, List<String> faults) throws Exception {
        List<TestCase> cases = CaseCatalogue.load(ClauseCatalogue.load(), CaseSource.shipped()).cases().stream()
                .filter(which)
                .toList();
        List<Mechanism> mechanisms = FaultCatalogue.all().stream()
                .filter(fault -> faults.contains(fault.id()))
                .flatMap(fault -> fault.mechanisms().stream())
                .toList();
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback());
                AuthorityFile trust = AuthorityFile.of(server::authorityPem);
                BundledClient client = new BundledClient("0.1.0", trust);
                EventsWriter writer = EventsWriter.create(events, "clauses as shipped", InstantSource.system())) {
            new Runner(
                            faults.isEmpty()
                                    ? client
                                    : new FaultyClient(
                                            client,
                                            faults.size() == 1 ? faults.getFirst() : faults.size() + " faults",
                                            mechanisms),
                            server)
                    .run(new RunPlan(cases, RunPlan.DEFAULT_JOBS, 7, 1), "0.1.0", writer);
        }
        return EventsReader.read(events);
    }
}
