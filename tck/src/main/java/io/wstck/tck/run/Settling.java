package io.wstck.tck.run;

import io.wstck.server.scenario.Behaviour;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.SessionSpec;
import io.wstck.server.scenario.Step;
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
