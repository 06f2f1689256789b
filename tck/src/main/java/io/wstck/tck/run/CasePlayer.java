package io.wstck.tck.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerSession;
import io.wstck.server.UnavailableListenerException;
import io.wstck.server.scenario.ScenarioSyntaxException;
import io.wstck.server.scenario.SessionSpec;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Level;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.implementation.ClientBehaviour.Compresses;
import io.wstck.tck.implementation.ClientNotMadeException;
import io.wstck.tck.implementation.Hindrance;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.implementation.ImplementationSession.ScriptEnd;
import io.wstck.tck.implementation.bounded.StartedCall;
import io.wstck.tck.judge.Evidence;
import io.wstck.tck.judge.JournalReading;
import io.wstck.tck.judge.Trouble;
import io.wstck.tck.judge.Witness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Plays one case once and brings the evidence. Thread-safe; closed by whoever plays the cases. */
final class CasePlayer implements AutoCloseable {
    /** How long a client may take to be made for a case, and as long to let go of it: its own timeouts take 2 s. */
    private static final Duration CLIENT = Duration.ofSeconds(10);

    private static final Duration UNBOUNDED = Duration.ofDays(365);

    private final Implementation implementation;
    private final ReferenceServer server;
    private final AbandonedCalls abandoned;
    private final Profile profile;
    private final WitnessThreads threads = new WitnessThreads();

    /**
     * A player; it owns nothing that it is given.
     *
     * @param profile says how binding the cases are
     */
    CasePlayer(Implementation implementation, ReferenceServer server, AbandonedCalls abandoned, Profile profile) {
        this.profile = profile;
        this.implementation = implementation;
        this.server = server;
        this.abandoned = abandoned;
    }

    /**
     * What playing a case once has brought.
     *
     * @param level how binding the case is in the profile of the run
     * @param hindrance what came between the script and the client, in which case the evidence may be about that
     * @param late whether a time limit is what failed first
     * @param gaveUp whether a call of the client was given up
     * @param left what it was judged by
     */
    record Played(
            Level level,
            Evidence evidence,
            Optional<Hindrance> hindrance,
            ScriptEnd end,
            boolean late,
            boolean gaveUp,
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
        if (testCase.servers().isEmpty()) {
            return play(new Play(
                    testCase,
                    Optional.empty(),
                    company,
                    implementation.home(),
                    lateness,
                    activity,
                    server.config(),
                    System.nanoTime()));
        }
        SessionSpec spec = spec(testCase, testCase.servers().get());
        try (ServerSession session = server.open(spec)) {
            return play(new Play(
                    testCase,
                    Optional.of(new Play.Served(spec, session)),
                    company,
                    implementation.home(),
                    lateness,
                    activity,
                    server.config(),
                    session.opened()));
        } catch (UnavailableListenerException e) {
            throw new UnplayableException("not on this machine: " + e.getMessage(), e);
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
        Closings closings = new Closings(threads);
        CheckRecorder script = new CheckRecorder(Witness.SCRIPT, play.epoch(), play.activity()::seen);
        ScriptPlayer.Seen seen = seen(play, script, troubles, closings);
        JournalReading journal = seen.journal();
        journal.trouble(System.nanoTime() - play.epoch()).ifPresent(troubles::add);
        NotedLateness lateness = new NotedLateness(play.lateness(), play.epoch());
        ScriptRecord said = ScriptRecord.of(script);
        Optional<Trouble> trouble = troubles.earliest();
        long[] ended = new long[1];
        Evidence evidence = new Assessor(threads)
                .assess(
                        new Assessor.Left(play.testCase(), said, journal, troubles, play.epoch(), compresses()),
                        lateness,
                        () -> ended[0] = System.nanoTime() - play.epoch(),
                        closings);
        EntryDetails details = EntryDetails.of(journal, play.testCase().file().source());
        List<String> transcript = new ArrayList<>(Transcript.of(details, evidence.checks()));
        closings.notes().forEach(note -> transcript.add("     kit       " + note));
        return new Played(
                play.testCase().levelIn(profile),
                evidence,
                seen.hindrance(),
                seen.end(),
                TimeFindings.decide(evidence, journal, said.pace()),
                closings.gaveUp(),
                transcript,
                Sequence.of(details, evidence.checks(), closings.notes()),
                new CaseRecord(said, journal.json(), trouble, ended[0], lateness.noted(), compresses()));
    }

    private Compresses compresses() {
        return implementation.description().behaviour().compresses();
    }

    private ScriptPlayer.Seen seen(Play play, CheckRecorder script, Troubles troubles, Closings closings)
            throws InterruptedException {
        Optional<ImplementationSession> opened = open(play, script, troubles, closings);
        if (opened.isEmpty()) {
            return new ScriptPlayer.Seen(Settling.journal(play, troubles), Optional.empty(), ScriptEnd.ENDED);
        }
        ImplementationSession under = opened.get();
        ClientEndings endings = new ClientEndings(play, under, patience(), script, troubles, abandoned, closings);
        ScriptPlayer.Seen seen;
        try (Closings.Closing _ = endings.session()) {
            seen = new ScriptPlayer(threads, play, under, implementation.description(), script, troubles, endings)
                    .play();
        }
        List<Thread> calling = List.copyOf(under.left());
        calling.forEach(thread -> abandoned.add("a call of " + play.testCase().id(), thread));
        if (!calling.isEmpty()) {
            closings.noteGivenUp();
        }
        return seen;
    }

    /** Empty when the client could not be made, which is a failed check by then. */
    private Optional<ImplementationSession> open(Play play, CheckRecorder script, Troubles troubles, Closings closings)
            throws InterruptedException {
        Map<String, URI> urls =
                play.served().map(served -> served.session().urls()).orElse(Map.of());
        long begun = System.nanoTime();
        Opening opening = new Opening(() -> open(play, urls));
        StartedCall<ImplementationSession> call = threads.start(opening);
        try {
            if (call.awaitEnd(patience())) {
                return Optional.of(call.result());
            }
            giveUp(opening);
            closings.noteGivenUp();
            abandoned.add("making the client for " + play.testCase().id(), call);
            ClientEndings.fail(
                    play,
                    script,
                    troubles,
                    begun,
                    patience(),
                    DecidedChecks.MADE,
                    "a client that can be made",
                    "making it had not returned, " + ClientEndings.describe(call));
            return Optional.empty();
        } catch (InterruptedException e) {
            giveUp(opening);
            throw e;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ClientNotMadeException refusal ->
                    script.failed(DecidedChecks.MADE, "a client that can be made", refusal.getMessage(), "");
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                default -> throw new IllegalStateException("the session could not be opened: " + e.getCause(), e);
            }
            return Optional.empty();
        }
    }

