package io.wstck.tck.implementation.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.implementation.HostedScripts;
import io.wstck.tck.implementation.ImplementationSession.ScriptEnd;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Scripts that an agent runs itself: the operation {@code script}. */
final class AgentScripts implements HostedScripts {
    /** How long after the limit an agent may still answer with what a script has recorded that it had to end. */
    static final Duration GRACE = Duration.ofSeconds(2);

    private final AgentCalls calls;
    private final Map<String, URI> urls;
    private final Errors errors;

    /** Whose the kinds of errors are. */
    enum Errors {
        THE_CLIENTS,
        MADE_UP
    }

    AgentScripts(AgentCalls calls, Map<String, URI> urls, Errors errors) {
        this.calls = calls;
        this.urls = urls;
        this.errors = errors;
    }

    @Override
    public Optional<Report> play(Script script) throws InterruptedException {
        ObjectNode request = calls.request(Operation.SCRIPT);
        fill(request, calls.session(), script, urls, errors);
        long asked = System.nanoTime();
        return calls.call(Operation.SCRIPT, request, script.limit().plus(GRACE))
                .map(result -> report(result, late(asked, script.limit()) ? ScriptEnd.OVERTIME : ScriptEnd.ENDED));
    }

    /** Puts all fields into a request. */
    static void fill(ObjectNode request, String session, Script script, Map<String, URI> urls, Errors errors) {
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
                .put("made_up_errors", errors == Errors.MADE_UP);
        ObjectNode accepts = host.putObject("accepts");
        script.accepts().forEach(accepts::put);
    }

    private static boolean late(long asked, Duration limit) {
        return System.nanoTime() - asked > limit.toNanos();
    }

    /** An agent of an earlier edition ends a script without saying so. */
    private static Report report(JsonNode result, ScriptEnd byTheClock) {
        List<Check> checks = new ArrayList<>();
        result.path("checks").forEach(check -> checks.add(check(check)));
        List<String> observations = new ArrayList<>();
        result.path("observations").forEach(text -> observations.add(text.asText()));
        List<String> outcomes = new ArrayList<>();
        result.path("outcomes")
                .forEach(outcome -> outcomes.add(outcome.path("seen").asText()));
        JsonNode error = result.path("error");
        return new Report(
                checks,
                observations,
                outcomes,
                result.path("clock").asBoolean() ? Clock.ASKED : Clock.UNUSED,
                result.path("overtime").asBoolean() ? ScriptEnd.OVERTIME : byTheClock,
                error.isObject()
                        ? Optional.of(new Raised(
                                error.path("message").asText(),
                                error.path("position").asText()))
                        : Optional.empty());
    }

    private static Check check(JsonNode check) {
        JsonNode time = check.path("measured");
        return new Check(
                check.path("name").asText(),
                check.path("strength").asText().equals("should") ? Strength.SHOULD : Strength.CASE,
                check.path("met").asBoolean() ? Outcome.MET : Outcome.FAILED,
                check.path("expected").asText(),
                check.path("actual").asText(),
                check.path("position").asText(),
                Duration.ofNanos((long) (check.path("at").asDouble() * 1e6)),
                time.isObject()
                        ? Optional.of(new Time(
                                time.path("ms").asDouble(),
                                time.path("min").asDouble(),
                                time.path("max").asDouble(),
                                time.path("what").asText()))
                        : Optional.empty());
    }
}
