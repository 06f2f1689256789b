package io.wstck.tck.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.report.CaseFinished;
import io.wstck.tck.report.ContractsJson;

/** Writes a ledger as JSON, in the format of docs/reports.md. Stateless. */
final class LedgerJson {
    private LedgerJson() {}

    static ObjectNode of(Ledger ledger) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (ledger.last()) {
            case Ledger.LastRunEvents.Recorded(var file, var run) -> {
                json.put("events", file.toString());
                ObjectNode last = json.putObject("last_run")
                        .put("implementation", run.started().implementation().name())
                        .put("version", run.started().implementation().version())
                        .put("started_at", run.started().startedAt().toString())
                        .put("profile", run.started().profile().word());
                run.finished()
                        .ifPresent(finished -> last.put(
                                        "conclusion", finished.conclusion().word())
                                .set("contracts", ContractsJson.of(finished.contracts())));
            }
            case Ledger.LastRunEvents.None(var file) ->
                json.put("events", file.toString()).putNull("last_run");
            case Ledger.LastRunEvents.Unreadable(var file, var why) ->
                json.put("events", file.toString()).putNull("last_run").put("unreadable", why);
        }
        ArrayNode clauses = json.putArray("clauses");
        ledger.entries().forEach(entry -> clauses.add(of(entry)));
        return json;
    }

    private static ObjectNode of(Ledger.ClauseEntry entry) {
        Clause clause = entry.clause();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", clause.id());
        json.put("section", clause.section());
        json.put("level", clause.level().word());
        ArrayNode also = json.putArray("also");
        clause.also().forEach(level -> also.add(level.word()));
        clause.profile().ifPresent(profile -> json.put("profile", profile.word()));
        json.put("statement", clause.statement());
        json.put("source", clause.source());
        clause.untestable().ifPresent(why -> json.put("untestable", why));
        clause.unprovable().ifPresent(why -> json.put("unprovable", why));
        entry.faults().forEach(json.putArray("faults")::add);
        ArrayNode cases = json.putArray("cases");
        for (TestCase testCase : entry.cases()) {
            ObjectNode one = cases.addObject();
            one.put("id", testCase.id());
            one.put("level", testCase.level().word());
            one.put("contract", testCase.contract().word());
            ArrayNode results = one.putArray("results");
            for (CaseFinished result : entry.results()) {
                if (result.id().equals(testCase.id())) {
                    results.addObject()
                            .put("verdict", result.verdict().word())
                            .put("reason", result.judgement().reason())
                            .put("expected", result.judgement().expected())
                            .put("actual", result.judgement().actual());
                }
            }
        }
        return json;
    }
}
