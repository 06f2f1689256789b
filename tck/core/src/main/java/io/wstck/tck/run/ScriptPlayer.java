package io.wstck.tck.run;

import io.wstck.lua.LuaFailure;
import io.wstck.lua.LuaSession;
import io.wstck.lua.host.LuaHost;
import io.wstck.server.journal.Journal;
import io.wstck.tck.cases.CaseDeclaration;
import io.wstck.tck.cases.Prelude;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.AcceptedOutcome;
import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.HostedScriptRunner;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.implementation.ImplementationSession.ScriptEnd;
import io.wstck.tck.implementation.NotJudgedReason;
import io.wstck.tck.implementation.SafeText;
import io.wstck.tck.implementation.bounded.StartedCall;
import io.wstck.tck.implementation.calls.NotJudgedException;
import io.wstck.tck.judge.NamedCheck;
import io.wstck.tck.judge.Strength;
import io.wstck.tck.run.WitnessThreads.WitnessEnd;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import org.luaj.vm2.LuaFunction;

/**
 * Runs the script of one case, in this JVM or in the agent, and waits until its connections have settled. Not
 * thread-safe.
 */
final class ScriptPlayer {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final WitnessThreads threads;
    private final CaseContext context;
    private final ImplementationSession session;
    private final Description description;
    private final CheckRecorder recorder;
    private final KitErrors errors;
    private final ClientShutdown shutdown;

    ScriptPlayer(
            WitnessThreads threads,
            CaseContext context,
            ImplementationSession session,
            Description description,
            CheckRecorder recorder,
            KitErrors errors,
            ClientShutdown shutdown) {
        this.threads = threads;
        this.context = context;
        this.session = session;
        this.description = description;
        this.recorder = recorder;
        this.errors = errors;
        this.shutdown = shutdown;
    }

    /** The outcome of a script after its connections have settled. */
    record ScriptOutcome(Optional<Journal> journal, Optional<NotJudgedReason> hindrance, ScriptEnd end) {}

    /**
     * Whether an interrupt has reached the script. The script's thread writes. The fields are read after it has ended.
     */
    private static final class Interruption {
        private volatile boolean endedScript;
        /** The thread was interrupted, but nothing in the script waited, so the interrupt did not end it. */
        private volatile boolean unnoticed;
    }

    /** Runs the script. The connections settle before the session is closed, because closing is not judged. */
    ScriptOutcome play() throws InterruptedException {
        try (ScriptBindings host = new ScriptBindings(session, description, context.serverConfig())) {
            Optional<HostedScriptRunner> hosted = session.hostedScripts();
            return hosted.isPresent() ? playInAgent(hosted.get(), host) : playInJvm(host);
        }
    }

    private ScriptOutcome playInJvm(ScriptBindings scriptHost) throws InterruptedException {
        LuaHost host = LuaHost.builder()
                .module(session.websocket())
                .module(WatchedTimeModule.of(recorder::setClockBound))
                .output(_ -> {})
                .build();
        LuaSession lua = host.open();
        try (ResourceCloser.PendingClose _ = shutdown.closeOf("the script's session", lua)) {
            ScriptEnd end = run(lua, scriptHost);
            if (end == ScriptEnd.OVERTIME && context.home() == Implementation.ClientLocation.THIS_JVM) {
                shutdown.noteBusyThreads();
            }
            return outcome(end);
        }
    }

    private ScriptEnd run(LuaSession lua, ScriptBindings scriptHost) throws InterruptedException {
        TestCase testCase = context.testCase();
        long startNanos = System.nanoTime();
        Interruption interruption = new Interruption();
        WitnessEnd ending = threads.run(
                lua,
                context.file(),
                testCase.limit(),
                () -> {
                    LuaFunction client =
                            CaseDeclaration.of(lua, testCase).function("client").orElseThrow();
                    call(
                            lua,
                            client,
                            Prelude.script(lua, scriptHost.table(testCase, lua, recorder, nonce())),
                            interruption);
                    interruption.unnoticed = Thread.interrupted();
                },
                shutdown::beginSessionClose);
        switch (ending) {
            case WitnessEnd.Finished() -> {
                if ((interruption.endedScript || interruption.unnoticed)
                        && session.notJudgedReason(ScriptEnd.ENDED).isEmpty()) {
                    recordInterrupt(interruption);
                }
            }
            case WitnessEnd.Overtime(String where, Optional<StartedCall<?>> unendedCall) -> {
                return recordTimeLimit(
                        where, startNanos, context.activity().idleTimeAt(limitNanos(startNanos)), unendedCall);
            }
            case WitnessEnd.ThrownError(Throwable cause) -> recordError(cause);
        }
        return ScriptEnd.ENDED;
    }

    /**
     * Records an interrupt as the finding. Only the client can have interrupted the thread, since the kit did not stop
     * the script.
     */
    private void recordInterrupt(Interruption interruption) {
        recorder.addFailed(
                NamedCheck.INTERRUPT,
                "a client that leaves the thread of its caller as it is",
                "the thread was interrupted while the script ran"
                        + (interruption.endedScript ? ", which ended the script" : ""),
                "");
    }

    private void recordError(Throwable cause) {
        if (ClientErrorCheck.isClient(cause)) {
            recorder.addFailed(
                    Strength.ANY_LEVEL,
                    NamedCheck.ERROR,
                    "a client that raises no error of the JVM",
                    SafeText.of(cause) + " at " + cause.getStackTrace()[0],
                    "");
        } else {
            errors.add("the kit could not run the script: " + SafeText.of(cause));
        }
    }

