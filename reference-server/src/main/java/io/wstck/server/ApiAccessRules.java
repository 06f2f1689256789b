package io.wstck.server;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.wstck.server.access.LoopbackNames;
import io.wstck.server.access.ServerOrigin;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Prevents web pages of other servers from using the HTTP API (docs/scenarios.md). Any thread. */
final class ApiAccessRules {
    private static final String JSON = "application/json";
    private static final HttpString SITE = new HttpString("Sec-Fetch-Site");

    /** The values of Sec-Fetch-Site for requests of the server's own pages, and for requests without a page. */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private static final int FORBIDDEN = 403;
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;

    private final ServerConfig.AllowedHosts allowedHosts;

    ApiAccessRules(ServerConfig.AllowedHosts names) {
        this.allowedHosts = names;
    }

    /** Whether the request is allowed. If not, this method answers it. */
    boolean allow(HttpServerExchange exchange) {
        List<String> hosts = values(exchange, Headers.HOST);
        if (allowedHosts == ServerConfig.AllowedHosts.LOCAL && (hosts.isEmpty() || !LoopbackNames.allHosts(hosts))) {
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
     * Whether a request for the live events is allowed. The number of viewers is limited. A page of another server
     * cannot read the events, but it could use up a viewer by a request without an Origin header, such as for an image.
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
        return ServerOrigin.isAbsentOrOwn(origins, exchange.getRequestScheme(), hosts)
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
