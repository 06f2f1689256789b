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
import io.wstck.tck.implementation.Hindrance;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.judge.Evidence;
import io.wstck.tck.judge.JournalReading;
import io.wstck.tck.judge.Trouble;
import io.wstck.tck.judge.Witness;
import io.wstck.tck.run.WitnessThreads.Ending;
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

/** Plays one case once and brings the evidence. Thread-safe; closed by whoever plays the cases. */
final class CasePlayer implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Implementation implementation;
    private final ReferenceServer server;
    private final WitnessThreads threads = new WitnessThreads();

    CasePlayer(Implementation implementation, ReferenceServer server) {
        this.implementation = implementation;
        this.server = server;
    }

    /**
     * What playing a case once has brought.
     *
     * @param hindrance what came between the script and the client, in which case the evidence may be about that
     * @param left what it was judged by
     */
    record Played(
            Evidence evidence,
            Optional<Hindrance> hindrance,
            List<String> transcript,
            List<Moment> sequence,
            CaseRecord left) {}

    /** Where a case is played. */
    enum Company {
        /** In the program that the client lives in anyway, beside other cases. */
        SHARED,
        /** Alone in the program that the client lives in. */
        ALONE
    }

    /** What is played. */
    private record Play(TestCase testCase, Optional<Served> served, Company company, Lateness lateness, long epoch) {
        String file() {
            return testCase.file().path();
        }
    }

    /** The servers of a case. */
    private record Served(SessionSpec spec, ServerSession session) {}

    Played play(TestCase testCase, Company company, Lateness lateness) throws InterruptedException {
        // As near as can be to the time that the journal counts from, which is when its session is opened.
        long epoch = System.nanoTime();
        if (testCase.servers().isEmpty()) {
            return play(new Play(testCase, Optional.empty(), company, lateness, epoch));
        }
        SessionSpec spec = spec(testCase, testCase.servers().get());
        try (ServerSession session = server.open(spec)) {
            return play(new Play(testCase, Optional.of(new Served(spec, session)), company, lateness, epoch));
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
        Map<String, URI> urls =
                play.served().map(served -> served.session().urls()).orElse(Map.of());
        Seen seen;
        ImplementationSession under = open(play, urls);
        try (Closings.Closing _ = closings.of("the client's session", under)) {
            seen = runScript(play, under, script, troubles, closings);
        }
        JournalReading journal = seen.journal();
        journal.trouble(System.nanoTime() - play.epoch()).ifPresent(troubles::add);
        NotedLateness lateness = new NotedLateness(play.lateness(), play.epoch());
        ScriptRecord said = ScriptRecord.of(script);
        Optional<Trouble> trouble = troubles.earliest();
        long[] ended = new long[1];
        Evidence evidence = new Assessor(threads)
                .assess(
                        new Assessor.Left(play.testCase(), said, journal, troubles, play.epoch()),
                        lateness,
                        () -> ended[0] = System.nanoTime() - play.epoch(),
                        closings);
        List<String> transcript = new ArrayList<>(Transcript.of(journal, evidence.checks()));
        closings.notes().forEach(note -> transcript.add("     kit       " + note));
        return new Played(
                evidence,
                seen.hindrance(),
                transcript,
                Sequence.of(journal, evidence.checks(), closings.notes()),
                new CaseRecord(said, journal.json(), trouble, ended[0], lateness.noted()));
    }

    private ImplementationSession open(Play play, Map<String, URI> urls) {
        return switch (play.company()) {
            case SHARED -> implementation.open(urls);
            case ALONE -> implementation.openAlone(urls);
        };
    }

    /** What is known when the script has ended and the connections have settled. */
    private record Seen(JournalReading journal, Optional<Hindrance> hindrance) {}

    /** Runs the script, and lets the connections settle while all that it left open is still open: letting go is not judged. */
    private Seen runScript(
            Play play, ImplementationSession under, CheckRecorder recorder, Troubles troubles, Closings closings)
            throws InterruptedException {
        LuaHost host = LuaHost.builder()
                .module(under.websocket())
                .module(NoticedClock.of(recorder::goByTheClock))
                .output(_ -> {})
                .build();
        TestCase testCase = play.testCase();
        LuaSession lua = host.open();
        try (ScriptHost scriptHost = new ScriptHost(under);
                Closings.Closing _ = closings.of("the script's session", lua)) {
            Ending ending = threads.run(
                    lua,
                    play.file(),
                    testCase.limit(),
                    () -> {
                        LuaFunction client =
                                Declaration.of(lua, testCase).function("client").orElseThrow();
                        Prelude.Witness t = Prelude.script(lua, scriptHost.table(testCase, lua, recorder, nonce()));
                        call(lua, client, t, play.file(), recorder);
                    },
                    under::close);
            ImplementationSession.ScriptEnd end = ImplementationSession.ScriptEnd.ENDED;
            switch (ending) {
                case Ending.Finished() -> {}
                case Ending.Overtime(String where) -> {
                    end = ImplementationSession.ScriptEnd.OVERTIME;
                    recorder.failed(
                            "time limit",
                            "a script that ends within " + testCase.limit().toMillis() + " ms",
                            "it was still running",
                            where);
                }
                case Ending.Trouble(Throwable cause) -> troubles.add("the kit could not run the script: " + cause);
            }
            // A call that hangs is looked at before its connection settles, which may be what ends it.
            Optional<Hindrance> hindrance =
                    end == ImplementationSession.ScriptEnd.OVERTIME ? under.hindrance(end) : Optional.empty();
            JournalReading journal = settle(play, troubles);
            return new Seen(journal, hindrance.or(() -> under.hindrance(ImplementationSession.ScriptEnd.ENDED)));
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
    static String position(LuaFailure failure, String file) {
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

    private static JournalReading settle(Play play, Troubles troubles) throws InterruptedException {
        if (play.served().isEmpty()) {
            ObjectNode none = JsonNodeFactory.instance.objectNode();
            none.putArray("entries");
            return new JournalReading(none);
        }
        ServerSession session = play.served().get().session();
        Duration settling = Settling.of(play.served().get().spec());
        session.scriptEnded();
        if (!session.awaitSettled(settling)) {
            troubles.add("the connections did not settle within " + settling.toSeconds() + " s after the script");
        }
        return new JournalReading(session.journal().toUnhashedJson());
    }

    private static String nonce() {
        byte[] bytes = new byte[6];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public void close() {
        threads.close();
    }
}
