package io.wstck.tck.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.text.Excerpt;
import io.wstck.tck.cases.Shard;
import io.wstck.tck.catalogue.Contract;
import io.wstck.tck.catalogue.Level;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.judge.Cause;
import io.wstck.tck.judge.Judgement;
import io.wstck.tck.judge.JudgementNotes;
import io.wstck.tck.judge.KnownStatus;
import io.wstck.tck.judge.MeasuredTime;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.RunSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes and reads events as JSON objects, field by field. Other tools rely on the format, so it must not follow the
 * names of records. For one file, whose events all belong to one run.
 */
final class EventJson {
    /** Version of the format; readers refuse newer ones. New fields keep the version, new event types do not. */
    static final int VERSION = 3;

    private static final int FIRST_WITH_PROFILES = 3;

    private static final String RUN_STARTED = "run-started";
    private static final String CASE_FINISHED = "case-finished";
    private static final String RUN_FINISHED = "run-finished";
    private static final double MICROS_PER_MILLI = 1000.0;

    private static final String RUN = "run";
    private static final String EARLIER = "earlier_attempts";

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The run's id from the head; empty before the head, and in files of old kits. */
    private String run = "";

    private boolean headRead;

    /** Version of the file that is read. Events name contracts from version 3 on. */
    private int version = VERSION;

    private Profile profile = Profile.API;

    /** Encodes an event as one line, without the line end. The head must come first. */
    String write(RunEvent event) {
        ObjectNode node = switch (event) {
            case RunStarted started -> {
                run = started.id();
                yield json(started);
            }
            case CaseFinished finished -> json(finished);
            case RunFinished finished -> json(finished);
        };
        return node.put(RUN, run).toString();
    }

    /**
     * Reads one line.
     *
     * @param where file and line, for messages
     */
    RunEvent read(String line, String where) throws EventsException {
        JsonNode node;
        try {
            node = mapper.readTree(line);
        } catch (JsonProcessingException e) {
            throw new EventsException(where + ": expected a JSON object, found " + excerpt(line), e);
        }
        if (!node.isObject()) {
            throw new EventsException(where + ": expected a JSON object, found " + excerpt(line));
        }
        EventFields fields = new EventFields(node, where);
        String type = fields.text("type");
        return switch (type) {
            case RUN_STARTED -> {
                RunStarted started = started(fields);
                run = fields.textOr(RUN, "");
                headRead = true;
                yield started;
            }
            case CASE_FINISHED -> {
                requireRun(fields, type + " of " + EventFields.excerpt(fields.text("id")));
                yield finished(fields);
            }
            case RUN_FINISHED -> {
                requireRun(fields, type);
                yield footer(fields);
            }
            default ->
                throw new EventsException(where + ": expected " + RUN_STARTED + ", " + CASE_FINISHED + " or "
                        + RUN_FINISHED + " as the type, found \"" + EventFields.excerpt(type) + "\"");
        };
    }

    private void requireRun(EventFields fields, String event) throws EventsException {
        String found = fields.textOr(RUN, "");
        if (headRead && !found.equals(run)) {
            throw new EventsException(fields.where() + ": expected an event of " + named(run)
                    + ", as run-started says, found " + event + " of " + named(found));
        }
    }

    private static String named(String run) {
        return run.isEmpty() ? "a run without an id" : "run " + EventFields.excerpt(run);
    }

    private static String excerpt(String line) {
        String text = line.isBlank() ? "an empty line" : EscapedText.line(line);
        return Excerpt.withEllipsis(text, 60);
    }

    private static ObjectNode json(RunStarted event) {
        ObjectNode node = object(RUN_STARTED);
        node.put("version", VERSION);
        node.put("kit", event.kit());
        node.put("spec", event.spec());
        node.putObject("implementation")
                .put("name", event.implementation().name())
                .put("version", event.implementation().version())
                .put("language", event.implementation().language());
        node.put("profile", event.profile().word());
        node.put("platform", event.platform());
        node.put("seed", event.seed());
        node.put("jobs", event.jobs());
        node.put("cases", event.cases());
        node.put("repetitions", event.repetitions());
        node.put("started_at", event.startedAt().toString());
        event.shard()
                .ifPresent(shard ->
                        node.putObject("shard").put("index", shard.index()).put("count", shard.count()));
        node.put("command", event.command());
        return node;
    }

