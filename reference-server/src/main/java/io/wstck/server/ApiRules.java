package io.wstck.server;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.wstck.server.access.LoopbackNames;
import io.wstck.server.access.OwnOrigin;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Keeps web pages of other servers from using the HTTP API (docs/scenarios.md). Any thread. */
final class ApiRules {
    private static final String JSON = "application/json";
    private static final HttpString SITE = new HttpString("Sec-Fetch-Site");

    /** What a browser says of requests of the server's own pages, and of those of nobody's page. */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private static final int FORBIDDEN = 403;
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;

    private final ServerConfig.Names names;

    ApiRules(ServerConfig.Names names) {
        this.names = names;
    }

    /** Whether the request keeps the rules; otherwise it is answered here. */
    boolean allow(HttpServerExchange exchange) {
        List<String> hosts = values(exchange, Headers.HOST);
        if (names == ServerConfig.Names.LOCAL && (hosts.isEmpty() || !LoopbackNames.allHosts(hosts))) {
            return refuse(
                    exchange, FORBIDDEN, "Expected a Host header that names this machine: " + LoopbackNames.LIST + ".");
        }
        if (!exchange.getRequestMethod().equals(Methods.POST)) {
            return true;
        }
        if (!allowOrigin(exchange, hosts)) {
            return false;
        }
        String type = Optional.ofNullable(exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE))
                .orElse("none");
        if (!exchange.isRequestComplete() && !isJson(type)) {
            return refuse(
                    exchange,
                    UNSUPPORTED_MEDIA_TYPE,
                    "Expected a body with the header Content-Type: " + JSON + ", got " + type + ".");
        }
        return true;
    }

    /**
     * The same for the stream of live events, of which there are few. A page cannot read that of another server, but it could occupy a place
     * by a request without an Origin header, such as that of an image.
     */
    boolean allowLive(HttpServerExchange exchange) {
        if (!allow(exchange) || !allowOrigin(exchange, values(exchange, Headers.HOST))) {
            return false;
        }
        List<String> sites = values(exchange, SITE);
        return OWN_SITES.containsAll(sites)
                || refuse(
                        exchange,
                        FORBIDDEN,
                        "Expected a request of the server's own page, got Sec-Fetch-Site: " + String.join(", ", sites)
                                + ".");
    }

    private static boolean allowOrigin(HttpServerExchange exchange, List<String> hosts) {
        List<String> origins = values(exchange, Headers.ORIGIN);
        return OwnOrigin.isAbsentOrOwn(origins, exchange.getRequestScheme(), hosts)
                || refuse(
                        exchange,
                        FORBIDDEN,
                        "Expected no Origin header, or the server's own origin, got " + String.join(", ", origins)
                                + ".");
    }

    private static boolean isJson(String type) {
        int parameters = type.indexOf(';');
        String bare = parameters < 0 ? type : type.substring(0, parameters);
        return bare.strip().toLowerCase(Locale.ROOT).equals(JSON);
    }

    private static List<String> values(HttpServerExchange exchange, HttpString header) {
        HeaderValues values = exchange.getRequestHeaders().get(header);
        return values == null ? List.of() : List.copyOf(values);
    }

    private static boolean refuse(HttpServerExchange exchange, int status, String sentence) {
        Replies.text(exchange, status, sentence + "\n");
        return false;
    }
}
