package io.wstck.server;

import io.undertow.server.HttpServerExchange;
import io.wstck.server.certificate.Certificates;
import io.wstck.server.wire.MemoryBudget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * The HTTP API of the server, for kits in another process and for people with curl: it opens a session for a scenario,
 * and answers with its journal. Its handlers may block.
 */
final class HttpApi {
    /** The time that {@code script-ended} waits for the connections to end. */
    private static final Duration SETTLE_WAIT = Duration.ofSeconds(10);

    /** The time limit for a client to receive a journal. */
    private static final int RECEIVE_SECONDS = 60;

    private static final String SCRIPT_ENDED = "/script-ended";

    private final Sessions sessions;
    private final Certificates certificates;
    private final HttpThreads threads;
    private final MemoryBudget answers;
    private final PostHandler posts;

    HttpApi(Sessions sessions, Certificates certificates, HttpThreads threads, MemoryBudget answers) {
        this.sessions = sessions;
        this.certificates = certificates;
        this.threads = threads;
        this.answers = answers;
        this.posts = new PostHandler(sessions, threads);
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
    void scenarios(HttpServerExchange exchange) {
        if (isMethod(exchange, "POST")) {
            posts.handle(exchange);
        }
    }

    /** {@code GET /journals/{id}} and {@code POST /journals/{id}/script-ended}. */
    void journals(HttpServerExchange exchange, String rest) {
        boolean ends = rest.endsWith(SCRIPT_ENDED);
        String id = ends ? rest.substring(0, rest.length() - SCRIPT_ENDED.length()) : rest;
        Optional<ServerSession> session = sessions.find(id);
        if (session.isEmpty()) {
            Replies.text(exchange, 404, "There is no such journal, or it has expired.\n");
        } else if (!ends) {
            if (isMethod(exchange, "GET")) {
                journal(exchange, session.get());
            }
        } else if (isMethod(exchange, "POST")) {
            scriptEnded(exchange, session.get());
        }
    }

    /** Whether the request has this method. If not, this method answers 405. */
    private static boolean isMethod(HttpServerExchange exchange, String expected) {
        String method = exchange.getRequestMethod().toString();
        if (method.equals(expected) || (expected.equals("GET") && method.equals("HEAD"))) {
            return true;
        }
        Replies.text(exchange, 405, "Expected " + expected + ", got " + method + ".\n");
        return false;
    }

    private void scriptEnded(HttpServerExchange exchange, ServerSession session) {
        session.scriptEnded();
        try {
            // The answer is the journal. Its field "settled" tells whether all connections ended in time.
            boolean settled = session.awaitSettled(SETTLE_WAIT);
            exchange.setStatusCode(settled ? 200 : 202);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
        journal(exchange, session);
    }

    private void journal(HttpServerExchange exchange, ServerSession session) {
        exchange.dispatch(threads.journals(), answer -> sendJournal(answer, session));
    }

    private void sendJournal(HttpServerExchange exchange, ServerSession session) {
        byte[] json = session.journal().toJson().toString().getBytes(StandardCharsets.UTF_8);
        if (!answers.tryReserve(json.length)) {
            Replies.text(exchange, 503, "The memory for sending journals is used up. Try again later.\n");
            return;
        }
        exchange.addExchangeCompleteListener((_, next) -> {
            answers.release(json.length);
            next.proceed();
        });
        var _ = HttpLimits.closeAfter(exchange, RECEIVE_SECONDS);
        Replies.json(exchange, json);
    }
}
