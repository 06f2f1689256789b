package io.wstck.tck.junit;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.CaseSource;
import io.wstck.tck.cases.Selection;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.ClauseCatalogue;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.catalogue.SpecEdition;
import io.wstck.tck.implementation.AuthorityFile;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.calls.CalledClient;
import io.wstck.tck.implementation.calls.InProcessImplementation;
import io.wstck.tck.known.KnownDeviations;
import io.wstck.tck.known.KnownFile;
import io.wstck.tck.known.KnownFileException;
import io.wstck.tck.report.EventsWriter;
import io.wstck.tck.report.Renderer;
import io.wstck.tck.report.RenderingListener;
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
 * Judges a JVM client in its own build. A subclass returns the client, and every case of the kit becomes a test. All
 * cases are played side by side before the first test.
 *
 * <p>A failed or inconclusive case fails its test. So does a case that passes although the list of known deviations
 * names it. A case that is skipped, or that fails as the list says, aborts its test with the reason. The run also
 * writes its reports, including {@code events.ndjson}.
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
 * <p>The system property {@value #ONLY} selects cases. Its value has patterns for ids of cases or clauses, joined by
 * commas; {@code *} and {@code ?} stand for other text. The system property {@value #REPORT} names another folder for
 * the reports.
 */
public abstract class ClientCertification {
    /** The system property that selects cases. */
    public static final String ONLY = "wstck.only";

    /** The system property for the folder of the reports. */
    public static final String REPORT = "wstck.report";

    private static final URI CASES = URI.create("classpath:/io/wstck/fixtures/cases/");

    /** The client to judge. Called once. The client is closed after the last case. */
    protected abstract CalledClient client() throws Exception;

    /** The list of known deviations (docs/known.md): {@code known.yaml} in the working directory, if it exists. */
    protected Optional<Path> known() {
        return Optional.of(Path.of("known.yaml")).filter(Files::exists);
    }

    /**
     * The folder of the reports: {@code target/wstck} in the working directory. Earlier reports are replaced when the
     * first case has finished.
     */
    protected Path reports() {
        return Path.of(System.getProperty(REPORT, "target/wstck"));
    }

    /** The profile that binds the client. The default is the protocol alone. */
    protected Profile profile() {
        return Profile.PROTOCOL;
    }

    /** The cases to play. The default is all cases, or those that the system property selects. */
    protected Selection selection() {
        String only = System.getProperty(ONLY, "");
        return only.isBlank() ? Selection.ALL : new Selection(List.of(only.split(",")), List.of(), Set.of());
    }

    /** More listeners of the run, called by one thread at a time. The default is none. */
    protected List<RunListener> listeners() {
        return List.of();
    }

    /** The cases as tests, by section and clause. */
    @TestFactory
    final List<DynamicNode> cases() throws Exception {
        CaseCatalogue cases = CaseCatalogue.load(ClauseCatalogue.load(), CaseSource.shipped());
        RunPlan plan = new RunPlan(
                selection().select(cases.cases()),
                RunPlan.DEFAULT_JOBS,
                System.nanoTime(),
                1,
                deviations(cases),
                RunPlan.EvidenceRetention.DROPPED,
                profile());
        ReportFolder folder = new ReportFolder(reports());
        folder.requireRoom();
        try (EventsWriter events =
                        EventsWriter.in(folder, SpecEdition.shipped(), Optional.empty(), "", InstantSource.system());
                ReferenceServer server = ReferenceServer.start(ServerConfig.loopback());
                AuthorityFile trust = AuthorityFile.of(server::authorityPem);
                InProcessImplementation implementation = new InProcessImplementation(client(), trust)) {
            List<RunListener> allListeners = new ArrayList<>(listeners());
            // The reports are rendered from the events, so the events listener is first.
            allListeners.add(events);
            allListeners.add(new RenderingListener(folder, Renderer.all()));
            List<DynamicNode> tests = new ArrayList<>(play(implementation, server, plan, allListeners, folder));
            // A failing test instead of an exception, which would replace the tests of all cases.
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
            InterruptedException interrupted =
                    new InterruptedException("the run was interrupted before its end, by the client or by"
                            + " another part of this JVM; the results so far are in " + folder.path());
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private KnownDeviations deviations(CaseCatalogue cases) throws KnownFileException {
        Optional<Path> file = known();
        if (file.isEmpty()) {
            return KnownDeviations.NONE;
        }
        KnownDeviations known = KnownFile.read(file.get(), file.get().toString());
        known.requireProfile(profile());
        known.requireNoAgents();
        known.requireCases(cases.cases().stream().map(TestCase::id).toList());
        return known;
    }
}
