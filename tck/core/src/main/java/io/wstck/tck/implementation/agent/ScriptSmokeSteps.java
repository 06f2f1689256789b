package io.wstck.tck.implementation.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.text.ResourceText;
import io.wstck.tck.cases.Prelude;
import io.wstck.tck.implementation.HostedScriptRunner;
import io.wstck.tck.implementation.SafeText;
import io.wstck.tck.implementation.agent.SmokeStep.StepFailedException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The smoke test's steps for an agent that runs whole scripts in its own Lua. */
final class ScriptSmokeSteps {
    private static final String FILE = "smoke.lua";

    /**
     * The limit of a script that hangs. The test waits longer for the answer than a run does, to tell a late answer
     * from none.
     */
    private static final Duration LIMIT = Duration.ofMillis(1500);

    private static final Duration AFTER_LIMIT = Duration.ofSeconds(5);

    /** The limit of a script that hangs while another one runs. */
    private static final Duration LONG_LIMIT = Duration.ofSeconds(5);

    private final SmokeAgentDriver agent;
    private final URI echo;
    private final String source = ResourceText.read(ScriptSmokeSteps.class, "/io/wstck/tck/agent/" + FILE);
    private int sessions;

    ScriptSmokeSteps(SmokeAgentDriver agent, URI echo) {
        this.agent = agent;
        this.echo = echo;
    }

    List<SmokeStep> steps() {
        return List.of(
                new SmokeStep("script", "plays a script that connects, sends and receives", this::passes),
                new SmokeStep(
                        "check", "answers with the check that was not met, and ends the script there", this::fails),
                new SmokeStep("error", "answers with the error that a script has raised", this::raises),
                new SmokeStep("limit", "answers at `limit_ms` with the checks of a script that hangs", this::hangs),
                new SmokeStep("at once", "plays a script while another one waits", this::atOnce),
                new SmokeStep("globals", "gives each script globals of its own", this::globals),
                new SmokeStep("end", "answers `end` of a session that has left a connection open", this::end));
    }

    private String passes() throws StepFailedException, AgentException, InterruptedException {
        mustPass("smoke.passes", 3);
        return "";
    }

    private String fails() throws StepFailedException, AgentException, InterruptedException {
        JsonNode result = play("smoke.fails");
        JsonNode check = result.path("checks").path(0);
        if (result.path("checks").size() != 1
                || check.path("met").asBoolean()
                || !check.path("expected").asText().equals("number: 1")
                || result.has("error")) {
            throw wrong(result, "one check, `equal`, that is not met, and no error");
        }
        return check.path("position").asText().startsWith(FILE + ":")
                ? ""
                : "the position of the check is not known: `error` with a level adds none to its message";
    }

    private String raises() throws StepFailedException, AgentException, InterruptedException {
        JsonNode result = play("smoke.raises");
        if (!result.path("error").path("message").asText().contains("raised on purpose")) {
            throw wrong(result, "an `error` with the message \"raised on purpose\"");
        }
        return "";
    }

    /**
     * Runs a script that hangs. An agent may leave it to the kit to notice that, but then the script's checks are lost.
     */
    private String hangs() throws StepFailedException, AgentException, InterruptedException {
        LiveAgent live = agent.agent();
        long startNanos = System.nanoTime();
        LiveAgent.Call call = live.ask(Operation.SCRIPT, request("smoke.hangs", session(), LIMIT));
        Optional<Answer> answer = live.await(call, LIMIT.plus(AFTER_LIMIT));
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
        end(sessions);
        if (answer.isEmpty()) {
            return "no answer within " + AFTER_LIMIT.toSeconds()
                    + " s after the limit: checks that a script has made before it hangs are not judged";
        }
        return overtime(
                SmokeAgentDriver.succeeded(Operation.SCRIPT, answer.get()).first(), took);
    }

    private static String overtime(JsonNode result, Duration took) throws StepFailedException {
        boolean said = result.path("overtime").asBoolean();
        if (took.compareTo(LIMIT) < 0 && !said) {
            throw wrong(result, "an answer when the " + LIMIT.toMillis() + " ms of `limit_ms` are over");
        }
        if (checks(result).size() != 2) {
            throw wrong(result, "the two checks that were made before");
        }
        if (took.compareTo(LIMIT.plus(AgentScriptRunner.GRACE)) > 0) {
            return "the answer came " + took.minus(LIMIT).toMillis() + " ms after the limit, a run waits "
                    + AgentScriptRunner.GRACE.toMillis() + " ms";
        }
        return said ? "" : "the answer does not say `overtime`";
    }

    private String atOnce() throws StepFailedException, AgentException, InterruptedException {
        LiveAgent.Call waiting = agent.agent().ask(Operation.SCRIPT, request("smoke.hangs", session(), LONG_LIMIT));
        int waits = sessions;
        mustPass("smoke.passes", 3);
        boolean sideBySide = waiting.underWay();
        end(waits);
        return sideBySide ? "" : "it plays one script at a time: run it with `--jobs 1`";
    }

    private String globals() throws StepFailedException, AgentException, InterruptedException {
        play("smoke.writes-global");
        mustPass("smoke.reads-global", 1);
        return "";
    }

    private String end() throws StepFailedException, AgentException, InterruptedException {
        mustPass("smoke.leaves-open", 2);
        end(sessions);
        return agent.noop();
    }

    private void mustPass(String id, int checks) throws StepFailedException, AgentException, InterruptedException {
        JsonNode result = play(id);
        List<JsonNode> made = checks(result);
        long met = made.stream().filter(check -> check.path("met").asBoolean()).count();
        if (met != checks || made.size() != checks || result.has("error")) {
            throw wrong(result, checks + (checks == 1 ? " check that is met" : " checks that are met"));
        }
    }

    /** The checks of a result, without the entries {@code call}, which only record that a call was made. */
    private static List<JsonNode> checks(JsonNode result) {
        return result.path("checks")
                .valueStream()
                .filter(check -> !check.path("name").asText().equals("call"))
                .toList();
    }

    private JsonNode play(String id) throws StepFailedException, AgentException, InterruptedException {
        return agent.first(
                Operation.SCRIPT, request(id, session(), SmokeAgentDriver.STEP_TIMEOUT), SmokeAgentDriver.STEP_TIMEOUT);
    }

    private void end(int session) throws StepFailedException, AgentException, InterruptedException {
        agent.ask(
                Operation.END,
                agent.request(Operation.END).put("session", name(session)),
                SmokeAgentDriver.STEP_TIMEOUT);
    }

    private String session() {
        return name(++sessions);
    }

    private static String name(int session) {
        return "smoke-" + session;
    }

    private ObjectNode request(String id, String session, Duration limit) {
        ObjectNode request = agent.request(Operation.SCRIPT);
        HostedScriptRunner.Script script = new HostedScriptRunner.Script(
                FILE, id, source, Prelude.sources(), session, Map.of(), echo.toString(), limit);
        AgentScriptRunner.fill(request, session, script, Map.of("main", echo), AgentScriptRunner.ErrorSource.MADE_UP);
        return request;
    }

    private static StepFailedException wrong(JsonNode result, String expected) {
        return new StepFailedException(
                "answers `script` with " + SafeText.bounded(result.toString()) + ": expected " + expected);
    }
}
