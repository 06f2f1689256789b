package io.wstck.tck.run;

import io.wstck.server.ServerSession;
import io.wstck.server.scenario.SessionSpec;
import io.wstck.tck.cases.TestCase;
import java.util.Optional;

/**
 * A case that is being played once.
 *
 * @param epoch the {@link System#nanoTime} that times count from
 */
record Play(TestCase testCase, Optional<Served> served, CasePlayer.Company company, Lateness lateness, long epoch) {

    /** The servers of a case. */
    record Served(SessionSpec spec, ServerSession session) {}

    String file() {
        return testCase.file().path();
    }
}
