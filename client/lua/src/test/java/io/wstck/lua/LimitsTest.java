package io.wstck.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wstck.lua.host.LuaHost;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.luaj.vm2.LuaValue;

/** The limits of a session, up to which a script runs and beyond which it does not. */
@Timeout(60)
class LimitsTest {
    private static final long STRING_BYTES = 1_000;
    private static final long ALLOCATED_BYTES = 8_000_000;
    private static final int CALL_DEPTH = 50;
    private static final int JSON_DEPTH = 5;
    private static final int COROUTINES = 10;
    private static final int TIMERS = 3;
    private static final LuaLimits LIMITS =
            new LuaLimits(STRING_BYTES, ALLOCATED_BYTES, CALL_DEPTH, JSON_DEPTH, COROUTINES, TIMERS);

    /** The names of functions that ran in spite of the end of their script. */
    private final List<String> notes = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "string.rep('x', n)",
                "half .. rest .. half",
                "table.concat { half, rest, half }",
                "table.concat({ half, half }, rest)",
                "string.format('%s%s%s', half, rest, half)",
                "(string.gsub('xyx', '.', { x = half, y = rest }))",
                "setmetatable({}, { __concat = function(a, b) return half .. b end }) .. rest .. half",
                "errors.new(half:sub(10)) .. rest .. half",
            })
    void aStringMayHaveAsManyBytesAsTheLimitAndNotOneMore(String expression) {
        assertThat(run(parts(STRING_BYTES) + "return #(" + expression + ")")).isEqualTo("1000");
        assertThat(run(parts(STRING_BYTES + 1) + "return pcall(function() return #(" + expression + ") end)"))
                .startsWith("false,")
                .contains("would make a string of 1001 bytes, more than 1000");
    }

    /** {@code half}, {@code rest} and {@code half} have that many bytes together. */
    private static String parts(long bytes) {
        return "local n = " + bytes + " local half = ('h'):rep(450) local rest = ('r'):rep(n - 900) ";
    }

    @Test
    void separatorsAndJsonCountAsWell() {
        assertThat(run("return #('x'):rep(500, 'y'), pcall(string.rep, 'x', 501, 'y')"))
                .isEqualTo("999,false,string.rep would make a string of 1001 bytes, more than 1000");
        assertThat(run("local s = ('x'):rep(996) return #json.encode { s }")).isEqualTo("1000");
        assertThat(run("local s = ('x'):rep(997) local text, err = json.encode { s } return text, err:kind()"))
                .isEqualTo("nil,INVALID");
    }

    @Test
    void callsMayBeNestedAsDeepAsTheLimitAndNotOnceMore() {
        String nested = "local function f(n) if n > 0 then return 1 + f(n - 1) end return 0 end ";
        // The chunk is a call, and so is the innermost f.
        assertThat(run(nested + "return f(" + (CALL_DEPTH - 2) + ")")).isEqualTo("48");
        LuaFailure failure = failure(nested + "\npcall(f, " + (CALL_DEPTH - 1) + ") note('caught')");
        assertThat(failure.kind()).isEqualTo(LuaFailure.Kind.STACK_OVERFLOW);
        assertThat(failure.message()).isEqualTo("stack overflow: more than 50 nested calls");
        assertThat(failure.position()).isEqualTo("test.lua:1");
        assertThat(notes).isEmpty();
    }

    @Test
    void callsOfEveryCoroutineAreCountedApart() {
        assertThat(run("local function f(n) if n > 0 then return 1 + f(n - 1) end return coroutine.yield('deep') end "
                        + "local one, other = coroutine.wrap(f), coroutine.wrap(f) return one(45), other(45)"))
                .isEqualTo("deep,deep");
    }

    @Test
    void libraryFunctionsThatCallEachOtherForEverEndTheScript() {
        assertThat(failure("local function f() return pcall(f) end f() note('caught')")
                        .kind())
                .isEqualTo(LuaFailure.Kind.STACK_OVERFLOW);
        assertThat(notes).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pcall(eat)",
                "xpcall(eat, function() note('handler') end)",
                "coroutine.resume(coroutine.create(eat))",
                "pcall(coroutine.wrap(eat))",
                "load(eat)",
                "pcall(table.sort, { 2, 1 }, eat)",
                "pcall(string.gsub, 'x', 'x', eat)",
                "pcall(function() return setmetatable({}, { __index = eat }).x end)",
                "pcall(tostring, setmetatable({}, { __tostring = eat }))",
                "for x in eat do note('loop') end",
            })
    void aScriptThatIsOverItsMemoryCannotGoOn(String call) {
        String source =
                "local function eat() local t = {} while true do t[#t + 1] = {} end end " + call + " note('caught')";
        LuaFailure failure = failure(source);
        assertThat(failure.kind()).isEqualTo(LuaFailure.Kind.MEMORY);
        assertThat(failure.message()).isEqualTo("more than 8000000 bytes allocated");
        assertThat(notes).isEmpty();
    }

    @Test
    void memoryThatHasBeenFreedCountsAsWell() {
        assertThat(failure("for i = 1, 1e6 do local s = ('x'):rep(900) end note('end')")
                        .kind())
                .isEqualTo(LuaFailure.Kind.MEMORY);
        assertThat(notes).isEmpty();
    }

    @Test
    void coroutinesThatHaveNotEndedAreBounded() {
        String start =
                "local kept = {} local function start() local c = coroutine.wrap(coroutine.yield) c() kept[#kept + 1] = c end ";
        assertThat(run(start + "for i = 1, 10 do start() end return #kept")).isEqualTo("10");
        assertThat(run(start + "for i = 1, 10 do start() end return pcall(start)"))
                .isEqualTo("false,test.lua:1: more than 10 coroutines that have not ended");
        assertThat(run(start + "for i = 1, 10 do start() end kept[1]() start() return #kept"))
                .isEqualTo("11");
        assertThat(
                        run(
                                start
                                        + "for i = 1, 30 do coroutine.wrap(function() end)() coroutine.create(print) end return 'ended'"))
                .isEqualTo("ended");
    }

    @Test
    void timersThatHaveNotFiredAreBounded() {
        assertThat(run("for i = 1, 3 do time.after('1h') end return pcall(time.after, '1h')"))
                .startsWith("false,")
                .contains("more than 3 timers");
        assertThat(run("for i = 1, 10 do time.after('1ms'):receive() end return 'fired'"))
                .isEqualTo("fired");
    }

    @Test
    void jsonMayBeAsDeepAsTheLimitAndNotDeeper() {
        assertThat(run("return json.encode(json.decode('[[[[[1]]]]]'))")).isEqualTo("[[[[[1]]]]]");
        assertThat(run("local v, err = json.decode('[[[[[[1]]]]]]') return v, err:kind()"))
                .isEqualTo("nil,INVALID");
        assertThat(run("return json.encode { { { { {} } } } }")).isEqualTo("[[[[{}]]]]");
        assertThat(run("local s, err = json.encode { { { { { {} } } } } } return s, err:kind()"))
                .isEqualTo("nil,INVALID");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s + 1",
                "1 + s",
                "s - s",
                "s * 2",
                "2 / s",
                "s % 2",
                "2 ^ s",
                "-s",
                "(function() for i = s, 1 do end end)()",
                "(function() for i = 1, s do end end)()",
                "(function() for i = 1, 1, s do end end)()"
            })
    void aLongStringIsNoOperandOfArithmetic(String expression) {
        String source = "local s = ('1'):rep(n) return pcall(function() return " + expression + " end)";
        assertThat(Scripts.eval("local n = 16 * 1024 + 1 " + source))
                .isEqualTo("false,test.lua:1: attempt to perform arithmetic on a string of 16385 bytes");
        assertThat(Scripts.eval("local n = 1 " + source)).startsWith("true");
    }

    @Test
    void aListOfManyValuesIsCountedBeforeItIsMade() {
        LuaValue[] values = new LuaValue[1_000_000];
        Arrays.fill(values, LuaValue.ONE);
        try (LuaSession session = open()) {
            LuaFunctions.put(session.globals(), "values", none -> LuaValue.varargsOf(values));
            LuaFailure failure = catchThrowableOfType(
                    LuaFailure.class, () -> Scripts.eval(session, "local list = { values() } note('made')"));
            assertThat(failure.kind()).isEqualTo(LuaFailure.Kind.MEMORY);
        }
        assertThat(notes).isEmpty();
    }

    @Test
    void theMemoryAloneCanBeChosen() {
        assertThat(LIMITS.withAllocatedBytes(5))
                .isEqualTo(new LuaLimits(STRING_BYTES, 5, CALL_DEPTH, JSON_DEPTH, COROUTINES, TIMERS));
    }

    @Test
    void limitsArePositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LuaLimits(0, 1, 1, 1, 1, 1))
                .withMessage("limit stringBytes must be positive, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LuaLimits(1, 1, 1, 1, 1, -1))
                .withMessage("limit timers must be positive, got -1");
    }

    private String run(String source) {
        try (LuaSession session = open()) {
            return Scripts.eval(session, source);
        }
    }

    private LuaFailure failure(String source) {
        LuaFailure failure = catchThrowableOfType(LuaFailure.class, () -> run(source));
        assertThat(failure).as("the script ended without a failure").isNotNull();
        return failure;
    }

    private LuaSession open() {
        LuaSession session = LuaHost.builder().limits(LIMITS).build().open();
        LuaFunctions.put(session.globals(), "note", arguments -> {
            notes.add(arguments.arg1().tojstring());
            return LuaValue.NONE;
        });
        return session;
    }
}
