package io.wstck.server.access;

import java.util.List;

/**
 * Compares the Origin header of a request with the server's own origin, taken from its Host header. Browsers add an
 * Origin header to every request of a page that may change something. Other clients rarely send one. Stateless.
 */
public final class ServerOrigin {
    private ServerOrigin() {}

    /**
     * Whether the request has no Origin header, or only the server's own origin: {@code scheme} and the host of the
     * request.
     */
    public static boolean isAbsentOrOwn(List<String> origins, String scheme, List<String> hosts) {
        if (origins.isEmpty()) {
            return true;
        }
        return hosts.size() == 1
                && origins.stream().allMatch(origin -> origin.equalsIgnoreCase(scheme + "://" + hosts.getFirst()));
    }
}
