package io.wstck.tck.run;

import io.wstck.server.ServerConfig;
import io.wstck.server.ServerSession;
import io.wstck.server.scenario.SessionSpec;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.implementation.Implementation;
import java.util.Optional;

/**
 * A case that is being played once.
 *
 * @param home where the client runs
 * @param activity of its script
 * @param machine where the client finds this machine
 * @param epoch the {@link System#nanoTime} that times count from
 */
record Play(
        TestCase testCase,
        Optional<Served> served,
        CasePlayer.Company company,
        Implementation.Home home,
        Lateness lateness,
        Activity activity,
        ServerConfig machine,
        long epoch) {

    /** The servers of a case. */
    record Served(SessionSpec spec, ServerSession session) {}

    String file() {
        return testCase.file().path();
    }
}
