package io.wstck.tck.autobahn.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.autobahn.AutobahnResult;
import java.util.List;
import java.util.Map;

/** {@code index.json}, as the original has it: agent, case, both verdicts. */
final class IndexJson {
    private IndexJson() {}

    static ObjectNode of(Map<String, List<CaseRecord>> results) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        results.forEach((agent, cases) -> {
            ObjectNode ofAgent = json.putObject(agent);
            cases.forEach(one -> entry(ofAgent.putObject(one.id().toString()), one));
        });
        return json;
    }

    private static void entry(ObjectNode json, CaseRecord one) {
        AutobahnResult result = one.result();
        json.put("behavior", result.behavior().label());
        json.put("behaviorClose", result.behaviorClose().label());
        json.put("duration", result.duration().toMillis());
        json.putNull("remoteCloseCode");
        result.remoteCloseCode().ifPresent(code -> json.put("remoteCloseCode", code));
        json.put("reportfile", one.reportFile());
    }
}
