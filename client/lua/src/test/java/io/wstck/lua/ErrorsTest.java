package io.wstck.lua;

import static io.wstck.lua.Scripts.eval;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
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
    void aFailureWithATableHasThatTableAndItsText() {
        LuaFailure plain = failure("\nerror({ code = 42 })");
        assertThat(plain.value().get("code").toint()).isEqualTo(42);
        assertThat(plain.message()).matches("table: 0x[0-9a-f]{8}");
        assertThat(plain.position()).isEqualTo("test.lua:2");
        assertThat(failure("error(setmetatable({}, { __tostring = function(t) return 'as text' end }))")
                        .message())
                .isEqualTo("as text");
        assertThat(failure("error(setmetatable({}, { __tostring = function(t) error('again') end }))")
                        .message())
                .startsWith("table: ");
        assertThat(failure("error()").message()).isEqualTo("nil");
        assertThat(failure("error(true)").message()).isEqualTo("true");
    }

    @Test
    void aLongTracebackIsCut() {
        String[] lines = failure("local function f(n) if n == 0 then error('deep') end return 1 + f(n - 1) end\nf(99)")
                .traceback()
                .split("\n", -1);
        assertThat(lines).hasSize(21);
        assertThat(lines[0]).isEqualTo("test.lua:1: in function <line 1>");
        assertThat(lines[20]).isEqualTo("... 81 more");
    }

    @Test
    void aLibraryFunctionThatIsCalledLastHasItsCallerInTheTraceback() {
        LuaFailure failure = failure("local function f()\n  return string.rep()\nend\nlocal x = f()");
        assertThat(failure).hasMessage("test.lua:2: bad argument #1 to 'rep' (string expected, got no value)");
        assertThat(failure.traceback()).isEqualTo("test.lua:2: in function <line 1>\ntest.lua:4: in main chunk");
        LuaFailure raised = failure("local function f()\n  return error('here')\nend\nlocal x = f()");
        assertThat(raised).hasMessage("test.lua:2: here");
        assertThat(raised.traceback()).isEqualTo("test.lua:2: in function <line 1>\ntest.lua:4: in main chunk");
        LuaFailure object = failure("local function f()\n  return error({})\nend\nlocal x = f()");
        assertThat(object.position()).isEqualTo("test.lua:2");
        LuaFailure passed = failure(
                "local function f()\n  return string.gsub('x', 'x', function()\nerror('inside') end)\nend\nlocal x = f()");
        assertThat(passed).hasMessage("test.lua:3: inside");
        assertThat(passed.traceback())
                .isEqualTo(
                        "test.lua:3: in function <line 2>\ntest.lua:2: in function <line 1>\ntest.lua:5: in main chunk");
    }

    @Test
    void theCallsOfALibraryFunctionThatIsCalledLastAreLeftAgain() {
        assertThat(eval("local function f() return pcall(error, 'x') end\nfor i = 1, 5 do f() end\n"
                        + "local function g() return tostring(1) end g()\nreturn debug.traceback()"))
                .isEqualTo("stack traceback:\n\ttest.lua:4: in main chunk");
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
                .isEqualTo("false,[string \"" + comment + "...\"]:2: attempt to index global 'nothing' (a nil value)");
        assertThat(eval("return pcall(time.after, '" + "x".repeat(98) + smile + smile + "')"))
                .contains("\"" + "x".repeat(98) + "…\"");
    }

    private static LuaFailure failure(String source) {
        LuaFailure failure = catchThrowableOfType(LuaFailure.class, () -> eval(source));
        assertThat(failure).isNotNull();
        return failure;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nil | bad argument #1 to 'new' (string or table expected, got nil)",
                "5 | bad argument #1 to 'new' (string or table expected, got number)",
                "{} | bad argument #1 to 'new' (field 'message' must be a string)",
                "{ message = {} } | bad argument #1 to 'new' (field 'message' must be a string)",
                "{ message = 'm', kind = 'other' }"
                        + " | bad argument #1 to 'new' (field 'kind' must be one of the kinds of errors, got other)",
                "{ message = 'm', kind = 5 } | bad argument #1 to 'new' (field 'kind' must be one of the kinds of errors, got 5)",
            })
    void anErrorNeedsAMessageAndAKnownKind(String argument, String message) {
        assertThat(eval("return pcall(errors.new, " + argument + ")")).isEqualTo("false," + message);
    }

    @Test
    void anErrorCannotBeChangedAndHasNoOtherMembers() {
        assertThat(eval("local e = errors.new('m') return (pcall(function() e.kind = 1 end)), e.other, "
                        + "(pcall(function() local x = e.other.y end)), getmetatable(e)"))
                .isEqualTo("false,nil,false,false");
        assertThat(eval("local e = errors.new('m') return pcall(e.kind, 1)"))
                .isEqualTo("false,bad argument #1 to 'kind' (error expected, got number)");
        assertThat(eval("local e = errors.new('m') return pcall(function() e.message() end)"))
                .isEqualTo("false,test.lua:1: bad argument #1 to 'message' (error expected, got no value)");
    }

    @Test
    void errorsAreJoinedToTextFromEitherSide() {
        assertThat(
                        eval(
                                "local e = errors.new { message = 'gone', kind = errors.NOT_FOUND } return e .. '!', 'got ' .. e .. '.', e .. e, 1 .. e"))
                .isEqualTo("NOT_FOUND: gone!,got NOT_FOUND: gone.,NOT_FOUND: goneNOT_FOUND: gone,1NOT_FOUND: gone");
    }

    @Test
    void aKindIsTrueOfItsOwnErrorsOnly() {
        assertThat(eval(
                        "local kinds, wrong = {}, 0 for name, kind in pairs(errors) do if type(kind) == 'string' then kinds[#kinds + 1] = kind end end "
                                + "for _, one in ipairs(kinds) do for _, other in ipairs(kinds) do "
                                + "if errors.is(errors.new { message = 'm', kind = one }, other) ~= (one == other) then wrong = wrong + 1 end end end "
                                + "return #kinds, wrong"))
                .isEqualTo("11,0");
    }

    @Test
    void anythingTrueMakesAnErrorRetryable() {
        assertThat(eval("local function r(v) return errors.new({ message = 'm', retryable = v }):retryable() end "
                        + "return r(true), r(1), r('no'), r(false), r(nil)"))
                .isEqualTo("true,true,true,false,false");
    }

    @Test
    void aKindOfJavaIsFoundByItsWord() {
        for (ErrorKind kind : ErrorKind.values()) {
            assertThat(ErrorKind.of(kind.word())).isEqualTo(kind);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ErrorKind.of("NONE"))
                .withMessage("expected the kind of an error, got \"NONE\"");
    }

    @Test
    void javaReadsAnErrorThatAScriptMade() {
        try (LuaSession session = Scripts.HOST.open()) {
            LuaValue error = Scripts.only(
                    session, "return errors.new { message = 'm', kind = errors.TIMEOUT, retryable = true }");
            assertThat(LuaErrors.kind(error)).isEqualTo(ErrorKind.TIMEOUT);
            assertThat(LuaErrors.message(error)).isEqualTo("m");
            assertThat(LuaErrors.retryable(error)).isTrue();
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LuaErrors.message(LuaValue.valueOf("m")))
                .withMessage("an error value expected, got string");
    }
}
