package io.wstck.tck.cases;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.scenario.Behaviour;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.SessionSpec;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The servers of a case in both forms: JSON, to be printed, and the parsed session, to be played. They are read once
 * with the case, and used by every attempt. Callers must not change them.
 *
 * @param json the session with its scenarios by name, in the JSON form of the server
 * @param session the parsed session
 */
public record CaseServers(ObjectNode json, SessionSpec session) {
    /** Returns the behaviours of the servers. */
    public Collection<Behaviour> behaviours() {
        return session.servers().values();
    }

    /** Returns the host names that the client must use instead of the server's default name. */
    List<String> hosts() {
        return behaviours().stream()
                .map(behaviour -> behaviour instanceof Scenario scenario ? scenario.host() : Optional.<String>empty())
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    /** Returns whether a server needs an address or a port that some machines do not have. */
    public boolean dependsOnMachine() {
        return behaviours().stream()
                .anyMatch(behaviour -> behaviour instanceof Scenario scenario
                        && scenario.listener().dependsOnMachine());
    }
}
