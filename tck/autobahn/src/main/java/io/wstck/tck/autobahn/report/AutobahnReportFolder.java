package io.wstck.tck.autobahn.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wstck.server.wire.EndpointRole;
import io.wstck.tck.autobahn.CaseId;
import io.wstck.tck.autobahn.exchange.ExchangeRecord;
import io.wstck.tck.autobahn.exchange.WireLogEntry;
import io.wstck.tck.autobahn.spec.AutobahnPlan;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.known.KnownDeviations;
import io.wstck.tck.report.AtomicFile;
import io.wstck.tck.report.CaseFinished;
import io.wstck.tck.report.EventsException;
import io.wstck.tck.report.EventsWriter;
import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.report.Renderer;
import io.wstck.tck.report.RenderingListener;
import io.wstck.tck.report.ReportFolder;
import io.wstck.tck.report.RunFinished;
import io.wstck.tck.report.RunStarted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/** Writes the reports of Autobahn cases into a folder. Any thread. */
public final class AutobahnReportFolder {
    /** The most lines of a transcript. A longer one loses its middle, except in the case's own report. */
    private static final int TRANSCRIPT_LINES = 80;

    private static final double NANOS_PER_MILLI = 1e6;

    private final ReportFolder folder;
    private final ReportHeader head;
    private final EndpointRole peer;
    private final KnownDeviations known;
    private final JsonMapper mapper = new JsonMapper();

    private static final String INDEX_JSON = "index.json";
    private static final String INDEX_HTML = "index.html";

    /** Guards the fields below. Only the thread that holds it writes reports over all cases. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Whether this run has deleted the reports over all cases of an earlier run. */
    private boolean oldReportsDeleted;

    private final ReportFileNames fileNames = new ReportFileNames();
    /** The reports that are already written, by agent. They are not written again. */
    private final Map<String, WrittenReports> written = new HashMap<>();

    /** The reasons why cases were begun but not judged, by agent. */
    private final Map<String, Map<CaseId, String>> unjudged = new HashMap<>();

    /** The reports of one agent: their folder and the cases in them. */
    private record WrittenReports(Path folder, List<CaseSummary> cases) {
        /** Compares by identity, because a case that is played again has a new summary. */
        boolean covers(Path other, List<CaseSummary> records) {
            return folder.equals(other)
                    && cases.size() == records.size()
                    && IntStream.range(0, cases.size()).allMatch(i -> isSame(cases.get(i), records.get(i)));
        }

        @SuppressWarnings("ReferenceEquality") // The comparison is by identity.
        private static boolean isSame(CaseSummary first, CaseSummary second) {
            return first == second;
        }
    }

    /**
     * The header of the kit's own reports.
     *
     * @param kit the version of the kit
     * @param spec the edition of the cases
     * @param platform operating system, processors and Java
     */
    public record ReportHeader(String kit, String spec, String platform) {}

    /**
     * A folder for reports.
     *
     * @param peer the role of the sides that are judged
     * @param known the deviations that fail no run; the reports in the form of the original do not have them
     */
    public AutobahnReportFolder(Path path, ReportHeader head, EndpointRole peer, KnownDeviations known) {
        this.known = known;
        this.peer = peer;
        this.folder = new ReportFolder(path);
        this.head = head;
    }

    /** The path of the folder. */
    public Path path() {
        return folder.path();
    }

    /**
     * Creates the folder and its parents.
     *
     * @throws IOException with a message of one sentence, if the folder cannot be created or written
     */
    public void create() throws IOException {
        folder.create();
    }

    /** Writes the report of one case, and returns its summary. */
    public CaseSummary write(PlayedCase played) throws IOException {
        // A driver may connect before the folder was created.
        create();
        String file =
                ReportFileNames.caseFile(stem(played.agent()), played.testCase().id());
        replace(path().resolve(file), CaseReportJson.of(played, Instant.now()));
        replace(path().resolve(ReportFileNames.pageOf(file)), CaseHtml.of(played, head.kit(), file));
        discardEarlier();
        return new CaseSummary(
                played.agent(),
                played.testCase(),
                played.result(),
                file,
                played.exchange().started(),
                played.exchange().deflate(),
                transcript(played.exchange()));
    }

    /** Deletes the reports over all cases of an earlier run, because the reports of their cases are being replaced. */
    private void discardEarlier() throws IOException {
        lock.lock();
        try {
            if (oldReportsDeleted) {
                return;
            }
            EarlierAgents.discard(path(), path().resolve(INDEX_JSON), mapper);
            for (String name : List.of(INDEX_JSON, INDEX_HTML, PlanJson.FILE)) {
                Files.deleteIfExists(path().resolve(name));
            }
            Files.deleteIfExists(folder.events());
            folder.discardRenderings();
            oldReportsDeleted = true;
        } finally {
            lock.unlock();
        }
    }

