package io.wstck.tck.run;

import io.wstck.server.ServerSession;
import io.wstck.server.journal.Journal;
import io.wstck.server.scenario.Behaviour;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.SessionSpec;
import io.wstck.server.scenario.Step;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells the server that the script has ended, waits until the connections have ended, and returns the journal.
 * Stateless.
 */
final class JournalSettler {
    /** Time for all other steps, which have 1 s each, for the epilogue of at most 3 s, and for a busy machine. */
    private static final Duration MARGIN = Duration.ofSeconds(15);

    private JournalSettler() {}

    /**
     * Returns a limit that is longer than all steps that outlast the script, so that these steps fail by themselves.
     */
    static Duration timeout(SessionSpec session) {
        return session.servers().values().stream()
                .map(JournalSettler::timeOfOutlastingSteps)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO)
                .plus(MARGIN);
    }

    /**
     * Tells the server that the script has ended, waits for the connections, and returns the journal. Empty for a case
     * without a server.
     */
    static Optional<Journal> await(CaseContext context, KitErrors errors) throws InterruptedException {
        if (context.servers().isEmpty()) {
            return Optional.empty();
        }
        ServerSession session = context.servers().get().session();
        Duration timeout = timeout(context.servers().get().spec());
        session.scriptEnded();
        if (!session.awaitSettled(timeout)) {
            errors.add("the connections did not settle within " + timeout.toSeconds() + " s after the script");
        }
        return Optional.of(session.journal());
    }

    private static Duration timeOfOutlastingSteps(Behaviour behaviour) {
        if (!(behaviour instanceof Scenario scenario)) {
            return Duration.ZERO;
        }
        return Stream.concat(scenario.tcp().stream(), scenario.frames().stream())
                .filter(Step.Expectation.class::isInstance)
                .map(Step.Expectation.class::cast)
                .filter(step -> step.waitLimit() == Step.WaitLimit.OUTLASTS_SCRIPT)
                .map(Step.Expectation::within)
                .reduce(Duration.ZERO, Duration::plus);
    }
}
