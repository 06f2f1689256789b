package io.wstck.tck.junit;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.CaseSource;
import io.wstck.tck.cases.Selection;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Catalogue;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.cli.SpecEdition;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.Trust;
import io.wstck.tck.implementation.calls.CalledClient;
import io.wstck.tck.implementation.calls.CalledImplementation;
import io.wstck.tck.known.KnownDeviations;
import io.wstck.tck.known.KnownFile;
import io.wstck.tck.known.KnownFileException;
import io.wstck.tck.report.EventsWriter;
import io.wstck.tck.report.RenderedReports;
import io.wstck.tck.report.Renderers;
import io.wstck.tck.report.ReportFolder;
import io.wstck.tck.run.RunListener;
import io.wstck.tck.run.RunPlan;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Judges a client on the JVM in its own build: extend it, say how the client is called, and every case of the kit is a test. All
 * of them are played, side by side, before the first test tells how its case went. A case that failed fails its test, so does an
 * inconclusive one, which says so; one that is skipped, or fails as the list of known deviations says, aborts it with the reason; one
 * that does not fail though it is listed fails. The run also leaves its reports, {@code events.ndjson} among them.
 *
 * <pre>{@code
 * class CertificationTest extends ClientCertification {
 *     @Override
 *     protected CalledClient client() {
 *         return new MyClient();
 *     }
 * }
 * }</pre>
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
    protected abstract CalledClient client() throws Exception;

    /** The list of known deviations (docs/known.md): {@code known.yaml} in the working directory, if it is there. */
    protected Optional<Path> known() {
        return Optional.of(Path.of("known.yaml")).filter(Files::exists);
    }

    /** Where the reports go: {@code target/wstck} below the working directory. What an earlier run left there is replaced when the first case is finished. */
    protected Path reports() {
        return Path.of(System.getProperty(REPORT, "target/wstck"));
    }

    /** What binds the client: the protocol alone unless overridden. */
    protected Profile profile() {
        return Profile.PROTOCOL;
    }

    /** Which cases to play; all of them unless the system property says otherwise. */
    protected Selection selection() {
        String only = System.getProperty(ONLY, "");
        return only.isBlank() ? Selection.ALL : new Selection(List.of(only.split(",")), List.of(), Set.of());
    }

    /** Who else hears of the run, one thread at a time; nobody unless overridden. */
    protected List<RunListener> listeners() {
        return List.of();
    }

    /** The cases as tests, by section and clause. */
    @TestFactory
    final List<DynamicNode> cases() throws Exception {
        CaseCatalogue cases = CaseCatalogue.load(Catalogue.load(), CaseSource.shipped());
        RunPlan plan = new RunPlan(
                selection().select(cases.cases()),
                RunPlan.DEFAULT_JOBS,
                System.nanoTime(),
                1,
                deviations(cases),
                RunPlan.Keeping.DROPPED,
                profile());
        ReportFolder folder = new ReportFolder(reports());
        folder.requireRoom();
        try (EventsWriter events =
                        EventsWriter.in(folder, SpecEdition.shipped(), Optional.empty(), "", InstantSource.system());
                ReferenceServer server = ReferenceServer.start(ServerConfig.loopback());
                Trust trust = Trust.in(server::authorityPem);
                CalledImplementation implementation = new CalledImplementation(client(), trust)) {
            List<RunListener> hearing = new ArrayList<>(listeners());
            // The reports are rendered from the events, which are complete by then.
            hearing.add(events);
            hearing.add(new RenderedReports(folder, Renderers.all()));
            List<DynamicNode> tests = new ArrayList<>(play(implementation, server, plan, hearing, folder));
            // An exception would take the tests of all cases with it.
            implementation
                    .closeClient()
                    .ifPresent(sentence -> tests.addFirst(CaseTests.failing("the client closes", sentence)));
            return tests;
        }
    }

    private static List<DynamicNode> play(
            Implementation implementation,
            ReferenceServer server,
            RunPlan plan,
            List<RunListener> listeners,
            ReportFolder folder)
            throws InterruptedException {
        try {
            return CaseTests.play(implementation, server, plan, CASES, listeners);
        } catch (InterruptedException e) {
            InterruptedException told =
                    new InterruptedException("the run was interrupted before its end, by the client or by"
                            + " another part of this JVM; the cases that were judged by then are in " + folder.path());
            told.initCause(e);
            throw told;
        }
    }

    private KnownDeviations deviations(CaseCatalogue cases) throws KnownFileException {
        Optional<Path> file = known();
        if (file.isEmpty()) {
            return KnownDeviations.NONE;
        }
        KnownDeviations known = KnownFile.read(file.get(), file.get().toString());
        known.requireProfile(profile());
        known.requireCases(cases.cases().stream().map(TestCase::id).toList());
        return known;
    }
}
