package io.wstck.tck.implementation.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.tck.implementation.agent.SmokeStep.StepFailedException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The smoke test's steps for an agent that makes single calls. */
final class CallSmokeSteps {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final int LARGE = 1 << 20;
    private static final String TEXT = "text";
    private static final String BINARY = "binary";

    private final SmokeAgentDriver agent;
    private final URI echo;
    private final URI refused;
    private int sessions;

    CallSmokeSteps(SmokeAgentDriver agent, URI echo, URI refused) {
        this.agent = agent;
        this.echo = echo;
        this.refused = refused;
    }

    List<SmokeStep> steps() {
        return List.of(
                new SmokeStep("connect", "connects to a server that echoes", this::connect),
                new SmokeStep("text", "sends a text and receives its echo", this::text),
                new SmokeStep("binary", "sends all 256 bytes and receives their echo", this::binary),
                new SmokeStep("large", "sends 1 MiB and receives its echo", this::large),
                new SmokeStep("wait", "says \"none\" when no message comes in time", this::waiting),
                new SmokeStep("at once", "answers others while a `receive` waits", this::atOnce),
                new SmokeStep("close", "closes, and then receives null", this::closing),
                new SmokeStep("failure", "answers a connect that is refused with null and an error", this::failure),
                new SmokeStep("end", "closes what a session has left open", this::end));
    }

    private String connect() throws StepFailedException, AgentException, InterruptedException {
        open();
        return "";
    }

    private String text() throws StepFailedException, AgentException, InterruptedException {
        echoed(open(), 1, TEXT, "wstck: Grüße, 世界 🎉".getBytes(StandardCharsets.UTF_8));
        return "";
    }

    private String binary() throws StepFailedException, AgentException, InterruptedException {
        byte[] all = new byte[256];
        for (int value = 0; value < all.length; value++) {
            all[value] = (byte) value;
        }
        echoed(open(), 2, BINARY, all);
        return "";
    }

    /** Sends a large message. A lost echo is only a warning, since the limit may be the client's own. */
    private String large() throws AgentException, InterruptedException {
        byte[] data = new byte[LARGE];
        for (int index = 0; index < data.length; index++) {
            data[index] = (byte) (index >> 4);
        }
        try {
            String client = open();
            send(client, 2, data);
            String received = agent.first(Operation.RECEIVE, receive(client), SmokeAgentDriver.STEP_TIMEOUT)
                    .path("data")
                    .asText();
            return received.equals(Base64.getEncoder().encodeToString(data))
                    ? ""
                    : "the echo did not come: cases send messages of some MiB, so an adapter has to raise the client's"
                            + " own limit to 32 MiB";
        } catch (StepFailedException e) {
            return "it " + e.getMessage();
        }
    }

    private String waiting() throws StepFailedException, AgentException, InterruptedException {
        String client = open();
        require(
                "\"none\" when `wait` is 0 and there is no message",
                receive(client).put("wait", 0),
                "none");
        require(
                "\"none\" when nothing has come for the `wait` of " + SHORT.toMillis() + " ms",
                receive(client).put("wait", SHORT.toMillis()),
                "none");
        echoed(client, 1, TEXT, "after".getBytes(StandardCharsets.UTF_8));
        return "";
    }

    private String atOnce() throws StepFailedException, AgentException, InterruptedException {
        String client = open();
        LiveAgent live = agent.agent();
        LiveAgent.Call receive = live.ask(Operation.RECEIVE, receive(client));
        agent.noop();
        byte[] data = "meanwhile".getBytes(StandardCharsets.UTF_8);
        send(client, 1, data);
        Answer answer = live.await(receive, SmokeAgentDriver.STEP_TIMEOUT)
                .orElseThrow(() -> new StepFailedException(
                        "does not answer a `receive` that waits when its message comes: expected" + " one within "
                                + SmokeAgentDriver.STEP_TIMEOUT.toSeconds() + " s"));
        message(SmokeAgentDriver.succeeded(Operation.RECEIVE, answer).first(), TEXT, data);
        return "";
    }

