package io.wstck.tck.run;

import io.wstck.lua.LuaFailure;
import io.wstck.lua.LuaHost;
import io.wstck.lua.LuaSession;
import io.wstck.tck.cases.Declaration;
import io.wstck.tck.cases.Prelude;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Accepted;
import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.Hindrance;
import io.wstck.tck.implementation.HostedScripts;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.implementation.ImplementationSession.ScriptEnd;
import io.wstck.tck.implementation.SafeText;
import io.wstck.tck.implementation.bounded.StartedCall;
import io.wstck.tck.implementation.calls.HinderedException;
import io.wstck.tck.judge.JournalReading;
import io.wstck.tck.judge.Strength;
import io.wstck.tck.run.WitnessThreads.Ending;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import org.luaj.vm2.LuaFunction;

/** Runs the script of one case, here or where the implementation lives, until its connections have settled. For one thread. */
final class ScriptPlayer {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final WitnessThreads threads;
    private final Play play;
    private final ImplementationSession under;
    private final Description description;
    private final CheckRecorder recorder;
    private final Troubles troubles;
    private final ClientEndings endings;

    ScriptPlayer(
            WitnessThreads threads,
            Play play,
            ImplementationSession under,
            Description description,
            CheckRecorder recorder,
            Troubles troubles,
            ClientEndings endings) {
        this.threads = threads;
        this.play = play;
        this.under = under;
        this.description = description;
        this.recorder = recorder;
        this.troubles = troubles;
        this.endings = endings;
    }

    /** What is known when the script has ended and the connections have settled. */
    record Seen(JournalReading journal, Optional<Hindrance> hindrance, ScriptEnd end) {}

    /** How the script was cut short, other than by its limit. Written by its thread, read when that has ended. */
    private static final class Cut {
        private volatile boolean stopped;
        /** It was not: nothing in the script waited while its thread was interrupted. */
        private volatile boolean unnoticed;
    }

    /** Runs it, and lets the connections settle while all that it left open is still open: letting go is not judged. */
    Seen play() throws InterruptedException {
        try (ScriptHost host = new ScriptHost(under, description, play.machine())) {
            Optional<HostedScripts> hosted = under.hostedScripts();
            return hosted.isPresent() ? playThere(hosted.get(), host) : playHere(host);
        }
    }

    private Seen playHere(ScriptHost scriptHost) throws InterruptedException {
        LuaHost host = LuaHost.builder()
                .module(under.websocket())
                .module(NoticedClock.of(recorder::goByTheClock))
                .output(_ -> {})
                .build();
        LuaSession lua = host.open();
        try (Closings.Closing _ = endings.closing("the script's session", lua)) {
            ScriptEnd end = run(lua, scriptHost);
            if (end == ScriptEnd.OVERTIME && play.home() == Implementation.Home.THIS_JVM) {
                endings.noteBusyThreads();
            }
            return seen(end);
        }
    }

    private ScriptEnd run(LuaSession lua, ScriptHost scriptHost) throws InterruptedException {
        TestCase testCase = play.testCase();
        long begun = System.nanoTime();
        Cut cut = new Cut();
        Ending ending = threads.run(
                lua,
                play.file(),
                testCase.limit(),
                () -> {
                    LuaFunction client =
                            Declaration.of(lua, testCase).function("client").orElseThrow();
                    call(lua, client, Prelude.script(lua, scriptHost.table(testCase, lua, recorder, nonce())), cut);
                    cut.unnoticed = Thread.interrupted();
                },
                endings::begin);
        switch (ending) {
            case Ending.Finished() -> {
                if ((cut.stopped || cut.unnoticed)
                        && under.hindrance(ScriptEnd.ENDED).isEmpty()) {
                    interrupted(cut);
                }
            }
            case Ending.Overtime(String where, Optional<StartedCall<?>> left) -> {
                return overtime(where, begun, play.activity().idleAt(over(begun)), left);
            }
            case Ending.Trouble(Throwable cause) -> failed(cause);
        }
        return ScriptEnd.ENDED;
    }

    /** Nobody but the client can have interrupted the thread, since the kit has not stopped the script. */
    private void interrupted(Cut cut) {
        recorder.failed(
                "interrupt",
                "a client that leaves the thread of its caller as it is",
                "the thread was interrupted while the script ran" + (cut.stopped ? ", which ended the script" : ""),
                "");
    }

    private void failed(Throwable cause) {
        if (ClientErrors.isClients(cause)) {
            recorder.failed(
                    Strength.ANY_LEVEL,
                    "error",
                    "a client that raises no error of the JVM",
                    SafeText.of(cause) + " at " + cause.getStackTrace()[0],
                    "");
        } else {
            troubles.add("the kit could not run the script: " + SafeText.of(cause));
        }
    }

