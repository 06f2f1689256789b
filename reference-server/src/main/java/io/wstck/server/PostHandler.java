package io.wstck.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.HttpContinueReadHandler;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.SameThreadExecutor;
import io.wstck.server.scenario.ScenarioSyntaxException;
import io.wstck.server.scenario.SessionSpec;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSourceChannel;

/**
 * Handles {@code POST /scenarios}: reads the body without blocking, then parses it and opens the session on another
 * thread.
 */
final class PostHandler {
    /** The most servers of a posted session. */
    static final int MAX_SERVERS = 64;

    private static final int WAIT_SECONDS = 30;
    private static final int BODY_SECONDS = 30;
    private static final int TOO_LARGE = 413;
    private static final int UNAVAILABLE = 503;

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private final BodySlots slots = new BodySlots();
    private final Sessions sessions;
    private final HttpThreads threads;

    PostHandler(Sessions sessions, HttpThreads threads) {
        this.sessions = sessions;
        this.threads = threads;
    }

    /** Handles a request that the access rules allow. */
    void handle(HttpServerExchange exchange) {
        long announcedBytes = exchange.getRequestContentLength();
        if (announcedBytes > HttpLimits.MAX_DRAINED
                || (announcedBytes > HttpLimits.MAX_BODY && HttpContinue.requiresContinueResponse(exchange))) {
            tooLarge(exchange);
            return;
        }
        // Runs after this call has returned: the slot may be granted at once, and its holder dispatches the exchange
        // again.
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> awaitSlot(exchange, announcedBytes));
    }

    private static void tooLarge(HttpServerExchange exchange) {
        // The rest of the body may still arrive.
        exchange.setPersistent(false);
        Replies.text(exchange, TOO_LARGE, "Expected a body of at most " + HttpLimits.MAX_BODY + " bytes, got more.\n");
    }

    private void awaitSlot(HttpServerExchange exchange, long announcedBytes) {
        CompletableFuture<XnioExecutor.Key> timeout = new CompletableFuture<>();
        Consumer<BodySlots.BodySlot> start = slot -> {
            // A remaining timer would keep the body in memory.
            var _ = timeout.thenAccept(XnioExecutor.Key::remove);
            exchange.dispatch(threads.requests(), admitted -> read(admitted, slot));
        };
        if (!slots.requestSlot(announcedBytes, start)) {
            refuse(exchange, "too many posts are under way");
            return;
        }
        timeout.complete(exchange.getIoThread()
                .executeAfter(
                        () -> {
                            if (slots.cancelRequest(start)) {
                                refuse(exchange, "other posts took longer than " + WAIT_SECONDS + " s");
                            }
                        },
                        WAIT_SECONDS,
                        TimeUnit.SECONDS));
    }

    private void refuse(HttpServerExchange exchange, String reason) {
        exchange.dispatch(
                threads.requests(),
                refused -> Replies.text(
                        refused, UNAVAILABLE, "The session cannot be opened: " + reason + ". Try again later.\n"));
    }

    private void read(HttpServerExchange exchange, BodySlots.BodySlot slot) throws Exception {
        // The connection may end at any time.
        exchange.addExchangeCompleteListener((_, next) -> {
            slot.close();
            next.proceed();
        });
        if (exchange.isRequestComplete()) {
            parseLater(exchange, new PostedBody(), slot);
        } else {
            new HttpContinueReadHandler(continued -> startReading(continued, slot)).handleRequest(exchange);
        }
    }

    private void startReading(HttpServerExchange exchange, BodySlots.BodySlot slot) {
        PostedBody body = new PostedBody();
        XnioExecutor.Key timeout = HttpLimits.closeAfter(exchange, BODY_SECONDS);
        Runnable complete = () -> {
            timeout.remove();
            parseLater(exchange, body, slot);
        };
        ChunkedBodyDecoder.decode(exchange);
        StreamSourceChannel channel = exchange.getRequestChannel();
        channel.getReadSetter().set(readable -> readMore(exchange, readable, body, complete));
        channel.resumeReads();
    }

    private void readMore(
            HttpServerExchange exchange, StreamSourceChannel channel, PostedBody body, Runnable complete) {
        try {
            if (body.readFrom(channel)) {
                channel.suspendReads();
                complete.run();
            }
        } catch (IOException broken) {
            channel.suspendReads();
            exchange.dispatch(threads.requests(), failed -> answerBroken(failed, body, broken));
        }
    }

    private static void answerBroken(HttpServerExchange exchange, PostedBody body, IOException broken) {
        if (body.isTooLong()) {
            tooLarge(exchange);
        } else {
            Replies.text(exchange, 400, "The body could not be read: " + broken.getMessage() + "\n");
        }
    }

    private void parseLater(HttpServerExchange exchange, PostedBody body, BodySlots.BodySlot slot) {
        exchange.dispatch(threads.posts(), complete -> {
            try (slot;
                    body) {
                open(complete, body);
            }
        });
    }

    private void open(HttpServerExchange exchange, PostedBody body) {
        if (body.isTooLong()) {
            tooLarge(exchange);
            return;
        }
        try {
            SessionMemoryEstimate bytes = SessionMemoryEstimate.count(mapper.createParser(body.open()), body.length());
            if (bytes.hasTooManyValues()) {
                Replies.text(
                        exchange,
                        TOO_LARGE,
                        "Expected a session of at most " + SessionMemoryEstimate.MAX_VALUES
                                + " JSON values, got more.\n");
                return;
            }
            Replies.json(exchange, describe(sessions.open(bytes.parsedBodyBytes(), () -> parse(body))));
        } catch (ScenarioSyntaxException wrong) {
            Replies.text(exchange, 400, wrong.getMessage() + "\n");
        } catch (JsonProcessingException noJson) {
            Replies.text(exchange, 400, "The body is no JSON: " + noJson.getOriginalMessage() + "\n");
        } catch (CharConversionException noText) {
            // The bytes look like UTF-32 but are not.
            Replies.text(exchange, 400, "The body is no JSON: " + noText.getMessage() + "\n");
        } catch (UnknownEndpointException wrong) {
            Replies.text(exchange, 400, wrong.getMessage() + "\n");
        } catch (IOException full) {
            Replies.text(exchange, UNAVAILABLE, "The session cannot be opened: " + full.getMessage() + "\n");
        } catch (OutOfMemoryError noMemory) {
            Replies.text(exchange, UNAVAILABLE, "The session cannot be opened: the server has no memory left.\n");
        }
    }

    private SessionSpec parse(PostedBody body) throws IOException, ScenarioSyntaxException {
        JsonNode json;
        try (InputStream in = body.open()) {
            json = mapper.readTree(in);
        }
        int servers = json.path("servers").size();
        if (servers > MAX_SERVERS) {
            throw new ScenarioSyntaxException("servers", "expected at most " + MAX_SERVERS + ", got " + servers);
        }
        return SessionSpec.parse(json);
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
}
