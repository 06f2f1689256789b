package io.wstck.tck.implementation.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.implementation.HostedScriptRunner;
import io.wstck.tck.implementation.ImplementationSession.ScriptEnd;
import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.CheckKind;
import io.wstck.tck.judge.MeasuredTime;
import io.wstck.tck.judge.Strength;
import io.wstck.tck.judge.Witness;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs scripts in the agent's own Lua, by the operation {@code script}. */
final class AgentScriptRunner implements HostedScriptRunner {
    /** How long after a script's limit the agent may still answer with what the script had recorded. */
    static final Duration GRACE = Duration.ofSeconds(2);

    private static final double NANOS_PER_MILLI = 1e6;

    private final AgentCalls calls;
    private final Map<String, URI> urls;
    private final ErrorSource errors;

    /** Where the kinds of errors come from. */
    enum ErrorSource {
        CLIENT,
        MADE_UP
    }

    AgentScriptRunner(AgentCalls calls, Map<String, URI> urls, ErrorSource errors) {
        this.calls = calls;
        this.urls = urls;
        this.errors = errors;
    }

    @Override
    public Optional<ScriptResult> play(Script script) throws InterruptedException {
        ObjectNode request = calls.request(Operation.SCRIPT);
        fill(request, calls.session(), script, urls, errors);
        long asked = System.nanoTime();
        return calls.call(Operation.SCRIPT, request, script.limit().plus(GRACE))
                .map(result -> report(result, isLate(asked, script.limit()) ? ScriptEnd.OVERTIME : ScriptEnd.ENDED));
    }

    /** Writes all fields of a request. */
    static void fill(ObjectNode request, String session, Script script, Map<String, URI> urls, ErrorSource errors) {
        request.put("session", session)
                .put("file", script.file())
                .put("case", script.id())
                .put("source", script.source());
        ObjectNode prelude = request.putObject("prelude");
        script.prelude().forEach(prelude::put);
        ObjectNode servers = request.putObject("urls");
        urls.forEach((name, url) -> servers.put(name, url.toString()));
        ObjectNode host = request.putObject("host")
                .put("nonce", script.nonce())
                .put("refused_url", script.refusedUrl())
                .put("limit_ms", script.limit().toMillis())
                .put("made_up_errors", errors == ErrorSource.MADE_UP);
        ObjectNode accepts = host.putObject("accepts");
        script.accepts().forEach(accepts::put);
    }

    private static boolean isLate(long asked, Duration limit) {
        return System.nanoTime() - asked > limit.toNanos();
    }

    /** Old agents do not report that a script ran out of time, so the kit's clock decides then. */
    private static ScriptResult report(JsonNode result, ScriptEnd endByClock) {
        List<Check> checks = new ArrayList<>();
        result.path("checks").forEach(check -> checks.add(check(check)));
        List<String> observations = new ArrayList<>();
        result.path("observations").forEach(text -> observations.add(text.asText()));
        List<String> outcomes = new ArrayList<>();
        result.path("outcomes")
                .forEach(outcome -> outcomes.add(outcome.path("seen").asText()));
        JsonNode error = result.path("error");
        return new ScriptResult(
                checks,
                observations,
                outcomes,
                result.path("clock").asBoolean() ? ClockUse.USED : ClockUse.UNUSED,
                result.path("overtime").asBoolean() ? ScriptEnd.OVERTIME : endByClock,
                error.isObject()
                        ? Optional.of(new ScriptError(
                                error.path("message").asText(),
                                error.path("position").asText()))
                        : Optional.empty());
    }

    private static Check check(JsonNode check) {
        String position = check.path("position").asText();
        JsonNode time = check.path("measured");
        return new Check(
                Witness.SCRIPT,
                Strength.ofWitness(check.path("strength").asText()),
                check.path("met").asBoolean() ? Check.Outcome.MET : Check.Outcome.FAILED,
                CheckKind.of(check.path("name").asText()),
                check.path("expected").asText(),
                check.path("actual").asText(),
                position,
                (long) (check.path("at").asDouble() * NANOS_PER_MILLI),
                time.isObject() ? Optional.of(measured(time, position)) : Optional.empty());
    }

    private static MeasuredTime measured(JsonNode time, String position) {
        String what = time.path("what").asText();
        return new MeasuredTime(
                what.isEmpty() ? position : what,
                time.path("ms").asDouble(),
                time.path("min").asDouble(),
                time.path("max").asDouble());
    }
}
