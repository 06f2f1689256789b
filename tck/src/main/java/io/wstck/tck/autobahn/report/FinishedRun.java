package io.wstck.tck.autobahn.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.AutobahnCorpus;
import io.wstck.tck.autobahn.AutobahnResult;
import io.wstck.tck.autobahn.Behavior;
import io.wstck.tck.autobahn.CaseId;
import io.wstck.tck.autobahn.Strictness;
import io.wstck.tck.autobahn.spec.Plan;
import io.wstck.tck.report.CaseFinished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a run has left in its folder, in the original's form: written by this kit, or by the original. Immutable. */
public final class FinishedRun {
    private final Path folder;
    private final JsonNode index;
    private final JsonMapper mapper;

    private FinishedRun(Path folder, JsonNode index, JsonMapper mapper) {
        this.folder = folder;
        this.index = index;
        this.mapper = mapper;
    }

    /**
     * Reads {@code index.json}.
     *
     * @throws UnreadableRunException when there is none, or it is no index
     */
    public static FinishedRun read(Path folder) throws UnreadableRunException {
        Path file = folder.resolve("index.json");
        JsonMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        JsonNode index = tree(mapper, file)
                .orElseThrow(() -> new UnreadableRunException(
                        "expected the index of a finished run at " + file + ", found no file"));
        if (!index.isObject()) {
            throw new UnreadableRunException(file + ": expected an object of agents, found another value");
        }
        return new FinishedRun(folder, index, mapper);
    }

    /**
     * What was to be played; empty when nobody has left word of it, as the original does not.
     *
     * @throws UnreadableRunException when there is something else in its place
     */
    public Optional<Plan> plan(AutobahnCorpus corpus) throws UnreadableRunException {
        Path file = folder.resolve(PlanJson.FILE);
        Optional<JsonNode> json = tree(mapper, file);
        return json.isEmpty() ? Optional.empty() : Optional.of(PlanJson.read(file, json.get(), corpus));
    }

    private static Optional<JsonNode> tree(JsonMapper mapper, Path file) throws UnreadableRunException {
        try {
            return Optional.of(mapper.readTree(Files.readAllBytes(file)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (JsonProcessingException noJson) {
            throw new UnreadableRunException(file + ": expected JSON, found none: " + noJson.getOriginalMessage());
        } catch (IOException unreadable) {
            throw new UnreadableRunException(
                    "expected a file that can be read at " + file + ", found another: " + unreadable.getMessage());
        }
    }

    /** The agents, in their order in the file. */
    public List<String> agents() {
        List<String> agents = new ArrayList<>();
        index.fieldNames().forEachRemaining(agents::add);
        return agents;
    }

    /**
     * Entries of that agent that are no cases of {@code corpus}: of another release of the original, say.
     *
     * @throws UnreadableRunException when an entry has no case's number
     */
    public List<CaseId> unknown(String agent, AutobahnCorpus corpus) throws UnreadableRunException {
        List<CaseId> unknown = new ArrayList<>();
        try {
            index.path(agent).fieldNames().forEachRemaining(id -> unknown.add(CaseId.parse(id)));
        } catch (IllegalArgumentException none) {
            throw new UnreadableRunException(folder.resolve("index.json") + ": " + agent + ": " + none.getMessage());
        }
        unknown.removeIf(id -> corpus.find(id).isPresent());
        return unknown;
    }

    /**
     * What became of {@code selected} with that agent; those that it was not played are inconclusive, after no attempt.
     *
     * @throws UnreadableRunException when an entry has no verdicts
     */
    public List<CaseFinished> cases(String agent, List<AutobahnCase> selected, Strictness strictness)
            throws UnreadableRunException {
        List<CaseRecord> found = new ArrayList<>();
        for (AutobahnCase one : selected) {
            JsonNode entry = index.path(agent).path(one.id().toString());
            if (!entry.isMissingNode()) {
                found.add(record(agent, one, entry, strictness));
            }
        }
        return AgentEvents.of(selected, found);
    }

    private CaseRecord record(String agent, AutobahnCase one, JsonNode entry, Strictness strictness)
            throws UnreadableRunException {
        String where = folder.resolve("index.json") + ": " + agent + " " + one.id();
        String reportFile = entry.path("reportfile").asText("");
        JsonNode report = report(reportFile);
        AutobahnResult result = new AutobahnResult(
                one.id(),
                behavior(one, entry, "behavior", where, strictness),
                behavior(one, entry, "behaviorClose", where, strictness),
                report.path("result").asText("the index says so"),
                report.path("resultClose").asText("the index says so"),
                texts(own(report, "expectedSentences", "expected")),
                texts(own(report, "receivedSentences", "received")),
                text(own(report, "expectedCloseSentence", "expectedClose")),
                entry.path("remoteCloseCode").isInt()
                        ? OptionalInt.of(entry.path("remoteCloseCode").asInt())
                        : OptionalInt.empty(),
                Duration.ofMillis(entry.path("duration").asLong(0)));
        return new CaseRecord(agent, one, result, reportFile, Instant.EPOCH, Optional.empty(), List.of());
    }

    /** Our sentence, or what the original has instead. */
    private static JsonNode own(JsonNode report, String name, String original) {
        return report.has(name) ? report.path(name) : report.path(original);
    }

    /** The report of a case says why; without it the index has to do. Names that lead out of the folder are not followed. */
    private JsonNode report(String name) {
        Path file = folder.resolve(name).normalize();
        if (name.isEmpty() || !folder.normalize().equals(file.getParent()) || !Files.isRegularFile(file)) {
            return mapper.missingNode();
        }
        try {
            return mapper.readTree(Files.readAllBytes(file));
        } catch (IOException noReport) {
            return mapper.missingNode();
        }
    }

    private static Behavior behavior(
            AutobahnCase played, JsonNode entry, String field, String where, Strictness strictness)
            throws UnreadableRunException {
        String label = entry.path(field).asText("");
        Behavior behavior = Arrays.stream(Behavior.values())
                .filter(one -> one.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new UnreadableRunException(
                        where + ": expected a verdict as " + field + ", found \"" + label + "\""));
        boolean lenient = (behavior == Behavior.NON_STRICT || behavior == Behavior.INFORMATIONAL)
                && !played.permits(behavior, strictness);
        return lenient && strictness == Strictness.STRICT ? Behavior.FAILED : behavior;
    }

    /** Lists as they are, and of an object each value with its label. */
    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isObject()) {
            node.properties().forEach(entry -> texts.add(entry.getKey() + ": " + text(entry.getValue())));
        } else {
            node.forEach(item -> texts.add(text(item)));
        }
        return texts;
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.asText() : node.isMissingNode() ? "" : node.toString();
    }
}
