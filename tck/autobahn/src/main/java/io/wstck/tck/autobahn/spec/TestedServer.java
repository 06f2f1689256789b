package io.wstck.tck.autobahn.spec;

import java.util.List;
import java.util.Optional;

/**
 * A server under test, as a fuzzingclient.json or a command line names it.
 *
 * @param agent the name in reports; empty: the header {@code Server} of its answer
 * @param hostname the name for Server Name Indication and for the check of the certificate; empty: that of the URL
 * @param origin the value of the header {@code Origin}
 * @param protocols the subprotocols that are offered
 */
public record TestedServer(
        ServerUrl url,
        Optional<String> agent,
        Optional<String> hostname,
        Optional<String> origin,
        List<String> protocols) {
    public TestedServer {
        protocols = List.copyOf(protocols);
    }

    /** A server about which only the URL is known. */
    public static TestedServer at(ServerUrl url) {
        return new TestedServer(url, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }
}
