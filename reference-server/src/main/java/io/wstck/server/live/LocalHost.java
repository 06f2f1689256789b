package io.wstck.server.live;

import io.undertow.server.HttpServerExchange;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether a request was meant for this machine by its own names. A web page that makes its own name resolve to 127.0.0.1 (DNS
 * rebinding) is of the server's origin for the browser; the name in the Host header still tells. Stateless.
 */
public final class LocalHost {
    private static final Pattern NAMES = Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?");

    private LocalHost() {}

    public static boolean named(HttpServerExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        return host != null && NAMES.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
