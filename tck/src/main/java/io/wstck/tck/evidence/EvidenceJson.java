package io.wstck.tck.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.journal.Journal;
import io.wstck.tck.implementation.ClientBehaviour.Compresses;
import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.Measured;
import io.wstck.tck.judge.Strength;
import io.wstck.tck.judge.Trouble;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.judge.Witness;
import io.wstck.tck.run.CaseRecord;
import io.wstck.tck.run.Pace;
import io.wstck.tck.run.ScriptRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines about cases in an evidence file; the form is that of {@code docs/reports.md}. Stateless. */
final class EvidenceJson {
    static final String CASE = "case-evidence";

    private static final String COMPRESSES = "compresses";

    private EvidenceJson() {}

    static ObjectNode of(EvidenceItem item) {
        CaseRecord left = item.left();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", CASE);
        json.put("id", item.id());
        json.put("repetition", item.repetition());
        json.put("case_sha256", item.caseHash());
        json.put("verdict", item.verdict().name());
        json.put("ended", left.ended());
        left.trouble()
                .ifPresent(trouble ->
                        json.putObject("trouble").put("what", trouble.what()).put("nanos", trouble.nanos()));
        if (!left.late().isEmpty()) {
            ArrayNode late = json.putArray("late");
            left.late()
                    .forEach(
                            one -> late.addArray().add(one.from()).add(one.to()).add(one.worst()));
        }
        if (left.compresses() != Compresses.BY_OPTION) {
            json.put(COMPRESSES, left.compresses().word());
        }
        json.set("script", script(left.script()));
        json.set("journal", hashed(left.journal()));
        return json;
    }

    /** Inside this program journals are read without the hash, which guards what leaves it. */
    private static ObjectNode hashed(JsonNode journal) {
        ObjectNode hashed = JsonNodeFactory.instance.objectNode();
        hashed.setAll((ObjectNode) journal);
        return hashed.put("sha256", Journal.hash((ArrayNode) journal.get("entries")));
    }

    private static ObjectNode script(ScriptRecord script) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("pace", script.pace().name());
        ArrayNode checks = json.putArray("checks");
        for (Check check : script.checks()) {
            ObjectNode one = checks.addObject();
            one.put("name", check.name());
            one.put("strength", check.strength().name());
            one.put("outcome", check.outcome().name());
            one.put("expected", check.expected());
            one.put("actual", check.actual());
            one.put("position", check.position());
            one.put("nanos", check.nanos());
            check.measured()
                    .ifPresent(time -> one.putObject("measured")
                            .put("what", time.what())
                            .put("ms", time.ms())
                            .put("min_ms", time.minMs())
                            .put("max_ms", time.maxMs()));
        }
        script.observations().forEach(json.putArray("observations")::add);
        script.outcomes().forEach(json.putArray("outcomes")::add);
        return json;
    }

    /**
     * Reads a line back.
     *
     * @throws IllegalArgumentException when a field is missing, or is not what it is to be
     */
    static EvidenceItem item(JsonNode json) {
        List<CaseRecord.Late> late = new ArrayList<>();
        for (JsonNode one : json.path("late")) {
            late.add(new CaseRecord.Late(
                    one.path(0).asLong(), one.path(1).asLong(), one.path(2).asLong()));
        }
        Optional<Trouble> trouble = Optional.ofNullable(json.get("trouble"))
                .map(one -> new Trouble(
                        one.required("what").asText(), one.required("nanos").asLong()));
        return new EvidenceItem(
                json.required("id").asText(),
                json.required("repetition").asInt(),
                json.required("case_sha256").asText(),
                Verdict.valueOf(json.required("verdict").asText()),
                new CaseRecord(
                        script(json.required("script")),
                        json.required("journal"),
                        trouble,
                        json.required("ended").asLong(),
                        late,
                        json.has(COMPRESSES)
                                ? Compresses.of(json.required(COMPRESSES).asText())
                                : Compresses.BY_OPTION));
    }

    private static ScriptRecord script(JsonNode json) {
        List<Check> checks = new ArrayList<>();
        for (JsonNode one : json.required("checks")) {
            checks.add(new Check(
                    Witness.SCRIPT,
                    Strength.valueOf(one.required("strength").asText()),
                    Check.Outcome.valueOf(one.required("outcome").asText()),
                    one.required("name").asText(),
                    one.required("expected").asText(),
                    one.required("actual").asText(),
                    one.required("position").asText(),
                    one.required("nanos").asLong(),
                    Optional.ofNullable(one.get("measured")).map(EvidenceJson::measured)));
        }
        return new ScriptRecord(
                checks,
                texts(json.required("observations")),
                texts(json.required("outcomes")),
                Pace.valueOf(json.required("pace").asText()));
    }

    private static Measured measured(JsonNode json) {
        return new Measured(
                json.required("what").asText(),
                json.required("ms").asDouble(),
                json.required("min_ms").asDouble(),
                json.required("max_ms").asDouble());
    }

    private static List<String> texts(JsonNode json) {
        List<String> texts = new ArrayList<>();
        json.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