    private void giveUp(Opening opening) {
        opening.giveUp()
                .ifPresent(late -> threads.start(() -> {
                    late.close();
                    return null;
                }));
    }

    /** Opens a session; one that comes when nobody waits for it any more is closed at once. */
    private static final class Opening implements Callable<ImplementationSession> {
        private final Supplier<ImplementationSession> open;

        /** Guards what follows. */
        private final ReentrantLock lock = new ReentrantLock();

        private Optional<ImplementationSession> opened = Optional.empty();
        private boolean givenUp;

        Opening(Supplier<ImplementationSession> open) {
            this.open = open;
        }

        @Override
        public ImplementationSession call() {
            ImplementationSession session = open.get();
            lock.lock();
            try {
                opened = Optional.of(session);
                if (!givenUp) {
                    return session;
                }
            } finally {
                lock.unlock();
            }
            session.close();
            return session;
        }

        /** Nobody waits any more; returns the session if it has come all the same. */
        Optional<ImplementationSession> giveUp() {
            lock.lock();
            try {
                givenUp = true;
                return opened;
            } finally {
                lock.unlock();
            }
        }
    }

    /** A client in another program needs no bound here: the kit's own code waits for its answers, and has limits. */
    private Duration patience() {
        return switch (implementation.home()) {
            case THIS_JVM -> CLIENT;
            case OTHER_PROGRAM -> UNBOUNDED;
        };
    }

    private ImplementationSession open(Play play, Map<String, URI> urls) {
        return switch (play.company()) {
            case SHARED -> implementation.open(urls);
            case ASIDE -> implementation.openAside(urls);
            case ALONE -> implementation.openAlone(urls);
        };
    }

    @Override
    public void close() {
        threads.close();
    }
}
