package io.wstck.tck.run;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerSession;
import io.wstck.server.UnavailableListenerException;
import io.wstck.server.scenario.SessionSpec;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Level;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.implementation.ClientBehaviour.MessageCompression;
import io.wstck.tck.implementation.ClientCreationException;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.implementation.ImplementationSession.ScriptEnd;
import io.wstck.tck.implementation.NotJudgedReason;
import io.wstck.tck.implementation.bounded.StartedCall;
import io.wstck.tck.judge.Evidence;
import io.wstck.tck.judge.JudgedJournal;
import io.wstck.tck.judge.KitError;
import io.wstck.tck.judge.NamedCheck;
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

/** Plays one case once and returns its evidence. Thread-safe. The runner closes it. */
final class AttemptPlayer implements AutoCloseable {
    /** Time limit for opening the client's session, and again for closing it. The client's own timeouts take 2 s. */
    private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration NO_TIMEOUT = Duration.ofDays(365);

    private final Implementation implementation;
    private final ReferenceServer server;
    private final AbandonedCalls abandoned;
    private final Profile profile;
    private final WitnessThreads threads = new WitnessThreads();

    /**
     * Creates a player. It does not own its arguments.
     *
     * @param profile decides how binding the cases are
     */
    AttemptPlayer(Implementation implementation, ReferenceServer server, AbandonedCalls abandoned, Profile profile) {
        this.profile = profile;
        this.implementation = implementation;
        this.server = server;
        this.abandoned = abandoned;
    }

    /**
     * The outcome of playing a case once.
     *
     * @param level how binding the case is in the profile of the run
     * @param hindrance a problem between the script and the client; the evidence may then be about that problem
     * @param timedOut whether the first failure is a time limit
     * @param missedEvent whether the first failure is an event that did not come, in a case that waits for a clock
     * @param abandonedCall whether a call of the client was abandoned
     * @param caseRecord the records that the case was judged by
     */
    record CaseOutcome(
            Level level,
            Evidence evidence,
            Optional<NotJudgedReason> hindrance,
            ScriptEnd end,
            boolean timedOut,
            boolean missedEvent,
            boolean abandonedCall,
            List<String> transcript,
            List<TimelineEntry> timeline,
            CaseRecord caseRecord) {}

    /** Which process the client of a case runs in, and which other cases run meanwhile. */
    enum Isolation {
        /** The process of the other cases, which run at the same time. */
        SHARED_PROCESS,
        /** A process for this case alone, while other cases run in their processes. */
        OWN_PROCESS,
        /** No other case runs. The case has a process of its own where that is possible. */
        EXCLUSIVE
    }

