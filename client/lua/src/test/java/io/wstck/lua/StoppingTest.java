package io.wstck.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wstck.lua.host.LuaHost;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** Ending scripts that do not end by themselves. */
@Timeout(60)
class StoppingTest {
    private static final int ATTEMPTS = 5;
    private static final long PROMPTLY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while true do end",
                "repeat until false",
                "while true do pcall(function() while true do end end) end",
                "while true do pcall(error, 'again') end",
                "xpcall(function() while true do end end, function() while true do end end)",
                "local function f() return f() end f()",
                "load('while true do end', 'x', 't', {})()",
                "load(('a=1 '):rep(4e6))",
                "error(setmetatable({}, { __tostring = function() while true do end end }))",
                "coroutine.wrap(function() while true do end end)()",
                "local f = coroutine.wrap(function() while true do coroutine.yield() end end) while true do f() end",
                "coroutine.wrap(function() pcall(function() channel.new():receive() end) end)()",
                "coroutine.wrap(function() coroutine.wrap(function() time.sleep('1h') end)() end)()",
                "channel.new():receive()",
                "channel.new():send(1)",
                "channel.select { channel.new():case_receive(), time.after('1h'):case_receive() }",
                "pcall(time.sleep, '1h')",
                "time.after('1h'):receive()",
                "string.find(('a'):rep(40), ('a?'):rep(40) .. ('a'):rep(40) .. 'b')",
                "string.find(('a'):rep(1e6), '.-.-.-.-b')",
                "string.find(('a'):rep(4e6), ('a'):rep(2e6) .. 'b', 1, true)",
                "string.gsub(('a'):rep(1e6), '(.-)(.-)(.-)b', '')",
            })
    void aScriptThatNeverEndsIsStopped(String source) throws Exception {
        for (Thread.Builder threads : new Thread.Builder[] {Thread.ofPlatform(), Thread.ofVirtual()}) {
            // One prompt end of a few shows that the script can be ended promptly; a slow one, that the machine was
            // busy.
            long fastest = Long.MAX_VALUE;
            for (int attempt = 0; attempt < ATTEMPTS && fastest > PROMPTLY_NANOS; attempt++) {
                fastest = Math.min(fastest, nanosToStop(threads, source));
            }
            assertThat(fastest).isLessThan(PROMPTLY_NANOS);
        }
    }

    private static long nanosToStop(Thread.Builder threads, String source) throws Exception {
        try (LuaSession session = Scripts.HOST.open()) {
            CountDownLatch running = new CountDownLatch(1);
            session.globals().set("running", LuaFunctions.of("running", none -> {
                running.countDown();
                return LuaValue.NONE;
            }));
            FutureTask<Object> script = new FutureTask<>(() -> session.run(Scripts.compile("running() " + source)));
            Thread thread = threads.start(script);
            running.await();
            long start = System.nanoTime();
            session.stop("time is up");
            LuaFailure failure = failureOf(script);
            long elapsed = System.nanoTime() - start;
            assertThat(failure.kind()).isEqualTo(LuaFailure.Kind.STOPPED);
            assertThat(failure.message()).isEqualTo("time is up");
            thread.join();
            return elapsed;
        }
    }

    @Test
    void aStoppedSessionRunsNothingMore() {
        try (LuaSession session = Scripts.HOST.open()) {
            session.stop("enough");
            assertThat(failureOf(session, "x = 1").kind()).isEqualTo(LuaFailure.Kind.STOPPED);
            assertThat(session.globals().get("x")).isEqualTo(LuaValue.NIL);
        }
    }

    @Test
    void theInterruptOfAStopDoesNotOutliveTheScript() throws Exception {
        try (LuaSession session = Scripts.HOST.open()) {
            CountDownLatch running = new CountDownLatch(1);
            session.globals().set("running", LuaFunctions.of("running", none -> {
                running.countDown();
                return LuaValue.NONE;
            }));
            FutureTask<Boolean> script = new FutureTask<>(() -> {
                failureOf(session, "running() while true do end");
                return Thread.currentThread().isInterrupted();
            });
            Thread.ofPlatform().start(script);
            running.await();
            session.stop("enough");
            assertThat(script.get()).isFalse();
        }
    }

    @Test
    void anInterruptFromElsewhereEndsTheScriptAndStays() throws Exception {
        try (LuaSession session = Scripts.HOST.open()) {
            FutureTask<Boolean> script = new FutureTask<>(() -> {
                Thread.currentThread().interrupt();
                LuaFailure failure = failureOf(session, "time.sleep('1h')");
                assertThat(failure.kind()).isEqualTo(LuaFailure.Kind.STOPPED);
                return Thread.currentThread().isInterrupted();
            });
            Thread.ofPlatform().start(script);
            assertThat(script.get()).isTrue();
        }
    }

    /** As a stop does that comes just when the turn passes from a coroutine to the thread that resumed it. */
    @Test
    void anInterruptThatEndsASuspendedCoroutineLeavesTheCallsOfOthersAlone() {
        AtomicReference<Thread> suspended = new AtomicReference<>();
        try (LuaSession session = Scripts.HOST.open()) {
            session.globals().set("note", LuaFunctions.of("note", none -> {
                suspended.set(Thread.currentThread());
                return LuaValue.NONE;
            }));
            session.globals()
                    .set(
                            "interrupt",
                            LuaFunctions.of(
                                    "interrupt",
                                    none -> session.blocking(() -> {
                                        suspended.get().interrupt();
                                        suspended.get().join();
                                        return LuaValue.NONE;
                                    })));
            LuaFailure failure = failureOf(session, """
                    local c = coroutine.create(function()
                      local function f() note() coroutine.yield() end
                      f()
                    end)
                    coroutine.resume(c)
                    interrupt()
                    local function g()
                      error(coroutine.status(c))
                    end
                    g()
                    """);
            assertThat(failure.message()).isEqualTo("dead");
            assertThat(failure.traceback()).isEqualTo("test.lua:8: in function <line 7>\ntest.lua:10: in main chunk");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "local function f() return 1 + f() end f()",
                "local function f() return pcall(f), 1 end f()",
                "local t = setmetatable({}, { __index = function(t, k) return t[k] end }) return t.x",
                "local t = {} t.__tostring = function(s) return tostring(s) end return tostring(setmetatable(t, t))",
                "coroutine.wrap(function() local function f() return 1 + f() end f() end)()",
                "local function f() return ('x'):gsub('x', f) end f()",
            })
    void endlessRecursionEndsTheScriptAndNotTheSession(String source) {
        try (LuaSession session = Scripts.HOST.open()) {
            assertThat(failureOf(session, source).kind()).isEqualTo(LuaFailure.Kind.STACK_OVERFLOW);
            assertThat(Scripts.eval(session, "return 1")).isEqualTo("1");
        }
    }

    @Test
    void endlessRecursionInACoroutineOfAPlatformThreadNamesItsLine() throws Exception {
        FutureTask<String> script = new FutureTask<>(() -> {
            try (LuaSession session = Scripts.HOST.open()) {
                return failureOf(
                                session, "\ncoroutine.wrap(function() local function f() return 1 + f() end f() end)()")
                        .position();
            }
        });
        Thread.ofPlatform().stackSize(16L << 20).start(script);
        assertThat(script.get()).isEqualTo("test.lua:2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "local t = {} while true do t[#t + 1] = {} t = {} end",
                "while true do pcall(function() local s = ('x'):rep(1e6) end) end",
                "coroutine.wrap(function() while true do local t = { 1, 2, 3 } end end)()",
                "while true do coroutine.wrap(function() local s = ('x'):rep(1e5) end)() end",
            })
    void aScriptThatAllocatesWithoutEndIsEnded(String source) {
        LuaHost host = LuaHost.builder()
                .limits(LuaLimits.defaults().withAllocatedBytes(20_000_000))
                .build();
        try (LuaSession session = host.open()) {
            assertThat(failureOf(session, source).kind()).isEqualTo(LuaFailure.Kind.MEMORY);
        }
    }

    @Test
    void aHeapThatIsExhaustedNamesTheLineAndTheCallsAbove() {
        LuaModule hungry = new LuaModule() {
            @Override
            public String name() {
                return "hungry";
            }

            @Override
            public LuaValue load(LuaSession session) {
                LuaTable module = new LuaTable();
                LuaFunctions.put(module, "eat", _ -> {
                    throw new OutOfMemoryError("as the JVM would");
                });
                return module;
            }

            @Override
            public Visibility visibility() {
                return Visibility.REQUIRE_ONLY;
            }
        };
        String source = """
                local function well() return 1 end
                local function f()
                  well()
                  require("hungry").eat()
                end
                pcall(function()
                  well()
                  f()
                end)
                """;
        try (LuaSession session = LuaHost.builder().module(hungry).build().open()) {
            LuaFailure failure = failureOf(session, source);
            assertThat(failure.kind()).isEqualTo(LuaFailure.Kind.MEMORY);
            assertThat(failure.position()).isEqualTo("test.lua:4");
            assertThat(failure.traceback())
                    .isEqualTo("test.lua:4: in function <line 2>\ntest.lua:8: in function <line 6>\n"
                            + "test.lua:6: in main chunk");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return ('x'):rep(1e9)",
                "local s = 'x' while true do s = s .. s end",
                "local s = ('x'):rep(1e6) return s:gsub('x', s)",
                "local s = ('x'):rep(1e6) local t = {} for i = 1, 2000 do t[i] = s end return table.concat(t)",
                "local s = ('x'):rep(1e8) return string.format('%s%s%s%s%s', s, s, s, s, s)",
            })
    void aStringThatWouldBeHugeIsAnError(String source) {
        try (LuaSession session = Scripts.HOST.open()) {
            LuaFailure failure = failureOf(session, source);
            assertThat(failure.kind()).isEqualTo(LuaFailure.Kind.ERROR);
            assertThat(failure.message()).contains("would make a string of");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "local t = {} for i = 1, 3e6 do t[i * 3] = true end",
                "local t = {} local function set(i) t[i * 3] = true end for i = 1, 3e6 do set(i) end",
                "for i = 1, 3e6 do _G[i * 3] = true end",
                "local t = {} for i = 1, 3e6 do rawset(t, i * 3, true) end",
                "local t = {} for i = 1, 3e6 do table.insert(t, i * 3, true) end",
            })
    void aTableWithTooManyKeysIsAnError(String source) {
        try (LuaSession session = Scripts.HOST.open()) {
            LuaFailure failure = failureOf(session, source);
            assertThat(failure.kind()).isEqualTo(LuaFailure.Kind.ERROR);
            assertThat(failure.message()).contains("table overflow");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a == b, a == c, a ~= b, b == d, a < b, b < a, a <= c, c <= a, b <= b, b < b",
                "rawequal(a, b), rawequal(a, c), not rawequal(a, b), rawequal(b, d), a < b, b < a, a <= c, c <= a, b <= b, b < b",
            })
    void longStringsAreComparedByTheirBytes(String comparisons) {
        try (LuaSession session = Scripts.HOST.open()) {
            String source = "local s = ('x'):rep(2e6) local a, b, c, d = s .. 'a', s .. 'b', s .. 'a', s .. 'bb' "
                    + "local results = { " + comparisons + " } "
                    + "return a:sub(-1) .. b:sub(-1) .. c:sub(-1) .. d:sub(-2), unpack(results)";
            assertThat(Scripts.eval(session, source))
                    .isEqualTo("ababb,false,true,true,false,true,false,true,true,true,false");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {256L << 20, 1L << 30, 6L << 30})
    void theMemoryOfASessionIsAtMostHalfOfTheHeap(long heap) {
        assertThat(LuaLimits.forHeap(heap).allocatedBytes()).isEqualTo(Math.min(heap / 2, 2L << 30));
        assertThat(LuaLimits.defaults().allocatedBytes())
                .isLessThanOrEqualTo(Runtime.getRuntime().maxMemory() / 2);
    }

    @Test
    void closingASessionEndsItsScriptAndClosesItsResourcesInReverseOrder() throws Exception {
        StringBuilder order = new StringBuilder();
        LuaSession session = Scripts.HOST.open();
        session.onClose(() -> order.append("first"));
        session.onClose(() -> order.append("second "));
        CountDownLatch running = new CountDownLatch(1);
        session.globals().set("running", LuaFunctions.of("running", none -> {
            running.countDown();
            return LuaValue.NONE;
        }));
        FutureTask<Object> script = new FutureTask<>(() -> session.run(Scripts.compile("running() while true do end")));
        Thread.ofPlatform().start(script);
        running.await();
        session.close();
        assertThat(failureOf(script).kind()).isEqualTo(LuaFailure.Kind.STOPPED);
        assertThat(order).hasToString("second first");
        assertThat(catchThrowableOfType(IllegalStateException.class, () -> session.onClose(() -> order.append("!"))))
                .isNotNull();
        assertThat(order).hasToString("second first!");
    }

    @Test
    void theLineBeingRunCanBeAskedForFromAnyThread() throws Exception {
        try (LuaSession session = Scripts.HOST.open()) {
            assertThat(session.where()).isEmpty();
            CountDownLatch running = new CountDownLatch(1);
            StringBuilder seen = new StringBuilder();
            session.globals().set("running", LuaFunctions.of("running", none -> {
                seen.append(session.where());
                running.countDown();
                return LuaValue.NONE;
            }));
            FutureTask<Object> script =
                    new FutureTask<>(() -> session.run(Scripts.compile("\nrunning()\nwhile true do\nend")));
            Thread.ofPlatform().start(script);
            running.await();
            assertThat(seen).hasToString("test.lua:2");
            while (!session.where().equals("test.lua:3")) {
                assertThat(session.where()).isIn("test.lua:2", "test.lua:3");
            }
            session.stop("seen");
            assertThat(failureOf(script).position()).isEqualTo("test.lua:3");
        }
    }

    private static LuaFailure failureOf(FutureTask<?> script) throws InterruptedException {
        ExecutionException failure = catchThrowableOfType(ExecutionException.class, script::get);
        assertThat(failure).as("the script ended without a failure").isNotNull();
        assertThat(failure.getCause()).isInstanceOf(LuaFailure.class);
        return (LuaFailure) failure.getCause();
    }

    private static LuaFailure failureOf(LuaSession session, String source) {
        LuaFailure failure = catchThrowableOfType(LuaFailure.class, () -> session.run(Scripts.compile(source)));
        assertThat(failure).as("the script ended without a failure").isNotNull();
        return failure;
    }
}
