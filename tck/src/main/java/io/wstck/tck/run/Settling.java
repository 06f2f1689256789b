package io.wstck.tck.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.ServerSession;
import io.wstck.server.scenario.Behaviour;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.SessionSpec;
import io.wstck.server.scenario.Step;
import io.wstck.tck.judge.JournalReading;
import java.time.Duration;
import java.util.stream.Stream;

/** How long the connections of a case may take to end when its script has. Stateless. */
final class Settling {
    /** Every other step's second of grace, the epilogue, which takes 3 s at most, and room for a machine that is busy. */
    private static final Duration ROOM = Duration.ofSeconds(15);

    private Settling() {}

    /** More than the steps that outlast the script can take, so that they fail by themselves. */
    static Duration of(SessionSpec session) {
        return session.servers().values().stream()
                .map(Settling::outlasting)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO)
                .plus(ROOM);
    }

    /** Waits for the connections of a case whose script has ended, and returns what the server has recorded. */
    static JournalReading journal(Play play, Troubles troubles) throws InterruptedException {
        if (play.served().isEmpty()) {
            ObjectNode none = JsonNodeFactory.instance.objectNode();
            none.putArray("entries");
            return new JournalReading(none);
        }
        ServerSession session = play.served().get().session();
        Duration settling = of(play.served().get().spec());
        session.scriptEnded();
        if (!session.awaitSettled(settling)) {
            troubles.add("the connections did not settle within " + settling.toSeconds() + " s after the script");
        }
        return new JournalReading(session.journal().toUnhashedJson());
    }

    private static Duration outlasting(Behaviour behaviour) {
        if (!(behaviour instanceof Scenario scenario)) {
            return Duration.ZERO;
        }
        return Stream.concat(scenario.tcp().stream(), scenario.frames().stream())
                .filter(Step.Expectation.class::isInstance)
                .map(Step.Expectation.class::cast)
                .filter(step -> step.patience() == Step.Patience.OUTLASTS_SCRIPT)
                .map(Step.Expectation::within)
                .reduce(Duration.ZERO, Duration::plus);
    }
}
