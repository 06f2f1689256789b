package io.wstck.tck.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.wstck.server.journal.Journal;
import io.wstck.server.journal.JournalParser;
import io.wstck.server.text.FormatWord;
import io.wstck.tck.implementation.ClientBehaviour.MessageCompression;
import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.CheckKind;
import io.wstck.tck.judge.KitError;
import io.wstck.tck.judge.MeasuredTime;
import io.wstck.tck.judge.Strength;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.judge.Witness;
import io.wstck.tck.run.CaseRecord;
import io.wstck.tck.run.ScriptRecord;
import io.wstck.tck.run.TimingKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Writes and reads the lines about cases in an evidence file, as described in {@code docs/reports.md}. Stateless. */
final class EvidenceJson {
    static final String CASE = "case-evidence";

    private static final String COMPRESSES = "compresses";

    private EvidenceJson() {}

    /** The line, for writing only: its longest parts are encoded already, since their digests need that text too. */
    static ObjectNode of(CaseEvidence item) {
        CaseRecord caseRecord = item.caseRecord();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", CASE);
        json.put("id", item.id());
        json.put("repetition", item.repetition());
        json.put("case_sha256", item.caseHash());
        json.put("verdict", item.verdict().word());
        json.put("ended", caseRecord.ended());
        caseRecord
                .kitError()
                .ifPresent(trouble ->
                        json.putObject("trouble").put("what", trouble.what()).put("nanos", trouble.nanos()));
        if (!caseRecord.stalls().isEmpty()) {
            ArrayNode late = json.putArray("late");
            caseRecord
                    .stalls()
                    .forEach(
                            one -> late.addArray().add(one.from()).add(one.to()).add(one.worst()));
        }
        if (caseRecord.compresses() != MessageCompression.BY_OPTION) {
            json.put(COMPRESSES, caseRecord.compresses().word());
        }
        String script = script(caseRecord.script()).toString();
        json.set("script", JsonNodeFactory.instance.rawValueNode(new RawValue(script)));
        json.set("journal", journal(caseRecord.journal()));
        return json;
    }

    /** The journal; for a case without servers an object with no entries. */
    private static ObjectNode journal(Optional<Journal> journal) {
        if (journal.isPresent()) {
            return journal.get().toEncodedJson();
        }
        ObjectNode none = JsonNodeFactory.instance.objectNode();
        return none.put("sha256", Journal.hash(none.putArray("entries")));
    }

    private static Optional<Journal> journal(JsonNode json) {
        return json.has("session") ? Optional.of(JournalParser.journal(json)) : Optional.empty();
    }

    private static ObjectNode script(ScriptRecord script) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("pace", script.timing().word());
        ArrayNode checks = json.putArray("checks");
        for (Check check : script.checks()) {
            ObjectNode one = checks.addObject();
            one.put("name", check.name());
            one.put("strength", check.strength().word());
            one.put("outcome", word(check.outcome()));
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
     * Reads a line.
     *
     * @throws IllegalArgumentException if a field is missing or invalid
     */
    static CaseEvidence item(JsonNode json) {
        List<CaseRecord.WorstStall> late = new ArrayList<>();
        for (JsonNode one : json.path("late")) {
            late.add(new CaseRecord.WorstStall(
                    one.path(0).asLong(), one.path(1).asLong(), one.path(2).asLong()));
        }
        Optional<KitError> trouble = Optional.ofNullable(json.get("trouble"))
                .map(one -> new KitError(
                        one.required("what").asText(), one.required("nanos").asLong()));
        return new CaseEvidence(
                json.required("id").asText(),
                json.required("repetition").asInt(),
                json.required("case_sha256").asText(),
                Verdict.of(json.required("verdict").asText()),
                new CaseRecord(
                        script(json.required("script")),
                        journal(json.required("journal")),
                        trouble,
                        json.required("ended").asLong(),
                        late,
                        json.has(COMPRESSES)
                                ? MessageCompression.of(
                                        json.required(COMPRESSES).asText())
                                : MessageCompression.BY_OPTION));
    }

    private static ScriptRecord script(JsonNode json) {
        List<Check> checks = new ArrayList<>();
        for (JsonNode one : json.required("checks")) {
            checks.add(new Check(
                    Witness.SCRIPT,
                    FormatWord.of(
                            Strength.class,
                            "a strength",
                            one.required("strength").asText()),
                    outcome(one.required("outcome").asText()),
                    CheckKind.of(one.required("name").asText()),
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
                FormatWord.of(TimingKind.class, "a pace", json.required("pace").asText()));
    }

    /** The evidence format has its own words for outcomes. */
    private static String word(Check.Outcome outcome) {
        return switch (outcome) {
            case MET -> "MET";
            case FAILED -> "FAILED";
            case IN_DOUBT -> "IN_DOUBT";
            case NOT_JUDGED -> "NOT_JUDGED";
        };
    }

    private static Check.Outcome outcome(String word) {
        return Arrays.stream(Check.Outcome.values())
                .filter(outcome -> word(outcome).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected an outcome, got \"" + word + "\""));
    }

    private static MeasuredTime measured(JsonNode json) {
        return new MeasuredTime(
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
