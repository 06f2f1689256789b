package io.wstck.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Methods;
import io.wstck.server.certificate.Certificates;
import io.wstck.server.scenario.ScenarioSyntaxException;
import io.wstck.server.scenario.SessionSpec;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

/** Sessions over HTTP: for kits in another process, and for people with curl. */
final class HttpApi {
    /** The largest body of a POST, in bytes. */
    static final int MAX_BODY = 16 << 20;

    /** How long {@code script-ended} waits for the connections to end. */
    private static final Duration SETTLE_WAIT = Duration.ofSeconds(10);

    private static final int BODY_SECONDS = 30;
    private static final String SCRIPT_ENDED = "/script-ended";

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private final Sessions sessions;
    private final Certificates certificates;

    HttpApi(Sessions sessions, Certificates certificates) {
        this.sessions = sessions;
        this.certificates = certificates;
    }

    /** {@code GET /ca.pem}. */
    void authority(HttpServerExchange exchange) {
        try {
            Replies.pem(exchange, certificates.authorityPem());
        } catch (IOException impossible) {
            Replies.text(exchange, 500, impossible.getMessage() + "\n");
        }
    }

    /** {@code POST /scenarios}. */
    void postScenarios(HttpServerExchange exchange) {
        if (!exchange.getRequestMethod().equals(Methods.POST)) {
            Replies.text(
                    exchange, 405, "Scenarios are posted: expected POST, got " + exchange.getRequestMethod() + ".\n");
            return;
        }
        // A body that never comes must not hold its connection for ever.
        XnioExecutor.Key timeout = exchange.getIoThread()
                .executeAfter(() -> IoUtils.safeClose(exchange.getConnection()), BODY_SECONDS, TimeUnit.SECONDS);
        exchange.addExchangeCompleteListener((_, next) -> {
            timeout.remove();
            next.proceed();
        });
        exchange.getRequestReceiver()
                .receiveFullBytes(
                        this::open,
                        (failed, error) ->
                                Replies.text(failed, 413, "The body could not be read: " + error.getMessage() + "\n"));
    }

    private void open(HttpServerExchange exchange, byte[] body) {
        JsonNode json;
        try {
            json = mapper.readTree(body);
        } catch (JsonProcessingException noJson) {
            Replies.text(exchange, 400, "The body is no JSON: " + noJson.getOriginalMessage() + "\n");
            return;
        } catch (IOException noText) {
            // Bytes that look like UTF-32, and are none.
            Replies.text(exchange, 400, "The body is no JSON: " + noText.getMessage() + "\n");
            return;
        }
        try {
            SessionSpec spec = SessionSpec.parse(json);
            Replies.json(exchange, describe(sessions.open(spec, body.length)));
        } catch (ScenarioSyntaxException wrong) {
            Replies.text(exchange, 400, wrong.getMessage() + "\n");
        } catch (UnknownEndpointException wrong) {
            Replies.text(exchange, 400, wrong.getMessage() + "\n");
        } catch (IOException full) {
            Replies.text(exchange, 503, "The session cannot be opened: " + full.getMessage() + "\n");
        }
    }

    private ObjectNode describe(ServerSession session) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", session.id());
        Map<String, URI> urls = session.urls();
        URI first = urls.getOrDefault(SessionSpec.MAIN, urls.values().iterator().next());
        json.put("url", first.toString());
        ObjectNode all = json.putObject("urls");
        urls.forEach((name, url) -> all.put(name, url.toString()));
        return json.put("journal", sessions.base() + "/journals/" + session.id());
    }

    /** {@code GET /journals/{id}} and {@code POST /journals/{id}/script-ended}. */
    void journals(HttpServerExchange exchange, String rest) {
        boolean ends = rest.endsWith(SCRIPT_ENDED);
        String id = ends ? rest.substring(0, rest.length() - SCRIPT_ENDED.length()) : rest;
        Optional<ServerSession> session = sessions.find(id);
        if (session.isEmpty()) {
            Replies.text(exchange, 404, "There is no such journal, or it has expired.\n");
        } else if (!ends) {
            Replies.json(exchange, session.get().journal().toJson());
        } else if (exchange.getRequestMethod().equals(Methods.POST)) {
            exchange.dispatch(
                    task -> Thread.ofVirtual().name("wstck-server-api").start(task),
                    () -> scriptEnded(exchange, session.get()));
        } else {
            Replies.text(exchange, 405, "Expected POST, got " + exchange.getRequestMethod() + ".\n");
        }
    }

    private static void scriptEnded(HttpServerExchange exchange, ServerSession session) {
        session.scriptEnded();
        try {
            // The answer is the journal: "settled" says whether the wait was long enough.
            boolean settled = session.awaitSettled(SETTLE_WAIT);
            exchange.setStatusCode(settled ? 200 : 202);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
        Replies.json(exchange, session.journal().toJson());
    }
}
