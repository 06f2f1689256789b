package io.wstck.tck.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerSession;
import io.wstck.server.scenario.ScenarioSyntaxException;
import io.wstck.server.scenario.SessionSpec;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.implementation.Hindrance;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.judge.Evidence;
import io.wstck.tck.judge.JournalReading;
import io.wstck.tck.judge.Trouble;
import io.wstck.tck.judge.Witness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plays one case once and brings the evidence. Thread-safe; closed by whoever plays the cases. */
final class CasePlayer implements AutoCloseable {

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
        /** In a program of its own, beside other cases in theirs. */
        ASIDE,
        /** In a program of its own if that can be, when all others are done. */
        ALONE
    }

    Played play(TestCase testCase, Company company, Lateness lateness, Activity activity) throws InterruptedException {
        // As near as can be to the time that the journal counts from, which is when its session is opened.
        long epoch = System.nanoTime();
        if (testCase.servers().isEmpty()) {
            return play(new Play(testCase, Optional.empty(), company, lateness, activity, server.config(), epoch));
        }
        SessionSpec spec = spec(testCase, testCase.servers().get());
        try (ServerSession session = server.open(spec)) {
            return play(new Play(
                    testCase,
                    Optional.of(new Play.Served(spec, session)),
                    company,
                    lateness,
                    activity,
                    server.config(),
                    epoch));
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
        CheckRecorder script = new CheckRecorder(Witness.SCRIPT, play.epoch(), play.activity()::seen);
        Map<String, URI> urls =
                play.served().map(served -> served.session().urls()).orElse(Map.of());
        ScriptPlayer.Seen seen;
        ImplementationSession under = open(play, urls);
        try (Closings.Closing _ = closings.of("the client's session", under)) {
            seen = new ScriptPlayer(threads, play, under, implementation.description(), script, troubles, closings)
                    .play();
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
            case ASIDE, ALONE -> implementation.openAlone(urls);
        };
    }

    @Override
    public void close() {
        threads.close();
    }
}
