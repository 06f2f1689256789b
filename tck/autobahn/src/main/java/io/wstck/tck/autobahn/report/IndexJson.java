package io.wstck.tck.autobahn.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.autobahn.AutobahnResult;
import java.util.List;
import java.util.Map;

/** Writes {@code index.json} in the original's form: both verdicts for each agent and case. */
final class IndexJson {
    private IndexJson() {}

    static ObjectNode of(Map<String, List<CaseSummary>> results) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        results.forEach((agent, cases) -> {
            ObjectNode ofAgent = json.putObject(agent);
            cases.forEach(summary -> entry(ofAgent.putObject(summary.id().toString()), summary));
        });
        return json;
    }

    private static void entry(ObjectNode json, CaseSummary summary) {
        AutobahnResult result = summary.result();
        json.put("behavior", result.behavior().label());
        json.put("behaviorClose", result.behaviorClose().label());
        json.put("duration", result.duration().toMillis());
        json.putNull("remoteCloseCode");
        result.remoteCloseCode().ifPresent(code -> json.put("remoteCloseCode", code));
        json.put("reportfile", summary.reportFile());
    }
}
