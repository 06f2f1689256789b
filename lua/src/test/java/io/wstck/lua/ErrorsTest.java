package io.wstck.lua;

import static io.wstck.lua.Scripts.eval;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wstck.lua.errors.ErrorKind;
import io.wstck.lua.errors.LuaErrors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Errors: strings and objects, raised and returned, through pcall and coroutines, and out to the host. */
class ErrorsTest {
    @Test
    void pcallReturnsThePositionAndTheMessage() {
        assertThat(eval("return pcall(function() error('boo') end)")).isEqualTo("false,test.lua:1: boo");
        assertThat(eval("local function f() error('boo', 2) end\nreturn pcall(function()\nf() end)"))
                .isEqualTo("false,test.lua:3: boo");
        assertThat(eval("return pcall(error, 'boo', 0)")).isEqualTo("false,boo");
        assertThat(eval("return pcall(function() local x = nil; return x.y end)"))
                .isEqualTo("false,test.lua:1: attempt to index local 'x' (a nil value)");
        assertThat(eval("return pcall(function() local x = {} x() end)"))
                .isEqualTo("false,test.lua:1: attempt to call local 'x' (a table value)");
        assertThat(eval("return pcall(error)")).isEqualTo("false,nil");
        assertThat(eval("return pcall(function() error('\\240\\159\\152\\128') end)"))
                .isEqualTo("false,test.lua:1: 😀");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nothing() | call global 'nothing' (a nil value)",
                "local t = {} t.f() | call field 'f' (a nil value)",
                "local t = {} t:f() | call method 'f' (a nil value)",
                "local t = {} return t:f() | call method 'f' (a nil value)",
                "local t = setmetatable({}, { __call = function() nothing() end }) return t()"
                        + " | call global 'nothing' (a nil value)",
                "('x'):f() | call method 'f' (a nil value)",
                "local t = {} local f = t.f f() | call local 'f' (a nil value)",
                "local t = {} t.a.b() | index field 'a' (a nil value)",
                "local t = {} t.a.b = 1 | index field 'a' (a nil value)",
                "nothing.a = 1 | index global 'nothing' (a nil value)",
                "local x = 1 local function f() return x.a.b end f() | index upvalue 'x' (a number value)",
                "local x = true local function f() x.a = 1 end f() | index upvalue 'x' (a boolean value)",
                "local t = {} local k = 'f' t[k]() | call a nil value",
                "local x (x or nothing)() | call a nil value",
                "pcall(pcall) error('attempt to call nil') | call nil",
            })
    void aValueThatCannotBeUsedIsNamedWhereItHasAName(String lua, String message) {
        assertThat(eval("return pcall(function() " + lua + " end)"))
                .isEqualTo("false,test.lua:1: attempt to " + message);
    }

    @Test
    void pcallReturnsAllResults() {
        assertThat(eval("return pcall(function(...) return ... end, 1, nil, 3)"))
                .isEqualTo("true,1,nil,3");
        assertThat(eval("return select('#', pcall(function() end))")).isEqualTo("1");
    }

    @Test
    void errorObjectsStayTheSame() {
        assertThat(eval("local t = {} local _, e = pcall(error, t) return e == t"))
                .isEqualTo("true");
        assertThat(eval("local e = errors.new('x') local _, f = pcall(function() error(e) end) return rawequal(e, f)"))
                .isEqualTo("true");
        assertThat(eval("local e = errors.new('x') local _, f = pcall(function() assert(nil, e) end) return e == f"))
                .isEqualTo("true");
        assertThat(eval("local e = {} local c = coroutine.create(function() error(e) end) "
                        + "local ok, f = coroutine.resume(c) return ok, e == f, coroutine.status(c)"))
                .isEqualTo("false,true,dead");
        assertThat(eval("local e = {} local ok, f = pcall(coroutine.wrap(function() error(e) end)) return ok, e == f"))
                .isEqualTo("false,true");
    }

    @Test
    void xpcallHandsTheErrorToTheHandler() {
        assertThat(eval("local e = {} return xpcall(function() error(e) end, function(x) return x == e end)"))
                .isEqualTo("false,true");
        assertThat(eval("local _, t = xpcall(function()\nerror('boo') end, debug.traceback) return t"))
                .startsWith("test.lua:2: boo\nstack traceback:\n\ttest.lua:2: in ");
        assertThat(eval("return xpcall(function(...) return ... end, print, 1, 2)"))
                .isEqualTo("true,1,2");
    }

    @Test
    void assertReturnsItsArgumentsOrRaisesItsMessage() {
        assertThat(eval("return assert(1, 2, 3)")).isEqualTo("1,2,3");
        assertThat(eval("return pcall(assert, false)")).isEqualTo("false,assertion failed!");
        assertThat(eval("return pcall(assert, nil, 'why')")).isEqualTo("false,why");
    }

    @Test
    void aFailureTellsMessagePositionTracebackAndValue() {
        LuaFailure failure = failure("local function f()\n  error('boo')\nend\nf()");
        assertThat(failure.kind()).isEqualTo(LuaFailure.Kind.ERROR);
        assertThat(failure.message()).isEqualTo("boo");
        assertThat(failure.position()).isEqualTo("test.lua:2");
        assertThat(failure.traceback()).isEqualTo("test.lua:2: in function <line 1>\ntest.lua:4: in main chunk");
        assertThat(failure).hasMessage("test.lua:2: boo");
        assertThat(failure.value().tojstring()).isEqualTo("test.lua:2: boo");
    }

    @Test
    void aFailureWithAnObjectKnowsWhereItWasRaised() {
        LuaFailure failure = failure("\nerror(errors.new { message = 'gone', kind = errors.NOT_FOUND })");
        assertThat(failure.message()).isEqualTo("NOT_FOUND: gone");
        assertThat(failure.position()).isEqualTo("test.lua:2");
        assertThat(LuaErrors.kind(failure.value())).isEqualTo(ErrorKind.NOT_FOUND);
    }

    @Test
    void anErrorOfACoroutineKeepsItsPosition() {
        LuaFailure failure = failure("local f = coroutine.wrap(function()\nlocal x = 1 + {} end)\nf()");
        assertThat(failure.position()).isEqualTo("test.lua:2");
    }

    @Test
    void anExceptionOfTheHostIsTheCause() {
        try (LuaSession session = Scripts.HOST.open()) {
            session.globals().set("broken", LuaFunctions.of("broken", none -> {
                throw new IllegalStateException("bug");
            }));
            LuaFailure failure = catchThrowableOfType(LuaFailure.class, () -> session.run(Scripts.compile("broken()")));
            assertThat(failure.getCause()).hasMessage("bug");
        }
    }

    @Test
    void everyKindIsAConstantThatIsItsName() {
        for (ErrorKind kind : ErrorKind.values()) {
            assertThat(eval("return errors." + kind + ", errors.is(errors.new { message = '', kind = errors." + kind
                            + " }, errors." + kind + ")"))
                    .isEqualTo(kind + ",true");
        }
    }

    @Test
    void errorObjectsHaveTheDocumentedMethods() {
        assertThat(
                        eval(
                                "local e = errors.new { message = 'm', kind = errors.TIMEOUT, retryable = true, details = { 7 } } "
                                        + "return e:kind(), e:message(), e:retryable(), e:details()[1], tostring(e), 'got ' .. e"))
                .isEqualTo("TIMEOUT,m,true,7,TIMEOUT: m,got TIMEOUT: m");
        assertThat(eval("local e = errors.new('m') return e:kind(), e:retryable(), e:details()"))
                .isEqualTo("UNKNOWN,false,nil");
    }

    @Test
    void onlyErrorObjectsHaveAKind() {
        assertThat(eval("return errors.is('INTERNAL', errors.INTERNAL), errors.is(nil, errors.INTERNAL), "
                        + "errors.is({}, errors.INTERNAL), errors.is(errors.new('x'), errors.INTERNAL), "
                        + "errors.is(errors.new('x'), nil)"))
                .isEqualTo("false,false,false,false,false");
        assertThat(LuaErrors.isError(LuaValue.valueOf("x"))).isFalse();
        assertThat(eval("return pcall(errors.new, { message = 'm', kind = 'SOMETHING' })"))
                .startsWith("false,");
    }

    @Test
    void syntaxErrorsTellFileAndLine() {
        LuaSyntaxException e =
                catchThrowableOfType(LuaSyntaxException.class, () -> LuaScript.compile("a.lua", "\n\nlocal = 3"));
        assertThat(e.file()).isEqualTo("a.lua");
        assertThat(e.line()).isEqualTo(3);
        assertThat(e.message()).contains("expected").doesNotContain("a.lua");
    }

    @Test
    void syntaxErrorsNameTheTokenThatWasNotExpected() {
        assertThat(complaint("f {")).isEqualTo("unexpected symbol near '<eof>'");
        assertThat(complaint("x = then")).isEqualTo("unexpected symbol near 'then'");
    }

    /** The compiler must not take the end of the source for more of the token. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"", "'", "\"\\", "\"\\z", "\"\\z  ", "'\\z\n", "\"\\x", "\"\\x1", "\"\\1", "\"\\12", "[[", "[==[",
                "[=", "1e", "1e+", "a.", "a..", "~", "--[["
            })
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aSourceThatEndsInsideATokenIsASyntaxError(String token) {
        assertThat(complaint("x = " + token)).isNotEmpty();
    }

    @Test
    void aStringThatEndsWithTheSourceBehindSkippedSpaceIsUnfinished() {
        assertThat(complaint("\nx = \"\\z")).isEqualTo("unfinished string near <eof>");
    }

    private static String complaint(String source) {
        return catchThrowableOfType(LuaSyntaxException.class, () -> LuaScript.compile("a.lua", source))
                .message();
    }

    @Test
    void moreLocalsThanLuaAllowsAreASyntaxError() {
        StringBuilder source = new StringBuilder();
        for (int i = 0; i < 250; i++) {
            source.append("local x").append(i).append(" = 1\n");
        }
        LuaSyntaxException e =
                catchThrowableOfType(LuaSyntaxException.class, () -> LuaScript.compile("a.lua", source.toString()));
        assertThat(e.line()).isBetween(200, 203);
        assertThat(e.message()).contains("200 locals");
    }

    @Test
    void textsOfTheScriptAreNotCutWithinACharacter() {
        String smile = "😀";
        LuaString text = LuaStrings.of("x".repeat(998) + smile + smile);
        assertThat(LuaStrings.excerpt(text)).isEqualTo("x".repeat(998) + "… (1006 bytes)");
        assertThat(LuaStrings.beginning(text, 1002)).isEqualTo("x".repeat(998) + smile);
        String comment = "--" + "x".repeat(56);
        assertThat(eval("return pcall(loadstring('" + comment + smile + "\\nnothing.field = 1'))"))
                .isEqualTo("false,[string \"" + comment
                        + "...\"]:2: attempt to index global 'nothing' (a nil value)");
        assertThat(eval("return pcall(time.after, '" + "x".repeat(98) + smile + smile + "')"))
                .contains("\"" + "x".repeat(98) + "…\"");
    }

    private static LuaFailure failure(String source) {
        LuaFailure failure = catchThrowableOfType(LuaFailure.class, () -> eval(source));
        assertThat(failure).isNotNull();
        return failure;
    }
}
