package io.wstck.tck.junit;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.CaseFileException;
import io.wstck.tck.cases.CaseSource;
import io.wstck.tck.cases.NothingSelectedException;
import io.wstck.tck.cases.Selection;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Catalogue;
import io.wstck.tck.cli.SpecEdition;
import io.wstck.tck.cli.Version;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.Trust;
import io.wstck.tck.implementation.calls.CalledClient;
import io.wstck.tck.implementation.calls.CalledImplementation;
import io.wstck.tck.known.KnownDeviations;
import io.wstck.tck.known.KnownFile;
import io.wstck.tck.known.KnownFileException;
import io.wstck.tck.report.AllListeners;
import io.wstck.tck.report.EventsWriter;
import io.wstck.tck.report.RenderedReports;
import io.wstck.tck.report.Renderers;
import io.wstck.tck.report.ReportFolder;
import io.wstck.tck.run.RunPlan;
import io.wstck.tck.run.Runner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Every case as a test of a client on the JVM: extend it, and say which client. A case that failed fails its test, so does an
 * inconclusive one, which says so; one that is skipped, or fails as the list of known deviations says, aborts it with the reason; one
 * that passes though it is listed fails. The run also leaves its reports, {@code events.ndjson} among them.
 *
 * <p>The system property {@value #ONLY} plays only the cases that match one of its patterns (ids of cases or clauses, {@code *} and
 * {@code ?} stand for other text; joined by commas), {@value #REPORT} names another folder for the reports.
 */
public abstract class ClientCertification {
    /** Selects cases. */
    public static final String ONLY = "wstck.only";

    /** The folder of the reports. */
    public static final String REPORT = "wstck.report";

    private static final URI CASES = URI.create("classpath:/io/wstck/fixtures/cases/");

    /** The client to judge. Called once; closed when all cases have been played. */
    protected abstract CalledClient client();

    /** The list of known deviations (docs/known.md): {@code known.yaml} in the working directory, if it is there. */
    protected Optional<Path> known() {
        return Optional.of(Path.of("known.yaml")).filter(Files::exists);
    }

    /** Where the reports go: {@code target/wstck} below the working directory. What an earlier run left there is replaced. */
    protected Path reports() {
        return Path.of(System.getProperty(REPORT, "target/wstck"));
    }

    /** Which cases to play; all of them unless the system property says otherwise. */
    protected Selection selection() {
        String only = System.getProperty(ONLY, "");
        return only.isBlank() ? Selection.ALL : new Selection(List.of(only.split(",")), List.of(), Set.of());
    }

    /**
     * Plays the cases, and returns each as a test.
     *
     * @throws IOException when the server cannot listen, or the reports cannot be written
     * @throws KnownFileException when the list of known deviations cannot be used
     * @throws NothingSelectedException when no case is left to play
     * @throws InterruptedException when the thread was interrupted; the run ends
     */
    @TestFactory
    final List<DynamicNode> certification()
            throws IOException,
                    CaseFileException,
                    KnownFileException,
                    NothingSelectedException,
                    InterruptedException {
        CaseCatalogue cases = CaseCatalogue.load(Catalogue.load(), CaseSource.shipped());
        RunPlan plan = new RunPlan(
                selection().select(cases.cases()), RunPlan.DEFAULT_JOBS, 1, 1, deviations(cases));
        ReportFolder folder = new ReportFolder(reports());
        folder.create();
        CaseTests.Results results = CaseTests.results();
        try (EventsWriter events = EventsWriter.create(folder.events(), SpecEdition.shipped(), InstantSource.system());
                ReferenceServer server = ReferenceServer.start(ServerConfig.loopback());
                Trust trust = Trust.in(server::authorityPem);
                Implementation implementation = new CalledImplementation(client(), trust)) {
            new Runner(implementation, server)
                    .run(
                            plan,
                            Version.current(),
                            new AllListeners(List.of(events, new RenderedReports(folder, Renderers.all()), results)));
        }
        return results.tests(CASES);
    }

    private KnownDeviations deviations(CaseCatalogue cases) throws KnownFileException {
        Optional<Path> file = known();
        if (file.isEmpty()) {
            return KnownDeviations.NONE;
        }
        KnownDeviations known = KnownFile.read(file.get(), file.get().toString());
        known.requireCases(cases.cases().stream().map(TestCase::id).toList());
        return known;
    }
}
