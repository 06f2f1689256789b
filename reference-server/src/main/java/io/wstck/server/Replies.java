package io.wstck.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.nio.ByteBuffer;

/** Sends whole HTTP answers: texts, pages with their scripts and styles, JSON, and a certificate. */
final class Replies {
    private Replies() {}

    static void text(HttpServerExchange exchange, int status, String text) {
        reply(exchange, status, "text/plain; charset=utf-8", text);
    }

    /** Sends an HTML page with its content security policy. */
    static void page(HttpServerExchange exchange, String page, String policy) {
        exchange.getResponseHeaders().put(Headers.CONTENT_SECURITY_POLICY, policy);
        reply(exchange, 200, "text/html; charset=utf-8", page);
    }

    static void script(HttpServerExchange exchange, String script) {
        reply(exchange, 200, "text/javascript; charset=utf-8", script);
    }

    static void style(HttpServerExchange exchange, String style) {
        reply(exchange, 200, "text/css; charset=utf-8", style);
    }

    static void json(HttpServerExchange exchange, JsonNode json) {
        reply(exchange, 200, "application/json", json.toString());
    }

    /** Sends JSON in UTF-8 with the current status of the exchange. */
    static void json(HttpServerExchange exchange, byte[] json) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender().send(ByteBuffer.wrap(json));
    }

    static void pem(HttpServerExchange exchange, String certificate) {
        reply(exchange, 200, "application/x-pem-file", certificate);
    }

    private static void reply(HttpServerExchange exchange, int status, String type, String body) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type);
        exchange.getResponseSender().send(body);
    }
}
