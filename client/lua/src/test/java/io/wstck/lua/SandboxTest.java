package io.wstck.lua;

import static io.wstck.lua.Scripts.eval;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way out of the sandbox, tried from Lua. */
class SandboxTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "io",
                "luajava",
                "package",
                "dofile",
                "loadfile",
                "module",
                "os.execute",
                "os.exit",
                "os.getenv",
                "os.remove",
                "os.rename",
                "os.tmpname",
                "os.setlocale",
                "string.dump",
                "debug.getinfo",
                "debug.sethook",
                "debug.getregistry",
                "debug.setmetatable",
                "debug.getupvalue",
                "setfenv",
                "bit32"
            })
    void aDangerousFunctionIsNotThere(String name) {
        assertThat(eval("return " + name)).isEqualTo("nil");
    }

    @Test
    void theClockIsAllThatIsLeftOfOs() {
        assertThat(eval("local n = {} for k in pairs(os) do n[#n+1] = k end table.sort(n) return table.concat(n, ' ')"))
                .isEqualTo("clock date difftime time");
        assertThat(eval("return type(os.time()), type(os.clock()), os.date('!%Y', 0), os.difftime(5, 3)"))
                .isEqualTo("number,number,1970,2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "load('\\27Lua')",
                "loadstring('\\27Lua')",
                "load('\\27Lua', 'x', 'b')",
                "load(function() return nil end and '\\27Lua')"
            })
    void bytecodeIsRefused(String call) {
        assertThat(eval("local f, err = " + call + " return f, (tostring(err):find('bytecode', 1, true)) ~= nil"))
                .isEqualTo("nil,true");
    }

    @Test
    void aLoadedTextRuns() {
        assertThat(eval("return load('return 1 + 1')(), load('return x', 'n', 't', { x = 7 })()"))
                .isEqualTo("2,7");
        assertThat(eval("return load('local = 3', '=chunk')")).startsWith("nil,chunk:1: ");
    }

    @Test
    void theMetatableOfStringsIsOutOfReach() {
        assertThat(eval("return getmetatable('x')")).isEqualTo("false");
        assertThat(eval("return pcall(setmetatable, 'x', {})")).startsWith("false,");
        assertThat(eval("return pcall(rawset, getmetatable('x'), 'a', 1)")).startsWith("false,");
        assertThat(eval("string.upper = function() return 'changed' end return ('x'):upper(), string.upper('x')"))
                .isEqualTo("X,changed");
    }

    @Test
    void sessionsDoNotSeeEachOther() {
        try (LuaSession one = Scripts.HOST.open();
                LuaSession other = Scripts.HOST.open()) {
            eval(one, "x = 1 string.len = nil errors.is = nil channel.select = nil math.pi = 3 json.null = nil");
            assertThat(eval(
                            other,
                            "return x, string.len ~= nil, errors.is ~= nil, channel.select ~= nil, "
                                    + "math.pi > 3, json.null ~= nil"))
                    .isEqualTo("nil,true,true,true,true,true");
            assertThat(eval(one, "return x, string.len")).isEqualTo("1,nil");
        }
    }

    @Test
    void onlyModulesOfTheHostCanBeRequired() {
        assertThat(eval("return require('json') == json, require('string') == string, require('errors') == errors"))
                .isEqualTo("true,true,true");
        assertThatThrownBy(() -> eval("require('socket')"))
                .isInstanceOfSatisfying(
                        LuaFailure.class, e -> assertThat(e.message()).contains("module 'socket' not found"));
    }

    /** LuaJ's own search finds any class on the class path. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "io",
                "debug",
                "package",
                "luajava",
                "bit32",
                "java.lang.Runtime",
                "org.luaj.vm2.lib.jse.LuajavaLib",
                "org/luaj/vm2/lib/jse/LuajavaLib",
                "io.wstck.lua.host.LuaHost",
                "../x",
                ""
            })
    void aClassOrAnyOtherNameCannotBeRequired(String name) {
        assertThat(eval("return pcall(require, '" + name + "')"))
                .isEqualTo("false,module '" + name + "' not found: only modules of the host can be required");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "json.null",
                "channel.new()",
                "channel.new():case_receive()",
                "channel.new(1):case_send(1)",
                "time.after('1h')",
                "errors.new('x')",
                "time.now()",
                "print",
                "coroutine.create(print)"
            })
    void aValueFromJavaHasNoMembersOfItsClass(String value) {
        assertThat(
                        eval(
                                "local v, found = " + value + ", {} "
                                        + "for _, name in ipairs { 'class', 'getClass', 'm_instance', 'hashCode', 'toString', 'wait', 'invoke', 'new', 1 } do "
                                        + "local ok, member = pcall(function() return v[name] end) "
                                        + "if ok and member ~= nil then found[#found + 1] = name end end return table.concat(found, ' ')"))
                .isEmpty();
        assertThat(eval("local v = " + value + " return (pcall(function() v.x = 1 end))"))
                .isEqualTo("false");
        assertThat(eval("local v = " + value + " return (pcall(setmetatable, v, {}))"))
                .isEqualTo("false");
        assertThat(eval("local v = " + value + " return (pcall(rawset, v, 'x', 1)), (pcall(rawget, v, 'x'))"))
                .isEqualTo("false,false");
    }

    @Test
    void debugHasNothingButItsTraceback() {
        assertThat(
                        eval(
                                "local names = {} for name in pairs(debug) do names[#names + 1] = name end return unpack(names)"))
                .isEqualTo("traceback");
    }

    @Test
    void loadedSourceSeesWhatItIsGivenAndNothingElse() {
        assertThat(eval("return load('return luajava, io, package, x', 'n', 't', { x = 1 })()"))
                .isEqualTo("nil,nil,nil,1");
        assertThat(eval("return load('return print == nil and tostring == nil', 'n', 't', {})()"))
                .isEqualTo("true");
        assertThat(eval("return pcall(load('return x', 'n', 't', nil))")).startsWith("false,");
    }

    @Test
    void metatablesOfErrorsAndChannelsAreProtected() {
        assertThat(eval("return getmetatable(errors.new('x')), getmetatable(channel.new()), getmetatable(time.now())"))
                .isEqualTo("false,false,false");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return t[k]",
                "t[k] = 1",
                "return { [k] = 1 }",
                "rawset(t, k, 1)",
                "return rawget(t, k)",
                "return pairs(t)(t, k)",
                "_ENV[k] = 1",
                "return _ENV[k]",
                "for _ in next, t, k do end",
                "return ('x'):gsub('x', '%0'):len(), (k:gsub('.*', t))"
            })
    void aKeyThatTakesLongToCompareIsRefused(String use) {
        assertThat(eval("local t = {} local k = ('x'):rep(64 * 1024) t[k] = 1 return t[k]"))
                .isEqualTo("1");
        assertThat(eval("local t, k = {}, ('x'):rep(64 * 1024 + 1) local ok, e = pcall(function() " + use
                        + " end) return ok, (tostring(e):match('a string of at most %d+ bytes'))"))
                .isEqualTo("false,a string of at most 65536 bytes");
    }
}
