package io.wstck.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;

/** Plain HTTP answers. */
final class Replies {
    private Replies() {}

    static void text(HttpServerExchange exchange, int status, String text) {
        reply(exchange, status, "text/plain; charset=utf-8", text);
    }

    static void html(HttpServerExchange exchange, String page) {
        reply(exchange, 200, "text/html; charset=utf-8", page);
    }

    static void json(HttpServerExchange exchange, JsonNode json) {
        reply(exchange, 200, "application/json", json.toString());
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
