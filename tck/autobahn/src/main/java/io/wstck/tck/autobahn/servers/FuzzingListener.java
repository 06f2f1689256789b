package io.wstck.tck.autobahn.servers;

import io.wstck.tck.autobahn.CaseId;
import io.wstck.tck.autobahn.spec.TestedServer;

/** Is told how a run against servers goes on. Any thread. */
public interface FuzzingListener {
    /** A case begins. */
    void caseStarted(TestedServer server, String agent, CaseId id);

    /** A case has its result. */
    default void caseFinished(String agent, CaseId id) {}

    /**
     * A server could not be connected to, or is no WebSocket server. It is not judged.
     *
     * @param sentence the reason, without a full stop
     */
    void passedOver(TestedServer server, String sentence);
}
