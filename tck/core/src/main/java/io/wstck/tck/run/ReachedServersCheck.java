package io.wstck.tck.run;

import io.wstck.server.scenario.Behaviour;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.SessionSpec;
import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.JudgedJournal;
import io.wstck.tck.judge.NamedCheck;
import io.wstck.tck.judge.Strength;
import io.wstck.tck.judge.Witness;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks whether the client has connected to each server of its case. Without this check the steps of a server without
 * a connection would never fail. Stateless.
 */
final class ReachedServersCheck {
    private ReachedServersCheck() {}

    /**
     * Returns a failed check for each server without a connection, except for exempt ones. Returns one failed check if
     * no server at all had a connection, even if all are exempt.
     *
     * @param exempt names of servers that need no connection
     * @param nanos end of the case, since its session was opened
     */
    static List<Check> checks(SessionSpec session, JudgedJournal journal, Collection<String> exempt, long nanos) {
        Set<String> connected = journal.connectedServers();
        Set<String> missing = new TreeSet<>(session.servers().keySet());
        missing.removeIf(name -> isUnreachable(session.servers().get(name)));
        missing.removeAll(exempt);
        missing.removeAll(connected);
        if (!missing.isEmpty()) {
            return missing.stream()
                    .map(name ->
                            failed("a connection to the server " + name, "no connection reached server " + name, nanos))
                    .toList();
        }
        return connected.isEmpty()
                ? List.of(failed("a connection to a server of the case", "no connection reached any", nanos))
                : List.of();
    }

    private static boolean isUnreachable(Behaviour behaviour) {
        return behaviour instanceof Scenario scenario && scenario.listener() == Scenario.ListenerKind.UNREACHABLE;
    }

    private static Check failed(String expected, String actual, long nanos) {
        return new Check(
                Witness.SERVER, Strength.CASE, Check.Outcome.FAILED, NamedCheck.REACHED, expected, actual, "", nanos);
    }
}
