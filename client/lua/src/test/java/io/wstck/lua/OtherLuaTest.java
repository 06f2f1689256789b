package io.wstck.lua;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/** Programs that use LuaJ in the same JVM beside the sessions keep their strings, and the sessions keep theirs. */
@Isolated
class OtherLuaTest {
    private LuaValue before;

    @BeforeEach
    void forgetTheMetatable() {
        before = LuaString.s_metatable;
        LuaString.s_metatable = null;
    }

    @AfterEach
    void putTheMetatableBack() {
        LuaString.s_metatable = before;
    }

    @Test
    void aProgramThatCameFirstKeepsItsMethodsWhileASessionIsOpenAndAfterwards() {
        Globals plain = JsePlatform.standardGlobals();
        LuaValue own = LuaString.s_metatable;
        run(plain, "string.twice = function(s) return s .. s end");
        try (LuaSession session = Scripts.HOST.open()) {
            assertThat(run(plain, "return ('x'):twice()")).isEqualTo("xx");
            assertThat(Scripts.eval(session, "return ('x').twice, ('x'):rep(2)"))
                    .isEqualTo("nil,xx");
            assertThat(run(plain, "return ('x'):twice() .. ('a'):dump()")).startsWith("error: ");
        }
        assertThat(run(plain, "return ('x'):twice()")).isEqualTo("xx");
        assertThat(LuaString.s_metatable).isSameAs(own);
    }

    @Test
    void aProgramThatComesAfterTheLastSessionFindsNoMetatable() {
        Scripts.eval("return ('x'):upper()");
        assertThat(LuaString.s_metatable).isNull();
        assertThat(run(
                        JsePlatform.standardGlobals(),
                        "string.twice = function(s) return s .. s end return ('x'):twice()"))
                .isEqualTo("xx");
    }

    @Test
    void aProgramThatComesWhileASessionIsOpenHasStringMethodsThenAndAfterwards() {
        Globals plain;
        try (LuaSession session = Scripts.HOST.open()) {
            plain = JsePlatform.standardGlobals();
            assertThat(run(plain, "return ('x'):upper()")).isEqualTo("X");
            assertThat(Scripts.eval(session, "return ('x'):upper()")).isEqualTo("X");
        }
        assertThat(run(plain, "return ('x'):upper()")).isEqualTo("X");
    }

    @Test
    void metamethodsOfStringsBelongToTheProgramThatSetThem() {
        Globals plain = JsePlatform.debugGlobals();
        run(plain, """
                local metatable = getmetatable('')
                metatable.__call = function(s) return s .. '!' end
                metatable.__unm = function(s) return s:reverse() end
                metatable.__concat = function(a, b) return 'joined' end
                """);
        try (LuaSession session = Scripts.HOST.open()) {
            assertThat(run(plain, "return ('x')() .. -'ab'")).isEqualTo("x!ba");
            assertThat(run(plain, "return 'x' .. {}")).isEqualTo("joined");
            assertThat(Scripts.eval(session, "return pcall(function() return ('x')() end)"))
                    .startsWith("false,");
            assertThat(Scripts.eval(session, "return pcall(function() return -'ab' end)"))
                    .startsWith("false,");
            assertThat(Scripts.eval(session, "return pcall(function() return 'x' .. {} end)"))
                    .startsWith("false,");
            assertThat(run(plain, "getmetatable('').__len = function() return 7 end return getmetatable('').__len('')"))
                    .isEqualTo("7");
        }
        assertThat(run(plain, "return getmetatable('').__len('')")).isEqualTo("7");
    }

    @Test
    void aMetatableThatIsSetMeanwhileIsNoWayOutOfTheSandbox() {
        Globals plain = JsePlatform.debugGlobals();
        try (LuaSession session = Scripts.HOST.open()) {
            Scripts.eval(session, "string.upper('x')");
            run(plain, "debug.setmetatable('', { __index = { upper = function() return 'theirs' end } })");
            assertThat(Scripts.eval(session, "return getmetatable('x'), ('x'):upper(), ('x').upper('x')"))
                    .isEqualTo("false,X,X");
            assertThat(run(plain, "return ('x'):upper()")).isEqualTo("theirs");
        }
        assertThat(run(plain, "return ('x'):upper()")).isEqualTo("theirs");
    }

    private static String run(Globals globals, String source) {
        try {
            return globals.load(source).call().tojstring();
        } catch (LuaError e) {
            return "error: " + e.getMessage();
        }
    }
}
