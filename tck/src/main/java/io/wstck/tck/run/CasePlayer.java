package io.wstck.tck.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.Evidence;
import io.wstck.tck.judge.JournalReading;
import io.wstck.tck.judge.Witness;
import io.wstck.tck.run.LimitedThread.Ending;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.luaj.vm2.LuaFunction;

/** Plays one case once and brings the evidence. Thread-safe. */
final class CasePlayer {
    /** How long the connections of a case may take to settle: a step that outlasts the script, the epilogue, and room. */
    private static final Duration SETTLING = Duration.ofSeconds(25);

    private static final Duration WIRE_LIMIT = Duration.ofSeconds(10);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Implementation implementation;
    private final ReferenceServer server;

    CasePlayer(Implementation implementation, ReferenceServer server) {
        this.implementation = implementation;
        this.server = server;
    }

    /** What playing a case once has brought. */
    record Played(Evidence evidence, List<String> transcript) {}

    Played play(TestCase testCase, Lateness lateness) throws InterruptedException {
        // As near as can be to the time that the journal counts from, which is when its session is opened.
        long epoch = System.nanoTime();
        if (testCase.servers().isEmpty()) {
            return playWith(testCase, Optional.empty(), lateness, epoch);
        }
        try (ServerSession session =
                server.open(SessionSpec.parse(testCase.servers().get()))) {
            return playWith(testCase, Optional.of(session), lateness, epoch);
        } catch (ScenarioSyntaxException e) {
            throw new IllegalStateException("the scenario of " + testCase.id() + " was valid when it was loaded", e);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the reference server cannot play " + testCase.id() + ": " + e.getMessage(), e);
        }
    }

    private Played playWith(TestCase testCase, Optional<ServerSession> session, Lateness lateness, long epoch)
            throws InterruptedException {
        List<String> trouble = new ArrayList<>();
        CheckRecorder script = new CheckRecorder(Witness.SCRIPT, epoch);
        Map<String, URI> urls = session.map(ServerSession::urls).orElse(Map.of());
        JournalReading journal;
        try (ImplementationSession under = implementation.open(urls)) {
            journal = runScript(testCase, under, session, script, trouble);
        }
        CheckRecorder wire = new CheckRecorder(Witness.WIRE, epoch);
        if (session.isPresent() && testCase.wireChecked()) {
            runWire(testCase, journal, wire, trouble);
        }
        journal.trouble().ifPresent(trouble::add);
        List<Check> made = new ArrayList<>(script.checks());
        made.addAll(wire.checks());
        made.addAll(journal.checks(testCase.tolerates()));
        List<Check> checks = new Doubts(lateness, epoch, System.nanoTime()).mark(made, pace(testCase, script, wire));
        List<String> observations = new ArrayList<>(script.observations());
        observations.addAll(wire.observations());
        List<String> outcomes = new ArrayList<>(script.outcomes());
        outcomes.addAll(wire.outcomes());
        Evidence evidence =
                new Evidence(checks, observations, outcomes, trouble.stream().findFirst());
        return new Played(evidence, Transcript.of(journal, checks));
    }

    private static Doubts.Pace pace(TestCase testCase, CheckRecorder script, CheckRecorder wire) {
        boolean clock = testCase.weight() == TestCase.Weight.WAITING
                || script.pace() == Doubts.Pace.CLOCK
                || wire.pace() == Doubts.Pace.CLOCK;
        return clock ? Doubts.Pace.CLOCK : Doubts.Pace.EVENTS;
    }

