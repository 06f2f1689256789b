package io.wstck.tck.run;

import io.wstck.lua.LuaFailure;
import io.wstck.lua.LuaFunctions;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaStrings;
import io.wstck.tck.cases.Prelude;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.AcceptedOutcome;
import io.wstck.tck.implementation.HostedScriptRunner;
import io.wstck.tck.implementation.ImplementationSession.ScriptEnd;
import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.CheckKind;
import io.wstck.tck.judge.MeasuredTime;
import io.wstck.tck.judge.NamedCheck;
import io.wstck.tck.judge.Strength;
import io.wstck.tck.judge.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Records what one witness reports through the Lua side of the checks. The script's thread writes. Other threads may
 * read at any time, because an abandoned script may still be running.
 */
final class CheckRecorder {
    private final Witness witness;
    private final long epoch;
    private final Runnable onReport;

    /** Guards the four lists and {@link #timing}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final List<Check> checks = new ArrayList<>();
    private final List<String> observations = new ArrayList<>();
    private final List<String> outcomes = new ArrayList<>();
    private final List<String> unconnectedServers = new ArrayList<>();
    private TimingKind timing = TimingKind.EVENTS;

    /**
     * Creates an empty recorder.
     *
     * @param epoch the {@link System#nanoTime} that times count from
     * @param onReport called with each report of the witness, on any thread
     */
    CheckRecorder(Witness witness, long epoch, Runnable onReport) {
        this.witness = witness;
        this.epoch = epoch;
        this.onReport = onReport;
    }

    /** Adds the functions that the checks call to the host table of the prelude. */
    void install(LuaTable host, TestCase testCase, LuaSession lua) {
        LuaFunctions.put(host, "record", this::record);
        LuaFunctions.put(host, "observe", arguments -> note(observations, text(arguments, 1)));
        LuaFunctions.put(host, "outcome", arguments -> note(outcomes, text(arguments, 2)));
        LuaFunctions.put(host, "unvisited", arguments -> note(unconnectedServers, text(arguments, 1)));
        LuaFunctions.put(host, "position", _ -> LuaStrings.of(lua.where(chunk -> !Prelude.isPreludeChunk(chunk))));
        LuaTable accepts = new LuaTable();
        for (AcceptedOutcome accepted : testCase.clause().accepts()) {
            accepts.rawset(LuaStrings.of(accepted.id()), LuaStrings.of(accepted.outcome()));
        }
        host.rawset(LuaStrings.of("accepts"), accepts);
    }

    /** Returns whether a script or the wire checks ended because of an unmet check, which is already recorded. */
    static boolean endedByCheck(LuaFailure failure, Prelude.CheckObject witness) {
        return failure.kind() == LuaFailure.Kind.ERROR && failure.value().raweq(witness.stopValue());
    }

    /** Adds a failed check that the kit itself makes, with the strength of the case. */
    void addFailed(NamedCheck kind, String expected, String actual, String position) {
        addFailed(Strength.CASE, kind, expected, actual, position);
    }

    /** Adds a failed check that the kit itself makes. */
    void addFailed(Strength strength, NamedCheck kind, String expected, String actual, String position) {
        add(new Check(witness, strength, Check.Outcome.FAILED, kind, expected, actual, position, now()));
    }

    /**
     * Adds the report of a script that ran in an agent.
     *
     * @param begun start of the script, in nanoseconds since the epoch
     */
    void addReport(HostedScriptRunner.ScriptResult report, long begun) {
        report.checks().forEach(check -> add(check.at(begun + check.nanos())));
        report.observations().forEach(text -> note(observations, text));
        report.outcomes().forEach(text -> note(outcomes, text));
        if (report.clock() == HostedScriptRunner.ClockUse.USED
                || report.checks().stream().anyMatch(check -> check.measured().isPresent())) {
            setClockBound();
        }
        // An agent may end a script after its limit by raising an error. That error is not the script's.
        report.error()
                .filter(_ -> report.end() == ScriptEnd.ENDED)
                .ifPresent(error -> addFailed(
                        NamedCheck.ERROR, "a script that ends without an error", error.message(), error.position()));
    }

    /** Marks the witness as one that depends on a clock. */
    void setClockBound() {
        lock.lock();
        try {
            timing = TimingKind.CLOCK;
        } finally {
            lock.unlock();
        }
    }

    TimingKind timing() {
        lock.lock();
        try {
            return timing;
        } finally {
            lock.unlock();
        }
    }

    List<Check> checks() {
        return copy(checks);
    }

    List<String> observations() {
        return copy(observations);
    }

    List<String> outcomes() {
        return copy(outcomes);
    }

    /** Returns the names of servers that must have no connection, as the witness demands. */
    List<String> unconnectedServers() {
        return copy(unconnectedServers);
    }

    private Varargs record(Varargs arguments) {
        add(new Check(
                witness,
                Strength.ofWitness(text(arguments, 2)),
                arguments.arg(3).toboolean() ? Check.Outcome.MET : Check.Outcome.FAILED,
                CheckKind.of(text(arguments, 1)),
                text(arguments, 4),
                text(arguments, 5),
                text(arguments, 6),
                now(),
                measured(arguments)));
        return LuaValue.NONE;
    }

    /**
     * Reads the arguments from the seventh on: milliseconds, lower bound, upper bound, and a description, which may be
     * empty.
     */
    private Optional<MeasuredTime> measured(Varargs arguments) {
        if (arguments.narg() < 10) {
            return Optional.empty();
        }
        setClockBound();
        String what = text(arguments, 10);
        return Optional.of(new MeasuredTime(
                what.isEmpty() ? text(arguments, 6) : what,
                arguments.checkdouble(7),
                arguments.checkdouble(8),
                arguments.checkdouble(9)));
    }

    private void add(Check check) {
        onReport.run();
        lock.lock();
        try {
            checks.add(check);
        } finally {
            lock.unlock();
        }
    }

    private Varargs note(List<String> list, String text) {
        onReport.run();
        lock.lock();
        try {
            list.add(text);
        } finally {
            lock.unlock();
        }
        return LuaValue.NONE;
    }

    private <T> List<T> copy(List<T> list) {
        lock.lock();
        try {
            return List.copyOf(list);
        } finally {
            lock.unlock();
        }
    }

    private long now() {
        return System.nanoTime() - epoch;
    }

    private static String text(Varargs arguments, int index) {
        return LuaStrings.show(arguments.checkstring(index));
    }
}