    private String closing() throws StepFailedException, AgentException, InterruptedException {
        String client = open();
        echoed(client, 1, TEXT, "before".getBytes(StandardCharsets.UTF_8));
        agent.first(
                Operation.CLOSE,
                agent.request(Operation.CLOSE)
                        .put("client", client)
                        .put("code", 4000)
                        .put("reason", "done"),
                SmokeAgentDriver.STEP_TIMEOUT);
        JsonNode after = agent.first(Operation.RECEIVE, receive(client), SmokeAgentDriver.STEP_TIMEOUT);
        if (!after.isNull()) {
            throw new StepFailedException("answers `receive` on a closed connection with " + after + ": expected null");
        }
        return "";
    }

    private String failure() throws StepFailedException, AgentException, InterruptedException {
        Answer answer = agent.ask(Operation.CONNECT, connectTo(refused, "refused"), SmokeAgentDriver.STEP_TIMEOUT);
        if (answer instanceof Answer.Results results && results.values().path(1).has("error")) {
            return results.values().path(1).path("error").path("message").asText();
        }
        throw new StepFailedException("answers a `connect` to a port that refuses with "
                + SmokeAgentDriver.shown(answer) + ": expected null and an error with kind, message and retryable");
    }

    private String end() throws StepFailedException, AgentException, InterruptedException {
        String session = "smoke-end";
        String client = handle(agent.first(Operation.CONNECT, connectTo(echo, session), SmokeAgentDriver.STEP_TIMEOUT));
        LiveAgent live = agent.agent();
        LiveAgent.Call receive = live.ask(Operation.RECEIVE, receive(client));
        agent.ask(Operation.END, agent.request(Operation.END).put("session", session), SmokeAgentDriver.STEP_TIMEOUT);
        if (live.await(receive, SmokeAgentDriver.STEP_TIMEOUT).isEmpty()) {
            throw new StepFailedException(
                    "leaves a `receive` without an answer after the `end` of its session: expected null within "
                            + SmokeAgentDriver.STEP_TIMEOUT.toSeconds() + " s");
        }
        return "";
    }

    private String open() throws StepFailedException, AgentException, InterruptedException {
        return handle(
                agent.first(Operation.CONNECT, connectTo(echo, "smoke-" + ++sessions), SmokeAgentDriver.STEP_TIMEOUT));
    }

    private static String handle(JsonNode result) {
        return result.textValue();
    }

    private ObjectNode connectTo(URI url, String session) {
        ObjectNode request =
                agent.request(Operation.CONNECT).put("session", session).put("url", url.toString());
        request.putObject("options");
        return request;
    }

    private ObjectNode receive(String client) {
        return agent.request(Operation.RECEIVE).put("client", client);
    }

    private void send(String client, int type, byte[] data)
            throws StepFailedException, AgentException, InterruptedException {
        agent.first(
                Operation.SEND,
                agent.request(Operation.SEND)
                        .put("client", client)
                        .put("type", type)
                        .put("data", Base64.getEncoder().encodeToString(data)),
                SmokeAgentDriver.STEP_TIMEOUT);
    }

    private void echoed(String client, int type, String name, byte[] data)
            throws StepFailedException, AgentException, InterruptedException {
        send(client, type, data);
        message(agent.first(Operation.RECEIVE, receive(client), SmokeAgentDriver.STEP_TIMEOUT), name, data);
    }

    private static void message(JsonNode result, String type, byte[] data) throws StepFailedException {
        String expected = "a message of type \"" + type + "\" with the data that were sent, "
                + Base64.getEncoder().encodeToString(data);
        boolean same;
        try {
            same = result.path("type").asText().equals(type)
                    && Arrays.equals(
                            Base64.getDecoder().decode(result.path("data").asText()), data);
        } catch (IllegalArgumentException e) {
            throw new StepFailedException(
                    "answers `receive` with data that are no base64 (" + e.getMessage() + "): expected " + expected);
        }
        if (!same) {
            throw new StepFailedException("answers `receive` with " + result + ": expected " + expected);
        }
    }

    private void require(String expected, ObjectNode request, String value)
            throws StepFailedException, AgentException, InterruptedException {
        JsonNode result = agent.first(Operation.RECEIVE, request, SmokeAgentDriver.STEP_TIMEOUT);
        if (!result.asText().equals(value)) {
            throw new StepFailedException("answers `receive` with " + result + ": expected " + expected);
        }
    }
}
