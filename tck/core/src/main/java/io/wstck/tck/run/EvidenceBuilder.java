package io.wstck.tck.run;

import io.wstck.lua.LuaFailure;
import io.wstck.lua.LuaSession;
import io.wstck.lua.host.LuaHost;
import io.wstck.tck.cases.CaseDeclaration;
import io.wstck.tck.cases.CaseServers;
import io.wstck.tck.cases.Prelude;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.implementation.ClientBehaviour.MessageCompression;
import io.wstck.tck.judge.AdapterHints;
import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.Evidence;
import io.wstck.tck.judge.JudgedJournal;
import io.wstck.tck.judge.NamedCheck;
import io.wstck.tck.judge.Strength;
import io.wstck.tck.judge.Witness;
import io.wstck.tck.run.WitnessThreads.WitnessEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;

/**
 * Builds the evidence of a case from the records of its script and its server. It runs the wire checks, adds a failed
 * check for each server without a connection, and marks the checks that are in doubt. Thread-safe. The caller closes
 * the threads.
 */
final class EvidenceBuilder {
    private static final Duration WIRE_CHECKS_LIMIT = Duration.ofSeconds(10);

    private final WitnessThreads threads;

    EvidenceBuilder(WitnessThreads threads) {
        this.threads = threads;
    }

    /**
     * The records of a case that was played.
     *
     * @param errors errors of the kit so far; errors of the wire checks are added
     * @param epoch the {@link System#nanoTime} that times count from
     * @param compresses which of its messages the client compresses, as its description says
     */
    record Sources(
            TestCase testCase,
            ScriptRecord script,
            JudgedJournal journal,
            KitErrors errors,
            long epoch,
            MessageCompression compresses) {
        private String file() {
            return testCase.file().path();
        }
    }

    /**
     * Builds the evidence.
     *
     * @param clock nanoseconds since the epoch; called once, after the wire checks
     */
    Evidence build(Sources sources, StallLog stallLog, LongSupplier clock, ResourceCloser closer)
            throws InterruptedException {
        TestCase testCase = sources.testCase();
        CheckRecorder wire = new CheckRecorder(Witness.WIRE, sources.epoch(), () -> {});
        if (testCase.servers().isPresent()
                && testCase.wireChecked()
                && !sources.journal().endedEarly()) {
            runWireChecks(sources, wire, closer);
        }
        long ended = clock.getAsLong();
        List<Check> allChecks = new ArrayList<>(scriptChecks(sources));
        allChecks.addAll(wire.checks());
        allChecks.addAll(sources.journal().checks(testCase.tolerates()));
        allChecks.addAll(unreachedServers(sources, allChecks, wire, ended));
        StallFilter stallFilter = new StallFilter(stallLog, sources.epoch(), sources.epoch() + ended);
        stallFilter.recordWholeCase();
        List<Check> checks = stallFilter.markDoubtful(allChecks, timing(sources, wire));
        List<String> observations = new ArrayList<>(sources.script().observations());
        observations.addAll(wire.observations());
        List<String> outcomes = new ArrayList<>(sources.script().outcomes());
        outcomes.addAll(wire.outcomes());
        UncheckedCase.problem(testCase, allChecks, observations).ifPresent(sources.errors()::add);
        return new Evidence(
                checks,
                observations,
                outcomes,
                sources.errors().earliest(),
                testCase.clause().accepts().isEmpty()
                        ? Evidence.AcceptedOutcomes.UNLISTED
                        : Evidence.AcceptedOutcomes.LISTED,
                AdapterHints.of(checks, sources.journal()));
    }

    /**
     * Returns the checks of the script. Two findings leave no other unmet check of the script judged, not even an
     * earlier one. The first is a step that was not met, because of which the server ended a connection. The second is
     * an interrupt of the script's thread. Other checks may fail for the same cause, and the finding must not depend on
     * which failed first. Errors of the JVM still count, because neither of the two causes them.
     */
    private static List<Check> scriptChecks(Sources sources) {
        List<Check> checks = sources.script().checks();
        if (sources.journal().endedEarly()) {
            return withoutConsequences(checks, _ -> false);
        }
        Predicate<Check> interrupt = check -> check.kind() == NamedCheck.INTERRUPT;
        return checks.stream().anyMatch(interrupt) ? withoutConsequences(checks, interrupt) : checks;
    }

    private static List<Check> withoutConsequences(List<Check> checks, Predicate<Check> finding) {
        return checks.stream()
                .map(check -> check.met() || check.strength() == Strength.ANY_LEVEL || finding.test(check)
                        ? check
                        : check.notJudged())
                .toList();
    }

    /**
     * Returns a failed check for each server without a connection. Returns none if another check has failed, because
     * the script may have stopped before it reached that server.
     */
    private static List<Check> unreachedServers(
            Sources sources, List<Check> allChecks, CheckRecorder wire, long ended) {
        boolean failed = allChecks.stream().anyMatch(check -> !check.met() && check.strength() != Strength.SHOULD);
        Optional<CaseServers> servers = sources.testCase().servers();
        if (failed || servers.isEmpty()) {
            return List.of();
        }
        Set<String> exempt = new HashSet<>(sources.testCase().unreached());
        exempt.addAll(wire.unconnectedServers());
        return ReachedServersCheck.checks(servers.get().session(), sources.journal(), exempt, ended);
    }

    private static TimingKind timing(Sources sources, CheckRecorder wire) {
        return wire.timing() == TimingKind.CLOCK
                ? TimingKind.CLOCK
                : sources.script().timingOf(sources.testCase());
    }

    private void runWireChecks(Sources sources, CheckRecorder recorder, ResourceCloser closer)
            throws InterruptedException {
        TestCase testCase = sources.testCase();
        LuaSession lua = LuaHost.builder().output(_ -> {}).build().open();
        try (ResourceCloser.PendingClose _ = closer.wrap("the session of the wire checks", lua)) {
            WitnessEnd ending = threads.run(
                    lua,
                    sources.file(),
                    WIRE_CHECKS_LIMIT,
                    () -> {
                        LuaFunction wire = CaseDeclaration.of(lua, testCase)
                                .function("wire")
                                .orElseThrow();
                        LuaTable host =
                                WireBindings.table(testCase, lua, recorder, sources.journal(), sources.compresses());
                        Prelude.CheckObject w = Prelude.wire(lua, host);
                        callWireChecks(lua, wire, w, sources);
                    },
                    () -> {});
            switch (ending) {
                case WitnessEnd.Finished() -> {}
                case WitnessEnd.Overtime(String where, var _) ->
                    sources.errors().add("the wire checks did not end, at " + where);
                case WitnessEnd.ThrownError(Throwable cause) ->
                    sources.errors().add("the kit could not run the wire checks: " + cause);
            }
        }
    }

    /** Calls the wire checks. An error in them is an error of the case, not of the client. */
    private static void callWireChecks(LuaSession lua, LuaFunction wire, Prelude.CheckObject w, Sources sources) {
        try {
            lua.call(wire, w.object());
        } catch (LuaFailure failure) {
            if (!CheckRecorder.endedByCheck(failure, w) && failure.kind() != LuaFailure.Kind.STOPPED) {
                sources.errors()
                        .add(LuaPositionFinder.in(sources.file(), failure) + ": the wire checks raised an error: "
                                + failure.message());
            }
        }
    }
}
