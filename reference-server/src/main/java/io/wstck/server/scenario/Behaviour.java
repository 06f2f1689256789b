package io.wstck.server.scenario;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** What a server of a session does. */
public sealed interface Behaviour permits Scenario, EndpointTarget {
    /** The server of the session that it redirects to. */
    default Optional<Location> location() {
        return Optional.empty();
    }

    /** The same, where a redirect has the URL of its target; {@code urls} are those of the session's servers by name. */
    default Behaviour located(Map<String, URI> urls) {
        return this;
    }
}