    /** Runs the script, and lets the connections settle while all that it left open is still open: letting go is not judged. */
    private static JournalReading runScript(
            TestCase testCase,
            ImplementationSession under,
            Optional<ServerSession> session,
            CheckRecorder recorder,
            List<String> trouble)
            throws InterruptedException {
        LuaHost host = LuaHost.builder()
                .module(under.websocket())
                .module(NoticedClock.of(recorder::goByTheClock))
                .output(_ -> {})
                .build();
        try (ScriptHost scriptHost = new ScriptHost(under);
                LuaSession lua = host.open()) {
            Ending ending = LimitedThread.run(
                    "script " + testCase.id(),
                    lua,
                    testCase.file().path(),
                    testCase.limit(),
                    () -> {
                        LuaFunction client =
                                Declaration.of(lua, testCase).function("client").orElseThrow();
                        Prelude.Witness t = Prelude.script(lua, scriptHost.table(testCase, recorder, nonce()));
                        call(lua, client, t, testCase.file().path(), recorder);
                    },
                    under::close);
            switch (ending) {
                case Ending.Finished() -> {}
                case Ending.Overtime(String where) ->
                    recorder.failed(
                            "time limit",
                            "a script that ends within " + testCase.limit().toMillis() + " ms",
                            "it was still running",
                            where);
                case Ending.Trouble(Throwable cause) -> trouble.add("the kit could not run the script: " + cause);
            }
            return settle(session, trouble);
        }
    }

    private static void call(
            LuaSession lua, LuaFunction function, Prelude.Witness witness, String file, CheckRecorder recorder) {
        try {
            lua.call(function, witness.object());
        } catch (LuaFailure failure) {
            boolean checked =
                    failure.kind() == LuaFailure.Kind.ERROR && failure.value().raweq(witness.stopped());
            if (!checked && failure.kind() != LuaFailure.Kind.STOPPED) {
                recorder.failed(
                        "error", "a script that ends without an error", failure.message(), position(failure, file));
            }
        }
    }

    /** Where the case itself was: an error may be raised below it, in the kit's own Lua. */
    private static String position(LuaFailure failure, String file) {
        if (failure.position().startsWith(file + ":")) {
            return failure.position();
        }
        return failure.traceback()
                .lines()
                .filter(line -> line.startsWith(file + ":"))
                .map(line -> line.substring(0, line.indexOf(": ")))
                .findFirst()
                .orElse(failure.position());
    }

    private static JournalReading settle(Optional<ServerSession> session, List<String> trouble)
            throws InterruptedException {
        if (session.isEmpty()) {
            ObjectNode none = JsonNodeFactory.instance.objectNode();
            none.putArray("entries");
            return new JournalReading(none);
        }
        session.get().scriptEnded();
        if (!session.get().awaitSettled(SETTLING)) {
            trouble.add("the connections did not settle within " + SETTLING.toSeconds() + " s after the script");
        }
        return new JournalReading(session.get().journal().toJson());
    }

    private static void runWire(TestCase testCase, JournalReading journal, CheckRecorder recorder, List<String> trouble)
            throws InterruptedException {
        try (LuaSession lua = LuaHost.builder().output(_ -> {}).build().open()) {
            LuaFunction wire = Declaration.of(lua, testCase).function("wire").orElseThrow();
            Ending ending = LimitedThread.run(
                    "wire " + testCase.id(),
                    lua,
                    testCase.file().path(),
                    WIRE_LIMIT,
                    () -> {
                        Prelude.Witness w = Prelude.wire(lua, WireHost.table(testCase, recorder, journal));
                        callWire(lua, wire, w, testCase.file().path(), recorder, trouble);
                    },
                    () -> {});
            switch (ending) {
                case Ending.Finished() -> {}
                case Ending.Overtime(String where) -> trouble.add("the wire checks did not end, at " + where);
                case Ending.Trouble(Throwable cause) -> trouble.add("the kit could not run the wire checks: " + cause);
            }
        }
    }

    /** An error in the wire's checks is the case's, not the client's; unless a failed check has said already what is wrong. */
    private static void callWire(
            LuaSession lua,
            LuaFunction wire,
            Prelude.Witness w,
            String file,
            CheckRecorder recorder,
            List<String> trouble) {
        try {
            lua.call(wire, w.object());
        } catch (LuaFailure failure) {
            boolean told = recorder.checks().stream().anyMatch(check -> !check.met());
            if (!told) {
                trouble.add(position(failure, file) + ": the wire checks raised an error: " + failure.message());
            }
        }
    }

    private static String nonce() {
        byte[] bytes = new byte[6];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
