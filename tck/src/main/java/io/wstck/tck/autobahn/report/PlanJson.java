package io.wstck.tck.autobahn.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.AutobahnCorpus;
import io.wstck.tck.autobahn.CaseId;
import io.wstck.tck.autobahn.spec.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code plan.json}: which cases a run was to play, so that a part of one is never taken for the whole. */
final class PlanJson {
    /** The name of the file, beside the index. */
    static final String FILE = "plan.json";

    private PlanJson() {}

    static ObjectNode of(Plan plan) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode cases = json.putArray("cases");
        plan.cases().forEach(one -> cases.add(one.id().toString()));
        ArrayNode excluded = json.putArray("excluded");
        for (Plan.AgentExclusion exclusion : plan.excluded()) {
            ObjectNode entry = excluded.addObject().put("agent", exclusion.agent());
            exclusion.cases().forEach(entry.putArray("cases")::add);
        }
        return json;
    }

    /**
     * Reads it back.
     *
     * @throws UnreadableRunException when it is none, or has a case that this kit does not
     */
    static Plan read(Path file, JsonNode json, AutobahnCorpus corpus) throws UnreadableRunException {
        List<AutobahnCase> cases = new ArrayList<>();
        for (String id : texts(file, json.path("cases"))) {
            cases.add(find(file, id, corpus));
        }
        List<Plan.AgentExclusion> excluded = new ArrayList<>();
        for (JsonNode entry : json.path("excluded")) {
            excluded.add(new Plan.AgentExclusion(entry.path("agent").asText(""), texts(file, entry.path("cases"))));
        }
        return new Plan(cases, excluded);
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