    private long over(long begun) {
        return begun + play.testCase().limit().toNanos();
    }

    /**
     * Records that the script has reached its limit.
     *
     * @param idle for how long nothing had been seen of it then
     */
    private ScriptEnd overtime(String where, long begun, Duration idle, Optional<StartedCall<?>> left) {
        long limit = play.testCase().limit().toMillis();
        String stuck = left.map(endings::abandon)
                .map(call -> ", in a call that does not return: " + call)
                .orElse("");
        Duration late = lateWhileItWentOn(begun, idle);
        if (late.compareTo(Lateness.SLOWING) > 0) {
            troubles.add("the script still went on after " + limit + " ms, and this machine woke up to "
                    + late.toMillis() + " ms late meanwhile");
        } else {
            recorder.failed(
                    play.testCase().overtime() == TestCase.Overtime.SHOULD ? Strength.SHOULD : Strength.CASE,
                    DecidedChecks.TIME_LIMIT,
                    "a script that ends within " + limit + " ms",
                    "it was still running" + stuck,
                    where);
        }
        return ScriptEnd.OVERTIME;
    }

    /** Nothing for a script that had stood still for half of its limit when that was over: that much no machine is late. */
    private Duration lateWhileItWentOn(long begun, Duration idle) {
        return stoodStill(idle) ? Duration.ZERO : play.lateness().worst(begun, over(begun));
    }

    private boolean stoodStill(Duration idle) {
        return idle.compareTo(play.testCase().limit().dividedBy(2)) >= 0;
    }

    private void call(LuaSession lua, LuaFunction function, Prelude.Witness witness, Cut cut) {
        try {
            lua.call(function, witness.object());
        } catch (LuaFailure failure) {
            boolean checked =
                    failure.kind() == LuaFailure.Kind.ERROR && failure.value().raweq(witness.stopped());
            if (failure.kind() == LuaFailure.Kind.STOPPED) {
                cut.stopped = true;
            } else if (!checked) {
                recorder.failed(
                        "error",
                        "a script that ends without an error",
                        failure.message(),
                        LuaPositions.in(play.file(), failure));
            }
        }
    }

    private Seen playThere(HostedScripts scripts, ScriptHost scriptHost) throws InterruptedException {
        TestCase testCase = play.testCase();
        long begun = System.nanoTime() - play.epoch();
        HostedScripts.Script script = new HostedScripts.Script(
                play.file(),
                testCase.id(),
                testCase.file().source(),
                Prelude.sources(),
                nonce(),
                testCase.clause().accepts().stream().collect(Collectors.toMap(Accepted::id, Accepted::outcome)),
                scriptHost.refusedUrl(),
                testCase.limit());
        try {
            Optional<HostedScripts.Report> report = scripts.play(script);
            report.ifPresent(what -> recorder.take(what, begun));
            ScriptEnd end = report.map(HostedScripts.Report::end).orElse(ScriptEnd.OVERTIME);
            return switch (end) {
                case ENDED -> seen(end);
                case OVERTIME -> hostedOvertime(play.epoch() + begun);
            };
        } catch (HinderedException e) {
            return new Seen(Settling.journal(play, troubles), Optional.of(e.hindrance()), ScriptEnd.ENDED);
        }
    }

    /**
     * Where the agent runs the script, the wire alone tells whether it goes on. An agent that also stops to answer, as one does that has a
     * single thread for both, hangs in the client's code if nothing was on the wire.
     */
    private Seen hostedOvertime(long begun) throws InterruptedException {
        Duration silence = WireActivity.silence(play, begun, over(begun));
        ScriptEnd end = overtime("", begun, silence, Optional.empty());
        Seen seen = seen(end);
        boolean hung = seen.hindrance()
                .filter(what -> what instanceof Hindrance.Lost lost && lost.how() == Hindrance.How.HUNG)
                .isPresent();
        return hung && stoodStill(silence)
                ? new Seen(
                        seen.journal(),
                        Optional.of(new Hindrance.Hangs("time was over in `script`, after " + silence.toMillis()
                                + " ms without a connection or data on the wire; `noop` was not answered either")),
                        end)
                : seen;
    }

    private Seen seen(ScriptEnd end) throws InterruptedException {
        // A call that hangs is looked at before its connection settles, which may be what ends it.
        Optional<Hindrance> hindrance = end == ScriptEnd.OVERTIME ? under.hindrance(end) : Optional.empty();
        JournalReading journal = Settling.journal(play, troubles);
        return new Seen(journal, hindrance.or(() -> under.hindrance(ScriptEnd.ENDED)), end);
    }

    private static String nonce() {
        byte[] bytes = new byte[6];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
