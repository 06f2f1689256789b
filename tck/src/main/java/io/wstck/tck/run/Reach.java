package io.wstck.tck.run;

import io.wstck.server.scenario.Behaviour;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.SessionSpec;
import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.JournalReading;
import io.wstck.tck.judge.Strength;
import io.wstck.tck.judge.Witness;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether a client has come to the servers of its case: the steps of one that nobody visits are never played, and would be
 * missed by nobody. Stateless.
 */
final class Reach {
    /** The name of these checks. */
    static final String REACHED = "reached";

    private Reach() {}

    /**
     * A failed check for each server without a connection, unless the case makes do without; and one when there was no
     * connection at all, whatever the case makes do without.
     *
     * @param spared names of servers that need no visitor
     * @param nanos when the case was over, since its session was opened
     */
    static List<Check> checks(SessionSpec session, JournalReading journal, Collection<String> spared, long nanos) {
        Set<String> visited = journal.visited();
        Set<String> missing = new TreeSet<>(session.servers().keySet());
        missing.removeIf(name -> unreachable(session.servers().get(name)));
        missing.removeAll(spared);
        missing.removeAll(visited);
        if (!missing.isEmpty()) {
            return missing.stream()
                    .map(name ->
                            failed("a connection to the server " + name, "no connection reached server " + name, nanos))
                    .toList();
        }
        return visited.isEmpty()
                ? List.of(failed("a connection to a server of the case", "no connection reached any", nanos))
                : List.of();
    }

    private static boolean unreachable(Behaviour behaviour) {
        return behaviour instanceof Scenario scenario && scenario.listener() == Scenario.Listener.UNREACHABLE;
    }

    private static Check failed(String expected, String actual, long nanos) {
        return new Check(Witness.SERVER, Strength.CASE, Check.Outcome.FAILED, REACHED, expected, actual, "", nanos);
    }
}
