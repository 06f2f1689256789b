package io.wstck.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wstck.lua.host.LuaHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** Sessions as a host program uses them: it runs, calls, stops and closes them. */
@Timeout(60)
class SessionTest {
    private final List<String> notes = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pcall(forever)",
                "xpcall(forever, function() note('handler') end)",
                "xpcall(error, function() forever() end)",
                "coroutine.resume(coroutine.create(forever))",
                "pcall(coroutine.wrap(function() pcall(forever) note('inner') end))",
                "load(forever)",
                "pcall(table.sort, { 2, 1 }, forever)",
                "pcall(string.gsub, 'x', 'x', forever)",
                "pcall(function() return setmetatable({}, { __index = forever }).x end)",
                "pcall(function() return setmetatable({}, { __add = forever }) + 1 end)",
                "pcall(tostring, setmetatable({}, { __tostring = forever }))",
                "for x in forever do note('loop') end",
            })
    void aScriptCannotCatchItsStop(String call) {
        try (LuaSession session = Scripts.HOST.open()) {
            noteInto(session);
            LuaFunctions.put(session.globals(), "stop", none -> {
                session.stop("time is up");
                return LuaValue.NONE;
            });
            LuaFailure failure = failureOf(
                    session, "local function forever() stop() while true do end end " + call + " note('caught')");
            assertThat(notes).isEmpty();
            assertThat(failure.kind()).isEqualTo(LuaFailure.Kind.STOPPED);
            assertThat(failure.message()).isEqualTo("time is up");
            assertThat(failure.position()).isEqualTo("test.lua:1");
        }
    }

    @Test
    void theFirstReasonOfAStopIsKept() {
        try (LuaSession session = Scripts.HOST.open()) {
            session.stop("first");
            session.stop("second");
            assertThat(failureOf(session, "return 1").message()).isEqualTo("first");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "channel.new():receive()",
                "channel.new():send(1)",
                "channel.select { channel.new():case_receive() }",
                "channel.select { channel.new():case_send(1), time.after('1h'):case_receive() }",
                "time.sleep('1h')",
                "coroutine.wrap(function() channel.new():receive() end)()",
            })
    void closingASessionEndsAScriptThatIsBlocked(String call) throws Exception {
        LuaSession session = Scripts.HOST.open();
        noteInto(session);
        CountDownLatch running = new CountDownLatch(1);
        LuaFunctions.put(session.globals(), "running", none -> {
            running.countDown();
            return LuaValue.NONE;
        });
        FutureTask<Object> script = new FutureTask<>(
                () -> session.run(Scripts.compile("running() pcall(function() " + call + " end) note('on')")));
        Thread.ofVirtual().start(script);
        running.await();
        session.close();
        ExecutionException failure = catchThrowableOfType(ExecutionException.class, script::get);
        assertThat(failure.getCause()).isInstanceOfSatisfying(LuaFailure.class, stopped -> {
            assertThat(stopped.kind()).isEqualTo(LuaFailure.Kind.STOPPED);
            assertThat(stopped.message()).isEqualTo("the session was closed");
        });
        assertThat(notes).isEmpty();
    }

    @Test
    void aClosedSessionRunsNothingMoreAndMayBeClosedAgain() {
        LuaSession session = Scripts.HOST.open();
        List<String> closed = new ArrayList<>();
        session.onClose(() -> closed.add("resource"));
        session.close();
        session.close();
        assertThat(closed).containsExactly("resource");
        assertThat(failureOf(session, "return 1").message()).isEqualTo("the session was closed");
    }

    @Test
    void aResourceThatCannotBeClosedDoesNotKeepTheOthersOpen() {
        LuaSession session = Scripts.HOST.open();
        List<String> closed = new ArrayList<>();
        session.onClose(() -> closed.add("first"));
        session.onClose(() -> {
            throw new IllegalArgumentException("stuck");
        });
        assertThatIllegalStateException()
                .isThrownBy(session::close)
                .withMessage("the Lua session could not be closed entirely")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(closed).containsExactly("first");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closingASessionEndsTheThreadsOfItsSuspendedCoroutines(boolean virtual) throws Exception {
        AtomicReference<Thread> coroutine = new AtomicReference<>();
        FutureTask<Object> script = new FutureTask<>(() -> {
            try (LuaSession session = Scripts.HOST.open()) {
                LuaFunctions.put(session.globals(), "remember", none -> {
                    coroutine.set(Thread.currentThread());
                    return LuaValue.NONE;
                });
                return session.run(Scripts.compile("coroutine.wrap(function() remember() coroutine.yield() end)()"));
            }
        });
        (virtual ? Thread.ofVirtual() : Thread.ofPlatform()).start(script);
        script.get();
        assertThat(coroutine.get().isVirtual()).isEqualTo(virtual);
        assertThat(coroutine.get().join(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void oneThreadAtATimeRunsASession() throws Exception {
        try (LuaSession session = Scripts.HOST.open()) {
            CountDownLatch running = new CountDownLatch(1);
            LuaFunctions.put(session.globals(), "running", none -> {
                running.countDown();
                return LuaValue.NONE;
            });
            FutureTask<Object> script =
                    new FutureTask<>(() -> session.run(Scripts.compile("running() time.sleep('1h')")));
            Thread.ofPlatform().name("the other").start(script);
            running.await();
            assertThatIllegalStateException()
                    .isThrownBy(() -> session.run(Scripts.compile("return 1")))
                    .withMessage("the Lua session is run by thread the other already");
        }
    }

    @Test
    void theHostProgramCallsFunctionsOfAScript() {
        try (LuaSession session = Scripts.HOST.open()) {
            LuaValue function =
                    Scripts.only(session, "local n = 0 return function(a, b) n = n + a * b return n, 'x' end");
            LuaValue[] arguments = {LuaValue.valueOf(6), LuaValue.valueOf(7)};
            assertThat(Scripts.show(session.call(function, LuaValue.varargsOf(arguments))))
                    .isEqualTo("42,x");
            assertThat(Scripts.show(session.call(function, LuaValue.varargsOf(arguments))))
                    .isEqualTo("84,x");
            LuaFailure failure = catchThrowableOfType(LuaFailure.class, () -> session.call(function, LuaValue.NONE));
            assertThat(failure).hasMessage("test.lua:1: attempt to perform arithmetic on local 'a' (a nil value)");
        }
    }

    @Test
    void aCallFromInsideTheScriptDoesNotTurnItsStopIntoAnError() {
        try (LuaSession session = Scripts.HOST.open()) {
            noteInto(session);
            LuaFunctions.put(session.globals(), "again", arguments -> {
                session.stop("enough");
                return session.call(arguments.arg1(), LuaValue.NONE);
            });
            LuaFailure failure = failureOf(session, "pcall(again, function() while true do end end) note('caught')");
            assertThat(failure.kind()).isEqualTo(LuaFailure.Kind.STOPPED);
            assertThat(notes).isEmpty();
        }
    }

    @Test
    void printedLinesGoToTheHostProgram() {
        List<String> lines = new ArrayList<>();
        LuaHost host = LuaHost.builder().output(lines::add).build();
        try (LuaSession session = host.open()) {
            Scripts.eval(
                    session,
                    "print() print(1, 'two', nil, true, 0.1) print('\\195\\164\\240\\159\\152\\128', '\\255') "
                            + "print(setmetatable({}, { __tostring = function() return 'text' end })) print('a\\nb')");
        }
        assertThat(lines).containsExactly("", "1\ttwo\tnil\ttrue\t0.1", "ä😀\t\ufffd", "text", "a\nb");
    }

    @Test
    void whatAModuleAttachesToASessionIsMadeOnce() {
        try (LuaSession one = Scripts.HOST.open();
                LuaSession other = Scripts.HOST.open()) {
            LuaTable first = one.attachment(LuaTable.class, session -> new LuaTable());
            assertThat(one.attachment(LuaTable.class, session -> new LuaTable()))
                    .isSameAs(first);
            assertThat(other.attachment(LuaTable.class, session -> new LuaTable()))
                    .isNotSameAs(first);
        }
    }

    @Test
    void anAbortEndsACallThatAnInterruptDoesNotEnd() throws Exception {
        try (LuaSession session = Scripts.HOST.open()) {
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch aborted = new CountDownLatch(1);
            LuaFunctions.put(
                    session.globals(),
                    "stubborn",
                    none -> session.blocking(
                            () -> {
                                running.countDown();
                                boolean ended = false;
                                while (!ended) {
                                    try {
                                        aborted.await();
                                        ended = true;
                                    } catch (InterruptedException e) {
                                        // As a write to a socket does.
                                    }
                                }
                                return LuaValue.NONE;
                            },
                            aborted::countDown));
            FutureTask<LuaFailure> script = new FutureTask<>(() -> failureOf(session, "stubborn()"));
            Thread.ofPlatform().start(script);
            running.await();
            session.stop("enough");
            assertThat(script.get().message()).isEqualTo("enough");
        }
    }

    @Test
    void theLineOfChosenChunksCanBeAskedFor() {
        try (LuaSession session = Scripts.HOST.open()) {
            List<String> lines = new ArrayList<>();
            LuaFunctions.put(session.globals(), "where", none -> {
                lines.add(session.where());
                lines.add(session.where(chunk -> chunk.equals("test.lua")));
                lines.add(session.where(chunk -> chunk.equals("nothing.lua")));
                return LuaValue.NONE;
            });
            Scripts.eval(session, "local f = loadstring('\\n\\nwhere()', '@inner.lua')\nf()");
            assertThat(lines).containsExactly("inner.lua:3", "test.lua:2", "");
        }
    }

    private void noteInto(LuaSession session) {
        LuaFunctions.put(session.globals(), "note", arguments -> {
            notes.add(arguments.arg1().tojstring());
            return LuaValue.NONE;
        });
    }

    private static LuaFailure failureOf(LuaSession session, String source) {
        LuaFailure failure = catchThrowableOfType(LuaFailure.class, () -> session.run(Scripts.compile(source)));
        assertThat(failure).as("the script ended without a failure").isNotNull();
        return failure;
    }
}
