package io.wstck.tck.run;

import io.wstck.server.ServerConfig;
import io.wstck.server.ServerSession;
import io.wstck.server.scenario.SessionSpec;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.implementation.Implementation;
import java.util.Optional;

/**
 * The data of one attempt at a case: its servers, where its client runs, and the origin of its times.
 *
 * @param home where the client runs
 * @param activity of the script
 * @param serverConfig the address at which the client reaches this machine
 * @param epoch the {@link System#nanoTime} that times count from
 */
record CaseContext(
        TestCase testCase,
        Optional<RunningServers> servers,
        AttemptPlayer.Isolation isolation,
        Implementation.ClientLocation home,
        StallLog stallLog,
        ScriptActivity activity,
        ServerConfig serverConfig,
        long epoch) {

    /** The running servers of a case. */
    record RunningServers(SessionSpec spec, ServerSession session) {}

    String file() {
        return testCase.file().path();
    }
}
