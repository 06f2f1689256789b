package io.wstck.tck.run;

import io.wstck.lua.LuaFunctions;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaStrings;
import io.wstck.tck.cases.Prelude;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Accepted;
import io.wstck.tck.implementation.HostedScripts;
import io.wstck.tck.implementation.ImplementationSession.ScriptEnd;
import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.Measured;
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
 * Takes down what one witness says, as the Lua side of the checks reports it. The script's thread writes; another thread may
 * read at any time, since a script that was given up may still be running.
 */
final class CheckRecorder {
    private final Witness witness;
    private final long epoch;
    private final Runnable said;

    /** Guards the four lists and {@link #pace}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final List<Check> checks = new ArrayList<>();
    private final List<String> observations = new ArrayList<>();
    private final List<String> outcomes = new ArrayList<>();
    private final List<String> unvisited = new ArrayList<>();
    private Pace pace = Pace.EVENTS;

    /**
     * A recorder that has nothing yet.
     *
     * @param epoch the {@link System#nanoTime} that times count from
     * @param said run with all that the witness says; any thread
     */
    CheckRecorder(Witness witness, long epoch, Runnable said) {
        this.witness = witness;
        this.epoch = epoch;
        this.said = said;
    }

    /** Puts what the checks call into the table that the prelude gets as its host. */
    void install(LuaTable host, TestCase testCase, LuaSession lua) {
        LuaFunctions.put(host, "record", this::record);
        LuaFunctions.put(host, "observe", arguments -> note(observations, text(arguments, 1)));
        LuaFunctions.put(host, "outcome", arguments -> note(outcomes, text(arguments, 2)));
        LuaFunctions.put(host, "unvisited", arguments -> note(unvisited, text(arguments, 1)));
        LuaFunctions.put(host, "position", _ -> LuaStrings.of(lua.where(chunk -> !Prelude.isPart(chunk))));
        LuaTable accepts = new LuaTable();
        for (Accepted accepted : testCase.clause().accepts()) {
            accepts.rawset(LuaStrings.of(accepted.id()), LuaStrings.of(accepted.outcome()));
        }
        host.rawset(LuaStrings.of("accepts"), accepts);
    }

    /** Adds a check of the kit's own: how the script ended. */
    void failed(String name, String expected, String actual, String position) {
        failed(Strength.CASE, name, expected, actual, position);
    }

    /** The same, which means as much as told. */
    void failed(Strength strength, String name, String expected, String actual, String position) {
        add(new Check(witness, strength, Check.Outcome.FAILED, name, expected, actual, position, now()));
    }

    /**
     * Adds what a script has recorded that was run elsewhere.
     *
     * @param begun when it began, since the epoch, in nanoseconds
     */
    void take(HostedScripts.Report report, long begun) {
        report.checks().forEach(check -> add(check(check, begun)));
        report.observations().forEach(text -> note(observations, text));
        report.outcomes().forEach(text -> note(outcomes, text));
        if (report.clock() == HostedScripts.Clock.ASKED
                || report.checks().stream().anyMatch(check -> check.time().isPresent())) {
            goByTheClock();
        }
        // A host may end a script by an error, which is the host's own.
        report.error()
                .filter(_ -> report.end() == ScriptEnd.ENDED)
                .ifPresent(error ->
                        failed("error", "a script that ends without an error", error.message(), error.position()));
    }

    private Check check(HostedScripts.Check check, long begun) {
        return new Check(
                witness,
                check.strength() == HostedScripts.Strength.SHOULD ? Strength.SHOULD : Strength.CASE,
                check.outcome() == HostedScripts.Outcome.MET ? Check.Outcome.MET : Check.Outcome.FAILED,
                check.name(),
                check.expected(),
                check.actual(),
                check.position(),
                begun + check.at().toNanos(),
                check.time()
                        .map(time -> new Measured(
                                time.what().isEmpty() ? check.position() : time.what(),
                                time.ms(),
                                time.min(),
                                time.max())));
    }

    /** Notes that the witness goes by a clock. */
    void goByTheClock() {
        lock.lock();
        try {
            pace = Pace.CLOCK;
        } finally {
            lock.unlock();
        }
    }

    Pace pace() {
        lock.lock();
        try {
            return pace;
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

    /** Names of servers of which the witness demands that nobody came. */
    List<String> unvisited() {
        return copy(unvisited);
    }

    private Varargs record(Varargs arguments) {
        add(new Check(
                witness,
                text(arguments, 2).equals("should") ? Strength.SHOULD : Strength.CASE,
                arguments.arg(3).toboolean() ? Check.Outcome.MET : Check.Outcome.FAILED,
                text(arguments, 1),
                text(arguments, 4),
                text(arguments, 5),
                text(arguments, 6),
                now(),
                measured(arguments)));
        return LuaValue.NONE;
    }

    /** The arguments from the seventh on: milliseconds, lower bound, upper bound, and what they are about, which may be empty. */
    private Optional<Measured> measured(Varargs arguments) {
        if (arguments.narg() < 10) {
            return Optional.empty();
        }
        goByTheClock();
        String what = text(arguments, 10);
        return Optional.of(new Measured(
                what.isEmpty() ? text(arguments, 6) : what,
                arguments.checkdouble(7),
                arguments.checkdouble(8),
                arguments.checkdouble(9)));
    }

    private void add(Check check) {
        said.run();
        lock.lock();
        try {
            checks.add(check);
        } finally {
            lock.unlock();
        }
    }

    private Varargs note(List<String> list, String text) {
        said.run();
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