    private String stem(String agent) {
        lock.lock();
        try {
            return fileNames.stemOf(agent);
        } finally {
            lock.unlock();
        }
    }

    private static List<String> transcript(ExchangeRecord exchange) {
        List<WireLogEntry> wire = exchange.wire();
        List<String> lines = new ArrayList<>();
        int half = TRANSCRIPT_LINES / 2;
        int left = wire.size() - TRANSCRIPT_LINES;
        for (int i = 0; i < wire.size(); i++) {
            if (left > 0 && i == half) {
                lines.add("… " + left + " lines left out here; all are in the report of the case …");
                i += left;
            }
            lines.add(line(wire.get(i), exchange.peer()));
        }
        return lines;
    }

    private static String line(WireLogEntry line, EndpointRole peer) {
        String arrow = line.side().role(peer) == EndpointRole.CLIENT ? "→" : "←";
        return String.format(
                Locale.ROOT, "%9.2f ms  %s  %s", line.at().toNanos() / NANOS_PER_MILLI, arrow, line.text());
    }

    /**
     * Writes the reports over all cases of {@code plan}, by agent. Without any result it keeps the earlier reports.
     */
    public void write(AutobahnPlan plan, Map<String, List<CaseSummary>> results) throws IOException {
        if (results.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            replace(path().resolve(PlanJson.FILE), PlanJson.of(plan, peer));
            replace(path().resolve(INDEX_JSON), IndexJson.of(results));
            replace(path().resolve(INDEX_HTML), IndexHtml.of(plan, results, head.kit(), peer));
            for (Map.Entry<String, List<CaseSummary>> agent : results.entrySet()) {
                ReportFolder own = of(agent.getKey(), results.size());
                WrittenReports earlier = written.get(agent.getKey());
                if (earlier == null || !earlier.covers(own.path(), agent.getValue())) {
                    own.create();
                    events(own, agent.getKey(), cases(plan, agent.getKey(), agent.getValue()), agent.getValue());
                    written.put(agent.getKey(), new WrittenReports(own.path(), agent.getValue()));
                }
            }
            if (results.size() > 1) {
                Files.deleteIfExists(folder.events());
                folder.discardRenderings();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The planned cases of an agent as its reports have them: judged, with the known deviations applied. */
    public List<CaseFinished> cases(AutobahnPlan plan, String agent, List<CaseSummary> played) {
        KnownDeviations deviations = known.forAgent(agent);
        return AgentEvents.of(plan.casesOf(agent), played, unjudged(agent)).stream()
                .map(one -> one.withJudgement(deviations.apply(one.id(), one.judgement())))
                .toList();
    }

    private Map<CaseId, String> unjudged(String agent) {
        lock.lock();
        try {
            return Map.copyOf(unjudged.getOrDefault(agent, Map.of()));
        } finally {
            lock.unlock();
        }
    }

    /** Notes why a case that began was not judged, for the reports over all cases. */
    public void noteUnjudged(String agent, CaseId id, String reason) {
        lock.lock();
        try {
            unjudged.computeIfAbsent(agent, _ -> new HashMap<>()).put(id, reason);
            written.remove(agent);
        } finally {
            lock.unlock();
        }
    }

    /** The folder of an agent's events. Those of a single agent are where the kit's other commands look for a run. */
    private ReportFolder of(String agent, int agents) {
        return agents == 1 ? folder : new ReportFolder(path().resolve(stem(agent)));
    }

    /** The files of the kit's own reports of {@code agent}, if the run has so many agents. */
    public List<Path> reports(String agent, int agents) {
        ReportFolder own = of(agent, agents);
        List<Path> files =
                new ArrayList<>(List.of(path().resolve(INDEX_HTML), path().resolve(INDEX_JSON), own.events()));
        Renderer.all().forEach(renderer -> files.add(own.of(renderer)));
        return files;
    }

    private void events(ReportFolder own, String agent, List<CaseFinished> cases, List<CaseSummary> played)
            throws IOException {
        PlayPeriod period = PlayPeriod.of(played);
        RunStarted started = new RunStarted(
                head.kit(),
                head.spec(),
                new RunStarted.ImplementationInfo(agent, "", ""),
                Profile.PROTOCOL,
                head.platform(),
                0,
                1,
                cases.size(),
                1,
                period.start());
        RunFinished finished = AgentEvents.end(cases, period.duration());
        try {
            EventsWriter.write(new RecordedRun(own.events().toString(), started, cases, Optional.of(finished)), own);
            own.discardEvidence();
        } catch (EventsException e) {
            throw new IllegalStateException("expected a whole run: " + e.getMessage(), e);
        }
        new RenderingListener(own, Renderer.all()).render();
    }

    private void replace(Path file, JsonNode json) throws IOException {
        replace(file, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json));
    }

    private static void replace(Path file, String text) throws IOException {
        AtomicFile.replace(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
