package io.wstck.tck.autobahn.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.wire.EndpointRole;
import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.AutobahnCorpus;
import io.wstck.tck.autobahn.CaseId;
import io.wstck.tck.autobahn.spec.AutobahnPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes {@code plan.json}, the cases that a run was to play. It shows whether a run is complete. */
final class PlanJson {
    /** The name of the file, in the folder of the index. */
    static final String FILE = "plan.json";

    private PlanJson() {}

    static ObjectNode of(AutobahnPlan plan, EndpointRole peer) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("judged", peer.word());
        ArrayNode cases = json.putArray("cases");
        plan.cases().forEach(testCase -> cases.add(testCase.id().toString()));
        ArrayNode excluded = json.putArray("excluded");
        for (AutobahnPlan.AgentExclusion exclusion : plan.excluded()) {
            ObjectNode entry = excluded.addObject().put("agent", exclusion.agent());
            exclusion.cases().forEach(entry.putArray("cases")::add);
        }
        return json;
    }

    /**
     * Reads a plan.
     *
     * @throws UnreadableRunException if the file is not a plan, or has a case that this kit does not have
     */
    static AutobahnPlan read(Path file, JsonNode json, AutobahnCorpus corpus) throws UnreadableRunException {
        List<AutobahnCase> cases = new ArrayList<>();
        for (String id : texts(file, json.path("cases"))) {
            cases.add(find(file, id, corpus));
        }
        List<AutobahnPlan.AgentExclusion> excluded = new ArrayList<>();
        for (JsonNode entry : json.path("excluded")) {
            excluded.add(
                    new AutobahnPlan.AgentExclusion(entry.path("agent").asText(""), texts(file, entry.path("cases"))));
        }
        return new AutobahnPlan(cases, excluded);
    }

    private static AutobahnCase find(Path file, String id, AutobahnCorpus corpus) throws UnreadableRunException {
        try {
            return corpus.find(CaseId.parse(id))
                    .orElseThrow(() -> new UnreadableRunException(
                            file + ": expected cases that this kit has, found \"" + id + '"'));
        } catch (IllegalArgumentException none) {
            throw new UnreadableRunException(file + ": " + none.getMessage());
        }
    }

    private static List<String> texts(Path file, JsonNode list) throws UnreadableRunException {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : list) {
            texts.add(item.asText());
        }
        if (!list.isArray()) {
            throw new UnreadableRunException(file + ": expected lists of cases, found none");
        }
        return texts;
    }
}
