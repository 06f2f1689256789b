package io.wstck.tck.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.lua.LuaFailure;
import io.wstck.lua.LuaHost;
import io.wstck.lua.LuaSession;
import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerSession;
import io.wstck.server.scenario.ScenarioSyntaxException;
import io.wstck.server.scenario.SessionSpec;
import io.wstck.tck.cases.Declaration;
import io.wstck.tck.cases.Prelude;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.implementation.Hindrance;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.Evidence;
import io.wstck.tck.judge.JournalReading;
import io.wstck.tck.judge.Strength;
import io.wstck.tck.judge.Witness;
import io.wstck.tck.run.LimitedThread.Ending;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.luaj.vm2.LuaFunction;

/** Plays one case once and brings the evidence. Thread-safe. */
final class CasePlayer {
    private static final Duration WIRE_LIMIT = Duration.ofSeconds(10);

    private final Implementation implementation;
    private final ReferenceServer server;

    CasePlayer(Implementation implementation, ReferenceServer server) {
        this.implementation = implementation;
        this.server = server;
    }

    /**
     * What playing a case once has brought.
     *
     * @param hindrance what came between the script and the client, in which case the evidence may be about that
     */
    record Played(Evidence evidence, Optional<Hindrance> hindrance, List<String> transcript) {}

    /** Where a case is played. */
    enum Company {
        /** In the program that the client lives in anyway, beside other cases. */
        SHARED,
        /** Alone in the program that the client lives in. */
        ALONE
    }

    Played play(TestCase testCase, Company company, Lateness lateness) throws InterruptedException {
        // As near as can be to the time that the journal counts from, which is when its session is opened.
        long epoch = System.nanoTime();
        if (testCase.servers().isEmpty()) {
            return play(new Play(testCase, Optional.empty(), company, lateness, epoch));
        }
        SessionSpec spec = spec(testCase, testCase.servers().get());
        try (ServerSession session = server.open(spec)) {
            return play(new Play(testCase, Optional.of(new Play.Served(spec, session)), company, lateness, epoch));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the reference server cannot play " + testCase.id() + ": " + e.getMessage(), e);
        }
    }

    private static SessionSpec spec(TestCase testCase, ObjectNode servers) {
        try {
            return SessionSpec.parse(servers);
        } catch (ScenarioSyntaxException e) {
            throw new IllegalStateException("the scenario of " + testCase.id() + " was valid when it was loaded", e);
        }
    }

    private Played play(Play play) throws InterruptedException {
        Troubles troubles = new Troubles(play.epoch());
        Closings closings = new Closings();
        CheckRecorder script = new CheckRecorder(Witness.SCRIPT, play.epoch());
        CheckRecorder wire = new CheckRecorder(Witness.WIRE, play.epoch());
        Map<String, URI> urls =
                play.served().map(served -> served.session().urls()).orElse(Map.of());
        ScriptPlayer.Seen seen;
        ImplementationSession under = open(play, urls);
        try (Closings.Closing _ = closings.of("the client's session", under)) {
            seen = new ScriptPlayer(play, under, implementation.description(), script, troubles, closings).play();
        }
        JournalReading journal = seen.journal();
        journal.trouble(System.nanoTime() - play.epoch()).ifPresent(troubles::add);
        if (play.served().isPresent() && play.testCase().wireChecked()) {
            runWire(play, journal, wire, troubles, closings);
        }
        List<Check> made = new ArrayList<>(script.checks());
        made.addAll(wire.checks());
        made.addAll(journal.checks(play.testCase().tolerates()));
        made.addAll(reach(play, journal, made, wire));
        List<Check> checks = new Doubts(play.lateness(), play.epoch(), System.nanoTime())
                .mark(made, pace(play.testCase(), script, wire));
        List<String> observations = new ArrayList<>(script.observations());
        observations.addAll(wire.observations());
        List<String> outcomes = new ArrayList<>(script.outcomes());
        outcomes.addAll(wire.outcomes());
        List<String> transcript = new ArrayList<>(Transcript.of(journal, checks));
        closings.notes().forEach(note -> transcript.add("     kit       " + note));
        return new Played(
                new Evidence(checks, observations, outcomes, troubles.earliest()), seen.hindrance(), transcript);
    }

    private ImplementationSession open(Play play, Map<String, URI> urls) {
        return switch (play.company()) {
            case SHARED -> implementation.open(urls);
            case ALONE -> implementation.openAlone(urls);
        };
    }

    /** Nothing when a check has failed: the script may not have come as far as to the server that was not visited. */
    private static List<Check> reach(Play play, JournalReading journal, List<Check> made, CheckRecorder wire) {
        boolean failed = made.stream().anyMatch(check -> !check.met() && check.strength() == Strength.CASE);
        if (failed || play.served().isEmpty()) {
            return List.of();
        }
        Set<String> spared = new HashSet<>(play.testCase().unreached());
        spared.addAll(wire.unvisited());
        return Reach.checks(play.served().get().spec(), journal, spared, System.nanoTime() - play.epoch());
    }

    private static Doubts.Pace pace(TestCase testCase, CheckRecorder script, CheckRecorder wire) {
        boolean clock = testCase.weight() == TestCase.Weight.WAITING
                || script.pace() == Doubts.Pace.CLOCK
                || wire.pace() == Doubts.Pace.CLOCK;
        return clock ? Doubts.Pace.CLOCK : Doubts.Pace.EVENTS;
    }

    private static void runWire(
            Play play, JournalReading journal, CheckRecorder recorder, Troubles troubles, Closings closings)
            throws InterruptedException {
        TestCase testCase = play.testCase();
        LuaSession lua = LuaHost.builder().output(_ -> {}).build().open();
        try (Closings.Closing _ = closings.of("the session of the wire checks", lua)) {
            Ending ending = LimitedThread.run(
                    "wire " + testCase.id(),
                    lua,
                    play.file(),
                    WIRE_LIMIT,
                    () -> {
                        LuaFunction wire =
                                Declaration.of(lua, testCase).function("wire").orElseThrow();
                        Prelude.Witness w = Prelude.wire(lua, WireHost.table(testCase, recorder, journal));
                        callWire(lua, wire, w, play.file(), troubles);
                    },
                    () -> {});
            switch (ending) {
                case Ending.Finished() -> {}
                case Ending.Overtime(String where) -> troubles.add("the wire checks did not end, at " + where);
                case Ending.Trouble(Throwable cause) -> troubles.add("the kit could not run the wire checks: " + cause);
            }
        }
    }

    /** An error in the wire's checks is the case's, not the client's. */
    private static void callWire(LuaSession lua, LuaFunction wire, Prelude.Witness w, String file, Troubles troubles) {
        try {
            lua.call(wire, w.object());
        } catch (LuaFailure failure) {
            boolean checked =
                    failure.kind() == LuaFailure.Kind.ERROR && failure.value().raweq(w.stopped());
            if (!checked && failure.kind() != LuaFailure.Kind.STOPPED) {
                troubles.add(
                        LuaPositions.in(file, failure) + ": the wire checks raised an error: " + failure.message());
            }
        }
    }
}