    private RunStarted started(EventFields fields) throws EventsException {
        version = fields.integer("version");
        if (version > VERSION) {
            throw new EventsException(fields.where() + ": these events have version " + version
                    + " and come from a newer kit; this one reads version " + VERSION);
        }
        // Before version 3 there were no profiles, and both contracts were binding.
        profile = version < FIRST_WITH_PROFILES ? Profile.API : fields.parsed("profile", "a profile", Profile::of);
        EventFields judged = fields.object("implementation");
        return new RunStarted(
                fields.text("kit"),
                fields.text("spec"),
                new RunStarted.ImplementationInfo(judged.text("name"), judged.text("version"), judged.text("language")),
                profile,
                fields.text("platform"),
                fields.longInteger("seed"),
                fields.integer("jobs"),
                fields.integer("cases"),
                fields.integer("repetitions"),
                fields.parsed("started_at", "an ISO-8601 instant", Instant::parse),
                shard(fields),
                fields.textOr("command", RunStarted.PLAIN_COMMAND));
    }

    private static Optional<Shard> shard(EventFields fields) throws EventsException {
        Optional<EventFields> shard = fields.objectIfAny("shard");
        if (shard.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Shard(shard.get().integer("index"), shard.get().integer("count")));
        } catch (IllegalArgumentException e) {
            throw new EventsException(fields.where() + ": shard: " + e.getMessage(), e);
        }
    }

    private static ObjectNode json(CaseFinished event) {
        ObjectNode node = object(CASE_FINISHED);
        node.put("id", event.id());
        node.put("title", event.title());
        node.put("clause", event.requirement().clause());
        node.put("section", event.requirement().section());
        node.put("requirement", event.requirement().statement());
        node.put("reference", event.requirement().reference());
        node.put("level", event.level().word());
        node.put("contract", event.contract().word());
        node.put("verdict", event.verdict().word());
        event.judgement().ifBinding().ifPresent(verdict -> node.put("if_binding", verdict.word()));
        node.put("reason", event.judgement().reason());
        node.put("expected", event.judgement().expected());
        node.put("actual", event.judgement().actual());
        JudgementNotes notes = event.judgement().notes();
        if (!notes.parts().isEmpty()) {
            notes.parts().forEach(node.putArray("parts")::add);
        }
        notes.hint().ifPresent(hint -> node.put("hint", hint));
        node.put("signature", event.judgement().signature());
        if (event.isFinding()) {
            node.putObject("cause")
                    .put("id", event.cause().id())
                    .put("clause", event.cause().clause())
                    .put("what", event.cause().what());
        }
        node.put("listing", event.judgement().listing().word());
        node.put("duration_ms", millis(event.duration()));
        node.put("repetition", event.repetition());
        node.put("attempts", event.attempts());
        if (!event.earlier().isEmpty()) {
            ArrayNode earlier = node.putArray(EARLIER);
            event.earlier()
                    .forEach(attempt -> earlier.addObject()
                            .put("verdict", attempt.verdict().word())
                            .put("reason", attempt.reason())
                            .put("expected", attempt.expected())
                            .put("actual", attempt.actual())
                            .put("signature", attempt.signature()));
        }
        node.put("source", event.source());
        ArrayNode measured = node.putArray("measured");
        event.measured()
                .forEach(time -> measured.addObject()
                        .put("what", time.what())
                        .put("ms", time.ms())
                        .put("min_ms", time.minMs())
                        .put("max_ms", time.maxMs()));
        event.transcript().forEach(node.putArray("transcript")::add);
        node.set("sequence", TimelineJson.write(event.sequence()));
        node.put("script", event.script());
        return node;
    }

    private CaseFinished finished(EventFields fields) throws EventsException {
        Level level = fields.parsed("level", "a level", Level::of);
        return new CaseFinished(
                fields.text("id"),
                fields.text("title"),
                new CaseFinished.Requirement(
                        fields.text("clause"),
                        fields.text("section"),
                        fields.text("requirement"),
                        fields.text("reference")),
                level,
                version < FIRST_WITH_PROFILES
                        ? Contract.of(level, fields.text("reference"))
                        : fields.parsed("contract", "a contract", Contract::of),
                new Judgement(
                        fields.parsed("verdict", "a verdict", Verdict::of),
                        fields.text("reason"),
                        fields.text("expected"),
                        fields.text("actual"),
                        fields.textOr("signature", ""),
                        fields.parsedOr("listing", "a listing", KnownStatus::of, KnownStatus.UNLISTED),
                        Optional.empty(),
                        ifBinding(fields),
                        notes(fields)),
                cause(fields),
                duration(fields),
                fields.integer("repetition"),
                fields.integer("attempts"),
                fields.text("source"),
                measured(fields),
                fields.texts("transcript"),
                TimelineJson.read(fields.objectsIfAny("sequence")),
                fields.textOr("script", ""),
                earlier(fields));
    }

    private static JudgementNotes notes(EventFields fields) throws EventsException {
        return new JudgementNotes(
                fields.textsIfAny("parts"), fields.has("hint") ? Optional.of(fields.text("hint")) : Optional.empty());
    }

    private static List<Judgement> earlier(EventFields fields) throws EventsException {
        List<Judgement> earlier = new ArrayList<>();
        for (EventFields attempt : fields.objectsIfAny(EARLIER)) {
            earlier.add(new Judgement(
                    attempt.parsed("verdict", "a verdict", Verdict::of),
                    attempt.text("reason"),
                    attempt.text("expected"),
                    attempt.text("actual"),
                    attempt.text("signature"),
                    KnownStatus.UNLISTED));
        }
        return earlier;
    }

    /** Events of old kits have no cause. Then the clause is the cause. */
    private static Cause cause(EventFields fields) throws EventsException {
        Optional<EventFields> cause = fields.objectIfAny("cause");
        return cause.isEmpty()
                ? new Cause(fields.text("clause"), fields.text("clause"), fields.text("requirement"))
                : new Cause(
                        cause.get().text("id"),
                        cause.get().text("clause"),
                        cause.get().text("what"));
    }

    private static Optional<Verdict> ifBinding(EventFields fields) throws EventsException {
        return fields.has("if_binding")
                ? Optional.of(fields.parsed("if_binding", "a verdict", Verdict::of))
                : Optional.empty();
    }

    private static List<MeasuredTime> measured(EventFields fields) throws EventsException {
        List<MeasuredTime> measured = new ArrayList<>();
        for (EventFields time : fields.objectsIfAny("measured")) {
            measured.add(new MeasuredTime(
                    time.text("what"), time.number("ms"), time.number("min_ms"), time.number("max_ms")));
        }
        return measured;
    }

    private static ObjectNode json(RunFinished event) {
        ObjectNode node = object(RUN_FINISHED);
        ObjectNode verdicts = node.putObject("verdicts");
        event.verdicts().forEach((verdict, count) -> verdicts.put(verdict.word(), count));
        node.put("judged", event.judged());
        node.put("binding", event.binding());
        node.set("contracts", ContractsJson.of(event.contracts()));
        event.unstable().forEach(node.putArray("unstable")::add);
        event.outdated().forEach(node.putArray("outdated")::add);
        node.put("conclusion", event.conclusion().word());
        node.put("duration_ms", millis(event.duration()));
        event.early().ifPresent(end -> {
            ObjectNode early = node.putObject("ended_early").put("reason", end.sentence());
            end.said().forEach(early.putArray("said")::add);
        });
        if (!event.remarks().isEmpty()) {
            event.remarks().forEach(node.putArray("remarks")::add);
        }
        return node;
    }

    private static Optional<RunSummary.EarlyEnd> early(EventFields fields) throws EventsException {
        if (!fields.has("ended_early")) {
            return Optional.empty();
        }
        EventFields early = fields.object("ended_early");
        return Optional.of(new RunSummary.EarlyEnd(early.text("reason"), early.textsIfAny("said")));
    }

    private RunFinished footer(EventFields fields) throws EventsException {
        EventFields counts = fields.object("verdicts");
        Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            // Version 1 has no verdict KNOWN.
            verdicts.put(
                    verdict,
                    verdict == Verdict.KNOWN ? counts.integerOr(verdict.word(), 0) : counts.integer(verdict.word()));
        }
        return new RunFinished(
                verdicts,
                fields.integer("judged"),
                fields.integer("binding"),
                ContractsJson.read(fields, profile),
                fields.texts("unstable"),
                fields.textsIfAny("outdated"),
                fields.parsed("conclusion", "a conclusion", RunSummary.Conclusion::of),
                duration(fields),
                early(fields),
                fields.textsIfAny("remarks"));
    }

    private static ObjectNode object(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    private static double millis(Duration duration) {
        long micros = duration.toNanos() / 1000;
        return micros / MICROS_PER_MILLI;
    }

    private static Duration duration(EventFields fields) throws EventsException {
        return Duration.ofNanos(Math.round(fields.number("duration_ms") * MICROS_PER_MILLI) * 1000);
    }
}
