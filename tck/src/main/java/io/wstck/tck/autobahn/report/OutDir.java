package io.wstck.tck.autobahn.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wstck.server.exchange.WireLine;
import io.wstck.tck.autobahn.spec.Plan;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.report.AtomicFile;
import io.wstck.tck.report.CaseFinished;
import io.wstck.tck.report.EventsException;
import io.wstck.tck.report.EventsWriter;
import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.report.RenderedReports;
import io.wstck.tck.report.Renderers;
import io.wstck.tck.report.ReportFolder;
import io.wstck.tck.report.RunFinished;
import io.wstck.tck.report.RunStarted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/** The folder of the reports. Any thread. */
public final class OutDir {
    /** A longer log of the wire loses its middle, but for the case's own report. */
    private static final int TRANSCRIPT_LINES = 80;

    private static final double NANOS_PER_MILLI = 1e6;

    private final ReportFolder folder;
    private final Head head;
    private final JsonMapper mapper = new JsonMapper();

    private static final String INDEX_JSON = "index.json";
    private static final String INDEX_HTML = "index.html";

    /** Guards the fields below, and lets one thread at a time write the reports of all cases. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Whether the reports over all cases, if there are any, are of this run. */
    private boolean begun;

    private final FileStem stems = new FileStem();
    /** By agent what its own reports tell of, and where they are: what is written is not written again. */
    private final Map<String, Written> written = new HashMap<>();

    /** Reports of one agent. */
    private record Written(Path folder, List<CaseRecord> cases) {
        /** The same records, not the same content: a case that is played again has a new one. */
        boolean covers(Path other, List<CaseRecord> records) {
            return folder.equals(other)
                    && cases.size() == records.size()
                    && IntStream.range(0, cases.size()).allMatch(i -> isSame(cases.get(i), records.get(i)));
        }

        @SuppressWarnings("ReferenceEquality") // Identity is what is asked for.
        private static boolean isSame(CaseRecord one, CaseRecord other) {
            return one == other;
        }
    }

    /**
     * What the kit's own reports begin with.
     *
     * @param kit version of the kit
     * @param spec which edition of the cases
     * @param platform operating system, processors and Java
     */
    public record Head(String kit, String spec, String platform) {}

    public OutDir(Path path, Head head) {
        this.folder = new ReportFolder(path);
        this.head = head;
    }

    /** Where it is. */
    public Path path() {
        return folder.path();
    }

    /**
     * Makes the folder, with its parents.
     *
     * @throws IOException with one sentence, if it cannot be made or written
     */
    public void create() throws IOException {
        folder.create();
    }

    /** Writes the report of one case; what is to be kept of it. */
    public CaseRecord write(PlayedCase played) throws IOException {
        // A driver may be as early as that.
        create();
        String file = FileStem.caseFile(stem(played.agent()), played.testCase().id());
        replace(path().resolve(file), CaseReportJson.of(played, Instant.now()));
        discardEarlier();
        return new CaseRecord(
                played.agent(),
                played.testCase(),
                played.result(),
                file,
                played.happened().started(),
                played.happened().deflate(),
                transcript(played.happened().wire()));
    }

    /** Reports over the cases of an earlier run would tell of case reports that are replaced by now. */
    private void discardEarlier() throws IOException {
        lock.lock();
        try {
            if (begun) {
                return;
            }
            for (String name : List.of(INDEX_JSON, INDEX_HTML, PlanJson.FILE)) {
                Files.deleteIfExists(path().resolve(name));
            }
            Files.deleteIfExists(folder.events());
            folder.discardRenderings();
            begun = true;
        } finally {
            lock.unlock();
        }
    }

    private String stem(String agent) {
        lock.lock();
        try {
            return stems.of(agent);
        } finally {
            lock.unlock();
        }
    }

    private static List<String> transcript(List<WireLine> wire) {
        List<String> lines = new ArrayList<>();
        int half = TRANSCRIPT_LINES / 2;
        int left = wire.size() - TRANSCRIPT_LINES;
        for (int i = 0; i < wire.size(); i++) {
            if (left > 0 && i == half) {
                lines.add("… " + left + " lines left out here; all are in the report of the case …");
                i += left;
            }
            lines.add(line(wire.get(i)));
        }
        return lines;
    }

    private static String line(WireLine line) {
        String arrow = line.side() == WireLine.Side.CLIENT ? "→" : "←";
        return String.format(
                Locale.ROOT, "%9.2f ms  %s  %s", line.at().toNanos() / NANOS_PER_MILLI, arrow, line.text());
    }

    /** Writes the reports over all cases: of {@code plan}, by agent. Without a result there is nothing to replace earlier ones by. */
    public void write(Plan plan, Map<String, List<CaseRecord>> results) throws IOException {
        if (results.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            replace(path().resolve(PlanJson.FILE), PlanJson.of(plan));
            replace(path().resolve(INDEX_JSON), IndexJson.of(results));
            replace(path().resolve(INDEX_HTML), IndexHtml.of(plan, results, head.kit()));
            for (Map.Entry<String, List<CaseRecord>> agent : results.entrySet()) {
                ReportFolder own = of(agent.getKey(), results.size());
                Written known = written.get(agent.getKey());
                if (known == null || !known.covers(own.path(), agent.getValue())) {
                    own.create();
                    events(
                            own,
                            agent.getKey(),
                            AgentEvents.of(plan.casesOf(agent.getKey()), agent.getValue()),
                            agent.getValue());
                    written.put(agent.getKey(), new Written(own.path(), agent.getValue()));
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

    /** The only agent's events are where the kit's other commands look for those of a run. */
    private ReportFolder of(String agent, int agents) {
        return agents == 1 ? folder : new ReportFolder(path().resolve(stem(agent)));
    }

    /** Where the kit's own reports of {@code agent} are, when there are so many agents. */
    public List<Path> reports(String agent, int agents) {
        ReportFolder own = of(agent, agents);
        List<Path> files =
                new ArrayList<>(List.of(path().resolve(INDEX_HTML), path().resolve(INDEX_JSON), own.events()));
        Renderers.all().forEach(renderer -> files.add(own.of(renderer)));
        return files;
    }

    private void events(ReportFolder own, String agent, List<CaseFinished> cases, List<CaseRecord> played)
            throws IOException {
        Instant start =
                played.stream().map(CaseRecord::started).min(Instant::compareTo).orElseThrow();
        Instant end = played.stream()
                .map(one -> one.started().plus(one.result().duration()))
                .max(Instant::compareTo)
                .orElseThrow();
        RunStarted started = new RunStarted(
                head.kit(),
                head.spec(),
                new RunStarted.Judged(agent, "", ""),
                Profile.PROTOCOL,
                head.platform(),
                0,
                1,
                cases.size(),
                1,
                start);
        RunFinished finished = AgentEvents.end(cases, Duration.between(start, end));
        try {
            EventsWriter.write(new RecordedRun(own.events().toString(), started, cases, Optional.of(finished)), own);
            own.discardEvidence();
        } catch (EventsException e) {
            throw new IllegalStateException("expected a whole run: " + e.getMessage(), e);
        }
        new RenderedReports(own, Renderers.all()).render();
    }

    private void replace(Path file, JsonNode json) throws IOException {
        replace(file, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json));
    }

    private static void replace(Path file, String text) throws IOException {
        AtomicFile.replace(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