    private long limitNanos(long startNanos) {
        return startNanos + context.testCase().limit().toNanos();
    }

    /**
     * Records that the script has reached its limit.
     *
     * @param idle time without activity of the script before the limit
     */
    private ScriptEnd recordTimeLimit(
            String where, long startNanos, Duration idle, Optional<StartedCall<?>> unendedCall) {
        long limit = context.testCase().limit().toMillis();
        String hangingCall = unendedCall
                .map(shutdown::abandon)
                .map(call -> ", in a call that does not return: " + call)
                .orElse("");
        Duration stall = stallWhileActive(startNanos, idle);
        if (stall.compareTo(StallLog.SLOW_MACHINE) > 0) {
            errors.add("the script still went on after " + limit + " ms, and this machine woke up to "
                    + stall.toMillis() + " ms late meanwhile");
        } else {
            recorder.addFailed(
                    context.testCase().overtime() == TestCase.Overtime.SHOULD ? Strength.SHOULD : Strength.CASE,
                    NamedCheck.TIME_LIMIT,
                    "a script that ends within " + limit + " ms",
                    "it was still running" + hangingCall,
                    where);
        }
        return ScriptEnd.OVERTIME;
    }

    /** Zero if the script was idle for half its limit or longer: a slow machine cannot explain that. */
    private Duration stallWhileActive(long startNanos, Duration idle) {
        return wasIdle(idle) ? Duration.ZERO : context.stallLog().worstStall(startNanos, limitNanos(startNanos));
    }

    private boolean wasIdle(Duration idle) {
        return idle.compareTo(context.testCase().limit().dividedBy(2)) >= 0;
    }

    private void call(LuaSession lua, LuaFunction function, Prelude.CheckObject witness, Interruption interruption) {
        try {
            lua.call(function, witness.object());
        } catch (LuaFailure failure) {
            if (failure.kind() == LuaFailure.Kind.STOPPED) {
                interruption.endedScript = true;
            } else if (!CheckRecorder.endedByCheck(failure, witness)) {
                recorder.addFailed(
                        NamedCheck.ERROR,
                        "a script that ends without an error",
                        failure.message(),
                        LuaPositionFinder.in(context.file(), failure));
            }
        }
    }

    private ScriptOutcome playInAgent(HostedScriptRunner scripts, ScriptBindings scriptHost)
            throws InterruptedException {
        TestCase testCase = context.testCase();
        long startNanos = System.nanoTime() - context.epoch();
        HostedScriptRunner.Script script = new HostedScriptRunner.Script(
                context.file(),
                testCase.id(),
                testCase.file().source(),
                Prelude.sources(),
                nonce(),
                testCase.clause().accepts().stream()
                        .collect(Collectors.toMap(AcceptedOutcome::id, AcceptedOutcome::outcome)),
                scriptHost.refusedUrl(),
                testCase.limit());
        try {
            Optional<HostedScriptRunner.ScriptResult> report = scripts.play(script);
            report.ifPresent(what -> recorder.addReport(what, startNanos));
            ScriptEnd end = report.map(HostedScriptRunner.ScriptResult::end).orElse(ScriptEnd.OVERTIME);
            return switch (end) {
                case ENDED -> outcome(end);
                case OVERTIME -> hostedOvertime(context.epoch() + startNanos);
            };
        } catch (NotJudgedException e) {
            return new ScriptOutcome(
                    JournalSettler.await(context, errors), Optional.of(e.notJudgedReason()), ScriptEnd.ENDED);
        }
    }

    /**
     * Handles the time limit of a script that the agent runs. Only traffic on the wire shows whether such a script
     * makes progress. An agent with a single thread may also stop answering. Without traffic the call hangs in the
     * client.
     */
    private ScriptOutcome hostedOvertime(long startNanos) throws InterruptedException {
        Duration silence = WireActivity.silence(context, startNanos, limitNanos(startNanos));
        ScriptEnd end = recordTimeLimit("", startNanos, silence, Optional.empty());
        ScriptOutcome outcome = outcome(end);
        boolean unresponsive = outcome.hindrance()
                .filter(what -> what instanceof NotJudgedReason.LostProgram lost
                        && lost.kind() == NotJudgedReason.LossKind.HUNG)
                .isPresent();
        return unresponsive && wasIdle(silence)
                ? new ScriptOutcome(
                        outcome.journal(),
                        Optional.of(
                                new NotJudgedReason.HangingCall(
                                        "time was over in `script`, after " + silence.toMillis()
                                                + " ms without a connection or data on the wire; `noop` was not answered either")),
                        end)
                : outcome;
    }

    private ScriptOutcome outcome(ScriptEnd end) throws InterruptedException {
        // Looks for a hanging call before the connections settle, since that may end the call.
        Optional<NotJudgedReason> hindrance =
                end == ScriptEnd.OVERTIME ? session.notJudgedReason(end) : Optional.empty();
        Optional<Journal> journal = JournalSettler.await(context, errors);
        return new ScriptOutcome(journal, hindrance.or(() -> session.notJudgedReason(ScriptEnd.ENDED)), end);
    }

    private static String nonce() {
        byte[] bytes = new byte[6];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
