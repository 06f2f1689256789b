package io.wstck.server.access;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Recognises the names of the loopback interface in the headers Host and Origin. By DNS rebinding a web page can make
 * its own name resolve to 127.0.0.1. The browser then sends that name in the Host header. Stateless.
 */
public final class LoopbackNames {
    /** The names for messages. */
    public static final String LIST = "localhost, 127.0.0.1 or [::1]";

    private static final String HOST = "(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?";
    private static final Pattern HOSTS = Pattern.compile(HOST);
    private static final Pattern ORIGINS = Pattern.compile("[a-z][a-z0-9+.-]*://" + HOST + "/?");

    private LoopbackNames() {}

    /** Whether each value of Host, with or without a port, is a loopback name. True for an empty list. */
    public static boolean allHosts(List<String> hosts) {
        return hosts.stream()
                .allMatch(host -> HOSTS.matcher(host.toLowerCase(Locale.ROOT)).matches());
    }

    /** Whether each value of Origin has a loopback name as its host, on any port. True for an empty list. */
    public static boolean allOrigins(List<String> origins) {
        return origins.stream()
                .allMatch(origin ->
                        ORIGINS.matcher(origin.toLowerCase(Locale.ROOT)).matches());
    }
}
