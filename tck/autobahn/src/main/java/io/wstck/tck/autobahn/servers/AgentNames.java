package io.wstck.tck.autobahn.servers;

import io.wstck.server.text.Excerpt;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.HttpResponse;
import io.wstck.tck.autobahn.spec.TestedServer;
import java.util.HashSet;
import java.util.Set;

/** Names each server in the reports, and no two of them alike. One thread. */
final class AgentNames {
    /** The original's name for a server that does not tell its own. */
    private static final String UNKNOWN = "UnknownServer";

    private static final int LONGEST_NAME = 100;

    private final Set<String> taken = new HashSet<>();

    /** The name of the spec, else the header {@code Server} in {@code response}, else {@code UnknownServer}. */
    String choose(TestedServer server, Bytes response) {
        String name = server.agent()
                .or(() -> HttpResponse.parse(response).values("Server").stream()
                        .filter(value -> !value.isEmpty())
                        .findFirst()
                        .map(value -> Excerpt.withEllipsis(value, LONGEST_NAME)))
                .orElse(UNKNOWN);
        String unique = name;
        for (int number = 2; !taken.add(unique); number++) {
            unique = name + " " + number;
        }
        return unique;
    }
}
