package io.wstck.tck.autobahn.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wstck.server.wire.EndpointRole;
import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.AutobahnCorpus;
import io.wstck.tck.autobahn.AutobahnResult;
import io.wstck.tck.autobahn.AutobahnVerdict;
import io.wstck.tck.autobahn.CaseId;
import io.wstck.tck.autobahn.Strictness;
import io.wstck.tck.autobahn.spec.AutobahnPlan;
import io.wstck.tck.report.CaseFinished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the reports of a finished run in the original's form, from this kit or from the original. Immutable. */
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
     * @throws UnreadableRunException if the file is missing, or is not an index
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
     * The plan of the run; empty without a plan file, which the original does not write.
     *
     * @throws UnreadableRunException if the file is not a plan
     */
    public Optional<AutobahnPlan> plan(AutobahnCorpus corpus) throws UnreadableRunException {
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
                    "expected a readable file at " + file + ", found an unreadable one: " + unreadable.getMessage());
        }
    }

    /**
     * The role of the agents: of servers if the first report says that the fuzzer was no server, else of clients. Both
     * this kit and the original write that.
     */
    public EndpointRole peer() {
        for (JsonNode agent : index) {
            for (JsonNode entry : agent) {
                JsonNode isServer = report(entry.path("reportfile").asText("")).path("isServer");
                if (isServer.isBoolean()) {
                    return isServer.booleanValue() ? EndpointRole.CLIENT : EndpointRole.SERVER;
                }
            }
        }
        return EndpointRole.CLIENT;
    }

    /** The agents in the order of the file. */
    public List<String> agents() {
        List<String> agents = new ArrayList<>();
        index.fieldNames().forEachRemaining(agents::add);
        return agents;
    }

    /** The time at which a case of the agent began, the first in the index that has one; empty if none has. */
    public Optional<Instant> started(String agent) {
        for (JsonNode entry : index.path(agent)) {
            Optional<Instant> started = time(report(entry.path("reportfile").asText("")));
            if (started.isPresent()) {
                return started;
            }
        }
        return Optional.empty();
    }

    private static Optional<Instant> time(JsonNode report) {
        try {
            return Optional.of(Instant.parse(report.path("started").asText("")));
        } catch (DateTimeParseException noTime) {
            return Optional.empty();
        }
    }

    /**
     * The entries of the agent that are not cases of {@code corpus}, for example from another release of the original.
     *
     * @throws UnreadableRunException if the key of an entry is not the number of a case
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
     * The events of the agent for {@code selected}. Cases that were not played are inconclusive, with no attempt.
     *
     * @throws UnreadableRunException if an entry has no verdicts
     */
    public List<CaseFinished> cases(String agent, List<AutobahnCase> selected, Strictness strictness)
            throws UnreadableRunException {
        List<CaseSummary> summaries = new ArrayList<>();
        for (AutobahnCase testCase : selected) {
            JsonNode entry = index.path(agent).path(testCase.id().toString());
            if (!entry.isMissingNode()) {
                summaries.add(summary(agent, testCase, entry, strictness));
            }
        }
        return AgentEvents.of(selected, summaries);
    }

    private CaseSummary summary(String agent, AutobahnCase testCase, JsonNode entry, Strictness strictness)
            throws UnreadableRunException {
        String where = folder.resolve("index.json") + ": " + agent + " " + testCase.id();
        String reportFile = entry.path("reportfile").asText("");
        JsonNode report = report(reportFile);
        AutobahnResult result = new AutobahnResult(
                testCase.id(),
                behavior(testCase, entry, "behavior", where, strictness),
                behavior(testCase, entry, "behaviorClose", where, strictness),
                report.path("result").asText("the index says so"),
                report.path("resultClose").asText("the index says so"),
                report.path("difference").asText(""),
                texts(firstPresent(report, "expectedSentences", "expected")),
                texts(firstPresent(report, "receivedSentences", "received")),
                text(firstPresent(report, "expectedCloseSentence", "expectedClose")),
                entry.path("remoteCloseCode").isInt()
                        ? OptionalInt.of(entry.path("remoteCloseCode").asInt())
                        : OptionalInt.empty(),
                Duration.ofMillis(entry.path("duration").asLong(0)));
        return new CaseSummary(agent, testCase, result, reportFile, Instant.EPOCH, Optional.empty(), List.of());
    }

    /** The field {@code name} of this kit, or {@code original} in reports of the original. */
    private static JsonNode firstPresent(JsonNode report, String name, String original) {
        return report.has(name) ? report.path(name) : report.path(original);
    }

    /**
     * The report of a case, which has the reasons, or a missing node. Names that lead out of the folder are not
     * followed.
     */
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

    private static AutobahnVerdict behavior(
            AutobahnCase testCase, JsonNode entry, String field, String where, Strictness strictness)
            throws UnreadableRunException {
        String label = entry.path(field).asText("");
        AutobahnVerdict behavior = Arrays.stream(AutobahnVerdict.values())
                .filter(verdict -> verdict.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new UnreadableRunException(
                        where + ": expected a verdict as " + field + ", found \"" + label + "\""));
        boolean lenient = (behavior == AutobahnVerdict.NON_STRICT || behavior == AutobahnVerdict.INFORMATIONAL)
                && !testCase.permits(behavior);
        return lenient && strictness == Strictness.STRICT ? AutobahnVerdict.FAILED : behavior;
    }

    /** The elements of a list, or the values of an object, each with its label. */
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
