package io.wstck.server.scenario;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** The behaviour of one server of a session: a scenario of its own, or that of an endpoint. */
public sealed interface Behaviour permits Scenario, EndpointTarget {
    /** The server of the session that this one redirects to. */
    default Optional<RedirectLocation> location() {
        return Optional.empty();
    }

    /** Returns this behaviour with the URL of its redirect target filled in. */
    default Behaviour located(Map<String, URI> urls) {
        return this;
    }
}
