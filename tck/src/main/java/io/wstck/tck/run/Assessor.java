package io.wstck.tck.run;

import io.wstck.lua.LuaFailure;
import io.wstck.lua.LuaHost;
import io.wstck.lua.LuaSession;
import io.wstck.server.scenario.ScenarioSyntaxException;
import io.wstck.server.scenario.SessionSpec;
import io.wstck.tck.cases.Declaration;
import io.wstck.tck.cases.Prelude;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.implementation.ClientBehaviour.Compresses;
import io.wstck.tck.judge.AdapterHints;
import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.Evidence;
import io.wstck.tck.judge.JournalReading;
import io.wstck.tck.judge.Strength;
import io.wstck.tck.judge.Witness;
import io.wstck.tck.run.WitnessThreads.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;

/**
 * Comes from what the script and the server have left of a case to the evidence: runs the checks over the wire, looks whether each server was
 * reached, and marks what is in doubt. Thread-safe; the threads belong to whoever made it.
 */
final class Assessor {
    private static final Duration WIRE_LIMIT = Duration.ofSeconds(10);

    private final WitnessThreads threads;

    Assessor(WitnessThreads threads) {
        this.threads = threads;
    }

    /**
     * What a case has left.
     *
     * @param troubles so far; those with the checks over the wire are added
     * @param epoch the {@link System#nanoTime} that times count from
     * @param compresses which of its messages the client says that it compresses
     */
    record Left(
            TestCase testCase,
            ScriptRecord script,
            JournalReading journal,
            Troubles troubles,
            long epoch,
            Compresses compresses) {
        private String file() {
            return testCase.file().path();
        }

        private Optional<SessionSpec> servers() {
            try {
                return testCase.servers().isEmpty()
                        ? Optional.empty()
                        : Optional.of(SessionSpec.parse(testCase.servers().get()));
            } catch (ScenarioSyntaxException e) {
                throw new IllegalStateException(
                        "the scenario of " + testCase.id() + " was valid when it was loaded", e);
            }
        }
    }

    /**
     * The evidence.
     *
     * @param clock nanoseconds since the epoch, asked once, when nothing more is going on
     */
    Evidence assess(Left left, Lateness lateness, LongSupplier clock, Closings closings) throws InterruptedException {
        TestCase testCase = left.testCase();
        CheckRecorder wire = new CheckRecorder(Witness.WIRE, left.epoch(), () -> {});
        if (testCase.servers().isPresent()
                && testCase.wireChecked()
                && !left.journal().endedEarly()) {
            runWire(left, wire, closings);
        }
        long ended = clock.getAsLong();
        List<Check> made = new ArrayList<>(scriptChecks(left));
        made.addAll(wire.checks());
        made.addAll(left.journal().checks(testCase.tolerates()));
        made.addAll(reach(left, made, wire, ended));
        Doubts doubts = new Doubts(lateness, left.epoch(), left.epoch() + ended);
        doubts.note();
        List<Check> checks = doubts.mark(made, pace(left, wire));
        List<String> observations = new ArrayList<>(left.script().observations());
        observations.addAll(wire.observations());
        List<String> outcomes = new ArrayList<>(left.script().outcomes());
        outcomes.addAll(wire.outcomes());
        return new Evidence(
                checks,
                observations,
                outcomes,
                left.troubles().earliest(),
                testCase.clause().accepts().isEmpty() ? Evidence.Accepted.UNLISTED : Evidence.Accepted.LISTED,
                AdapterHints.of(checks, left.journal()));
    }

    /**
     * What the script checked. Where the server ended the connection because a step was not met, that step is the finding. Checks of the
     * script that were not met do not count then, not even earlier ones: the script and the server may see one cause at the same time,
     * and the finding must not depend on which was first. An error of the JVM counts all the same: no step of the server is its cause.
     */
    private static List<Check> scriptChecks(Left left) {
        List<Check> checks = left.script().checks();
        return left.journal().endedEarly()
                ? checks.stream()
                        .map(check -> check.met() || check.strength() == Strength.ANY_LEVEL ? check : check.notJudged())
                        .toList()
                : checks;
    }

    /** Nothing when a check has failed: the script may not have come as far as to the server that was not visited. */
    private static List<Check> reach(Left left, List<Check> made, CheckRecorder wire, long ended) {
        boolean failed = made.stream().anyMatch(check -> !check.met() && check.strength() != Strength.SHOULD);
        Optional<SessionSpec> servers = failed ? Optional.empty() : left.servers();
        if (servers.isEmpty()) {
            return List.of();
        }
        Set<String> spared = new HashSet<>(left.testCase().unreached());
        spared.addAll(wire.unvisited());
        return Reach.checks(servers.get(), left.journal(), spared, ended);
    }

    private static Pace pace(Left left, CheckRecorder wire) {
        boolean clock = left.testCase().weight() == TestCase.Weight.WAITING
                || left.script().pace() == Pace.CLOCK
                || wire.pace() == Pace.CLOCK;
        return clock ? Pace.CLOCK : Pace.EVENTS;
    }

    private void runWire(Left left, CheckRecorder recorder, Closings closings) throws InterruptedException {
        TestCase testCase = left.testCase();
        LuaSession lua = LuaHost.builder().output(_ -> {}).build().open();
        try (Closings.Closing _ = closings.of("the session of the wire checks", lua)) {
            Ending ending = threads.run(
                    lua,
                    left.file(),
                    WIRE_LIMIT,
                    () -> {
                        LuaFunction wire =
                                Declaration.of(lua, testCase).function("wire").orElseThrow();
                        LuaTable host = WireHost.table(testCase, lua, recorder, left.journal(), left.compresses());
                        Prelude.Witness w = Prelude.wire(lua, host);
                        callWire(lua, wire, w, left);
                    },
                    () -> {});
            switch (ending) {
                case Ending.Finished() -> {}
                case Ending.Overtime(String where, var _) ->
                    left.troubles().add("the wire checks did not end, at " + where);
                case Ending.Trouble(Throwable cause) ->
                    left.troubles().add("the kit could not run the wire checks: " + cause);
            }
        }
    }

    /** An error in the wire's checks is the case's, not the client's. */
    private static void callWire(LuaSession lua, LuaFunction wire, Prelude.Witness w, Left left) {
        try {
            lua.call(wire, w.object());
        } catch (LuaFailure failure) {
            boolean checked =
                    failure.kind() == LuaFailure.Kind.ERROR && failure.value().raweq(w.stopped());
            if (!checked && failure.kind() != LuaFailure.Kind.STOPPED) {
                left.troubles()
                        .add(LuaPositions.in(left.file(), failure) + ": the wire checks raised an error: "
                                + failure.message());
            }
        }
    }
}
