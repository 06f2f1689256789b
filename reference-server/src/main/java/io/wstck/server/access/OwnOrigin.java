package io.wstck.server.access;

import java.util.List;

/**
 * The origin of the server itself, told by the Host header of a request. Browsers add an Origin header to every request of a page
 * that may change something; other clients rarely send one. Stateless.
 */
public final class OwnOrigin {
    private OwnOrigin() {}

    /** Whether there is no Origin header, or only the server's own: {@code scheme} and the host of the request. */
    public static boolean isAbsentOrOwn(List<String> origins, String scheme, List<String> hosts) {
        if (origins.isEmpty()) {
            return true;
        }
        return hosts.size() == 1
                && origins.stream().allMatch(origin -> origin.equalsIgnoreCase(scheme + "://" + hosts.getFirst()));
    }
}