    CaseOutcome play(TestCase testCase, Isolation isolation, StallLog stallLog, ScriptActivity activity)
            throws InterruptedException {
        if (testCase.servers().isEmpty()) {
            return play(new CaseContext(
                    testCase,
                    Optional.empty(),
                    isolation,
                    implementation.clientLocation(),
                    stallLog,
                    activity,
                    server.config(),
                    System.nanoTime()));
        }
        SessionSpec spec = testCase.servers().get().session();
        try (ServerSession session = server.open(spec)) {
            return play(new CaseContext(
                    testCase,
                    Optional.of(new CaseContext.RunningServers(spec, session)),
                    isolation,
                    implementation.clientLocation(),
                    stallLog,
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

    private CaseOutcome play(CaseContext context) throws InterruptedException {
        KitErrors errors = new KitErrors(context.epoch());
        ResourceCloser closer = new ResourceCloser(threads);
        CheckRecorder script = new CheckRecorder(Witness.SCRIPT, context.epoch(), context.activity()::update);
        ScriptPlayer.ScriptOutcome outcome = outcome(context, script, errors, closer);
        JudgedJournal journal = JudgedJournal.of(outcome.journal());
        journal.kitError(System.nanoTime() - context.epoch()).ifPresent(errors::add);
        RecordingStallLog stallLog = new RecordingStallLog(context.stallLog(), context.epoch());
        ScriptRecord scriptRecord = ScriptRecord.of(script);
        Optional<KitError> kitError = errors.earliest();
        long[] ended = new long[1];
        Evidence evidence = new EvidenceBuilder(threads)
                .build(
                        new EvidenceBuilder.Sources(
                                context.testCase(), scriptRecord, journal, errors, context.epoch(), compresses()),
                        stallLog,
                        () -> ended[0] = System.nanoTime() - context.epoch(),
                        closer);
        EntryDetails details =
                EntryDetails.of(journal, context.testCase().file().source());
        List<String> transcript = new ArrayList<>(Transcript.of(details, evidence.checks()));
        closer.notes().forEach(note -> transcript.add("     kit       " + note));
        return new CaseOutcome(
                context.testCase().levelIn(profile),
                evidence,
                outcome.hindrance(),
                outcome.end(),
                TimeoutFailureCheck.isFirstFailure(evidence, scriptRecord.timing()),
                TimeoutFailureCheck.isMissedEvent(evidence, scriptRecord.timingOf(context.testCase())),
                closer.hasAbandonedCall(),
                transcript,
                Timeline.of(details, evidence.checks(), closer.notes()),
                new CaseRecord(scriptRecord, outcome.journal(), kitError, ended[0], stallLog.recorded(), compresses()));
    }

    private MessageCompression compresses() {
        return implementation.description().behaviour().compresses();
    }

    private ScriptPlayer.ScriptOutcome outcome(
            CaseContext context, CheckRecorder script, KitErrors errors, ResourceCloser closer)
            throws InterruptedException {
        Optional<ImplementationSession> opened = open(context, script, errors, closer);
        if (opened.isEmpty()) {
            return new ScriptPlayer.ScriptOutcome(
                    JournalSettler.await(context, errors), Optional.empty(), ScriptEnd.ENDED);
        }
        ImplementationSession session = opened.get();
        ClientShutdown shutdown =
                new ClientShutdown(context, session, clientTimeout(), script, errors, abandoned, closer);
        ScriptPlayer.ScriptOutcome outcome;
        try (ResourceCloser.PendingClose _ = shutdown.sessionClose()) {
            outcome = new ScriptPlayer(
                            threads, context, session, implementation.description(), script, errors, shutdown)
                    .play();
        }
        List<Thread> abandonedThreads = List.copyOf(session.remainingThreads());
        abandonedThreads.forEach(
                thread -> abandoned.add("a call of " + context.testCase().id(), thread));
        if (!abandonedThreads.isEmpty()) {
            closer.noteAbandonedCall();
        }
        return outcome;
    }

    /** Opens the client's session. Returns empty and records a failed check if the client could not be made. */
    private Optional<ImplementationSession> open(
            CaseContext context, CheckRecorder script, KitErrors errors, ResourceCloser closer)
            throws InterruptedException {
        Map<String, URI> urls =
                context.servers().map(servers -> servers.session().urls()).orElse(Map.of());
        long startNanos = System.nanoTime();
        SessionOpener opening = new SessionOpener(() -> open(context, urls));
        StartedCall<ImplementationSession> call = threads.start(opening);
        try {
            if (call.awaitEnd(clientTimeout())) {
                return Optional.of(call.result());
            }
            giveUp(opening);
            closer.noteAbandonedCall();
            abandoned.add("making the client for " + context.testCase().id(), call);
            ClientShutdown.recordFailure(
                    context,
                    script,
                    errors,
                    startNanos,
                    clientTimeout(),
                    NamedCheck.CLIENT_MADE,
                    "a client that can be made",
                    "making it had not returned, " + ClientShutdown.describe(call));
            return Optional.empty();
        } catch (InterruptedException e) {
            giveUp(opening);
            throw e;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ClientCreationException refusal ->
                    script.addFailed(NamedCheck.CLIENT_MADE, "a client that can be made", refusal.getMessage(), "");
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                default -> throw new IllegalStateException("the session could not be opened: " + e.getCause(), e);
            }
            return Optional.empty();
        }
    }

    private void giveUp(SessionOpener opening) {
        opening.giveUp()
                .ifPresent(opened -> threads.start(() -> {
                    opened.close();
                    return null;
                }));
    }

    /** Opens a session. If the caller has given up by then, it closes the session at once. */
    private static final class SessionOpener implements Callable<ImplementationSession> {
        private final Supplier<ImplementationSession> open;

        /** Guards {@link #opened} and {@link #givenUp}. */
        private final ReentrantLock lock = new ReentrantLock();

        private Optional<ImplementationSession> opened = Optional.empty();
        private boolean givenUp;

        SessionOpener(Supplier<ImplementationSession> open) {
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

        /** Gives up waiting. Returns the session if it is open already. */
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

    /**
     * The time limit for opening or closing a session. A client in another program needs none, because the kit's own
     * code waits for its answers, with limits.
     */
    private Duration clientTimeout() {
        return switch (implementation.clientLocation()) {
            case THIS_JVM -> CLIENT_TIMEOUT;
            case OTHER_PROGRAM -> NO_TIMEOUT;
        };
    }

    private ImplementationSession open(CaseContext context, Map<String, URI> urls) {
        return switch (context.isolation()) {
            case SHARED_PROCESS -> implementation.open(urls);
            case OWN_PROCESS -> implementation.openInOwnProcess(urls);
            case EXCLUSIVE -> implementation.openInFreshProcess(urls);
        };
    }

    @Override
    public void close() {
        threads.close();
    }
}
