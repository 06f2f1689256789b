package io.wstck.lua;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Calls of every library function with the longest arguments that it takes, and of every operator. A script gets its
 * arguments from {@code ones()}, {@code blanks()} and so on; the session has not allocated them. Statements before
 * {@code ##} run once, the others repeatedly.
 */
final class LongCalls {
    static final int LONG = 150_000_000;
    private static final int ELEMENTS = 8_000_000;

    /** The functions that a name stands for, and the statements that try them. Every name in a session has an entry. */
    private static final Map<String, List<String>> FUNCTIONS = new LinkedHashMap<>();

    /** Statements that use operators and no library function. */
    static final List<String> OPERATORS = List.of(
            "local s = ones() local x = s .. 1 .. s",
            "local s = ones() local x = errors.new('a') .. s",
            "local m = ('m'):rep(16e6) local e = errors.new(m) ## local x = e .. e .. e .. e .. e .. e .. e .. e .. e .. e .. e"
                    + " .. e .. e .. e .. e .. e .. e .. e .. e .. e",
            "local s = ones() local m = setmetatable({}, { __concat = function() return s end }) local x = s .. m .. s .. m",
            "local s = ones() local x = pcall(function() return s + 1 end)",
            "local s = ones() local x = pcall(function() return -s end)",
            "local s = ones() local x = pcall(function() for i = s, s do end end)",
            "local s = blanks() local x = pcall(function() return 2 ^ s end)",
            "local a, b = ones(), other_ones() local x = a == b",
            "local a, b = ones(), other_ones() local x = a < b",
            "local a, b = ones(), other_ones() local x = a <= b",
            "local a, b = ones(), other_ones() local t = { [a] = 1 } local x = t[b]",
            "local t = {} for i = 1, 1e8 do t[i] = i end",
            "local t = {} for i = 1, 1e8 do t[i * 3] = i end",
            "local t = {} for i = 1, 1e8 do t['k' .. i] = i end",
            "local t = {} for i = 1, 1e8 do t[i + 0.5] = i end",
            "local t = numbers() for i = 1, 1e8 do local n = #t end",
            "local t = setmetatable({}, {}) for i = 1, 99 do t = setmetatable({}, { __index = t }) end local x = t.x",
            "local t = setmetatable({}, {}) getmetatable(t).__call = t local x = t()",
            "local u = values() local f = function(...) return { ... }, select('#', ...) end f(u())",
            "local function f(n, ...) if n == 0 then return { ... } end return f(n - 1, 1, 2, 3, 4, 5, 6, 7, 8, ...) end f(1e5)");

    static {
        base();
        strings();
        tables();
        modules();
        values();
    }

    private LongCalls() {}

    private static void add(String name, String... statements) {
        FUNCTIONS.put(name, List.of(statements));
    }

    private static void base() {
        add("assert", "pcall(assert, false, ones())", "assert(false, ones())");
        add("collectgarbage", "pcall(collectgarbage, ones())");
        add("debug.traceback", "pcall(debug.traceback, ones())");
        add("error", "pcall(error, ones())", "error(ones())", "error(errors.new(('x'):rep(1e7)))", "error({}, ones())");
        add("getmetatable", "getmetatable(ones())");
        add("ipairs", "for i, v in ipairs(numbers()) do end");
        add(
                "load",
                "local s = ones():sub(1, 1.6e7) ## load(s)",
                "local s = 'x = [==[' .. ones():sub(1, 1.6e7) ## load(s)",
                "load('return 1', ones())",
                "load(os.date)",
                "local s = 'x = ' .. ('a and '):rep(2e6) .. 'a' ## load(s)",
                "local s = 'x = ' .. ('a .. '):rep(2e6) .. 'a' ## load(s)",
                "load('x = {' .. ('1,'):rep(6e6) .. '}')",
                "load('x = {' .. ('{'):rep(1e6))",
                "local s = ('goto x '):rep(2e6) .. '::x::' ## load(s)",
                "local s = 'while true do ' .. ('do break end '):rep(1e6) .. ' end' ## load(s)",
                "load(('do local a = 1 end '):rep(8e5))",
                "load(('x = function() end '):rep(8e5))",
                "local s = '-- ' .. ones():sub(1, 1.6e7) ## load(s)");
        add("loadstring", "loadstring(ones())", "local s = blanks():sub(1, 1.6e7) ## loadstring(s)");
        add("next", "next(numbers())", "pcall(next, numbers(), ones())");
        add("pairs", "for k, v in pairs(numbers()) do end");
        add("pcall", "pcall(pcall, error, ones())", "pcall(values()())");
        add("print", "pcall(print, ones())", "print(values()())");
        add("rawequal", "rawequal(ones(), other_ones())");
        add("rawget", "rawget({ [ones()] = 1 }, other_ones())");
        add("rawlen", "rawlen(numbers())");
        add("rawset", "local t = {} for i = 1, 1e8 do rawset(t, i * 3, i) end", "rawset({}, ones(), 1)");
        add("require", "pcall(require, ones())");
        add("select", "pcall(select, ones(), 1)", "select(-1, values()())", "pcall(select, blanks(), 1)");
        add("setmetatable", "setmetatable(numbers(), { __mode = 'kv' })");
        add("tonumber", "tonumber(ones())", "tonumber(blanks())", "tonumber(ones(), 2)", "tonumber(1, ones())");
        add("tostring", "tostring(ones())", "tostring(setmetatable({}, { __tostring = ones }))");
        add("type", "type(ones())");
        add(
                "unpack",
                "pcall(unpack, numbers(), 1, 2^31 - 1)",
                "unpack(setmetatable({}, { __index = table.concat }), 1, 1e5)",
                "unpack({}, 1, 99999)");
        add("xpcall", "xpcall(error, function(e) return e .. e end, ones())", "xpcall(error, print, ones())");
    }

    private static void strings() {
        List<String> names = List.of(
                "byte", "char", "find", "format", "gmatch", "gsub", "len", "lower", "match", "rep", "reverse", "sub",
                "upper");
        Map<String, List<String>> calls = Map.ofEntries(
                Map.entry("byte", List.of("ones(), 1, 1e5", "ones(), ones()")),
                Map.entry("char", List.of("values()()", "ones()")),
                Map.entry(
                        "find",
                        List.of(
                                "ones(), other_ones(), 1, true",
                                "ones(), ones() .. 'x'",
                                "ones(), '2'",
                                "ones(), '.-2'",
                                "ones(), '1*2'",
                                "ones(), '.-.-.-2'",
                                "ones(), ('1'):rep(1e6) .. '2', 1, true",
                                "ones(), ('[a-'):rep(8e7)",
                                "ones(), '(.-)%1%1%1%1%1x'",
                                "ones(), '%b12'",
                                "ones(), '%f[2]'",
                                "ones(), ones(), ones()")),
                Map.entry(
                        "format",
                        List.of(
                                "ones()",
                                "'%s%s', ones(), ones()",
                                "'%q', ones()",
                                "('%%'):rep(1e8)",
                                "('%99.99f'):rep(2e4), values()()",
                                "'%d', ones()",
                                "'%.0s%s', ones(), ones()")),
                Map.entry("gmatch", List.of("ones(), '()()()()()()()'", "ones(), ones()")),
                Map.entry(
                        "gsub",
                        List.of(
                                "ones(), '1', ''",
                                "ones(), '', ''",
                                "ones(), '1', '%0%0'",
                                "ones(), '1', string.len",
                                "ones(), '1', {}",
                                "ones(), '.*', '%0%0'",
                                "ones(), '((((((((((((((((.*))))))))))))))))', tostring",
                                "ones(), 'x', ones()")),
                Map.entry("len", List.of("ones()")),
                Map.entry("lower", List.of("ones()")),
                Map.entry(
                        "match",
                        List.of(
                                "ones(), '.-2'",
                                "ones(), ('.-'):rep(100) .. '2'",
                                "ones(), '((((((((((((((((.*))))))))))))))))'")),
                Map.entry(
                        "rep",
                        List.of(
                                "'x', 144 * 1024 * 1024",
                                "'', 2^31 - 1",
                                "'x', 1e9",
                                "'ab', 6e7, 'cd'",
                                "'x', ones()")),
                Map.entry("reverse", List.of("ones()")),
                Map.entry("sub", List.of("ones(), 2, 1.2e8", "ones(), blanks()")),
                Map.entry("upper", List.of("ones()")));
        for (String name : names) {
            String[] statements = calls.get(name).stream()
                    .map(arguments -> name.equals("gmatch")
                            ? "for x in string.gmatch(" + arguments + ") do end"
                            : "string." + name + "(" + arguments + ")")
                    .toArray(String[]::new);
            add("string." + name, statements);
            // The same functions as methods: one call shows that they are bounded, too.
            add(
                    "('')." + name,
                    "local s = ones() local m = s." + name + " m("
                            + calls.get(name).getFirst() + ")");
        }
    }

    private static void tables() {
        add(
                "table.concat",
                "table.concat(setmetatable({}, { __index = table.concat }), '', 1, 2^31 - 1)",
                "local s, t = ones(), {} for i = 1, 9 do t[i] = s end ## table.concat(t)",
                "table.concat(numbers())",
                "table.concat({}, '', ones())");
        add(
                "table.insert",
                "local t = numbers() table.insert(t, 1, 0)",
                "local t = {} for i = 1, 1e8 do table.insert(t, i) end",
                "table.insert({}, ones(), 1)");
        add("table.pack", "table.pack(values()())");
        add("table.remove", "local t = numbers() table.remove(t, 1)", "table.remove({}, ones())");
        add(
                "table.sort",
                "local t = numbers() ## table.sort(t)",
                "table.sort(numbers(), function(a, b) return a < b end)",
                "table.sort(numbers(), rawequal)",
                "local t, a, b = {}, ones(), other_ones() for i = 1, 9999 do t[i] = i % 2 == 0 and a or b end ## table.sort(t)");
        add("table.unpack", "pcall(table.unpack, numbers(), 1, 2^31 - 1)", "table.unpack({}, 1, 99999)");
    }

    private static void modules() {
        for (String name : List.of(
                "abs",
                "acos",
                "asin",
                "atan",
                "atan2",
                "ceil",
                "cos",
                "cosh",
                "deg",
                "exp",
                "floor",
                "fmod",
                "frexp",
                "ldexp",
                "log",
                "log10",
                "max",
                "min",
                "modf",
                "pow",
                "rad",
                "random",
                "randomseed",
                "sin",
                "sinh",
                "sqrt",
                "tan",
                "tanh")) {
            add("math." + name, "local s = ones() math." + name + "(s, s)", "math." + name + "(1, blanks())");
        }
        add("os.clock", "os.clock(ones())");
        add(
                "os.date",
                "local s = ('%c'):rep(1e7) ## os.date(s)",
                "local s = ('x'):rep(1.4e8) ## os.date(s)",
                "os.date(ones())",
                "os.date('*t', ones())");
        add("os.difftime", "os.difftime(ones(), ones())");
        add(
                "os.time",
                "os.time { year = ones(), month = 1, day = 1 }",
                "os.time { year = 1, month = 2^31 - 1, day = 2^31 - 1 }");
        add("coroutine.create", "coroutine.create(ones)", "for i = 1, 1e9 do coroutine.create(print) end");
        add(
                "coroutine.resume",
                "coroutine.resume(coroutine.create(function(...) return ... end), values()())",
                "coroutine.resume(coroutine.create(string.rep), 'x', 2e8)");
        add("coroutine.status", "pcall(coroutine.status, ones())");
        add("coroutine.yield", "coroutine.wrap(function() coroutine.yield(values()()) end)()");
        add(
                "coroutine.wrap",
                "coroutine.wrap(function() while true do end end)()",
                "local t = {} for i = 1, 1e9 do t[i] = coroutine.wrap(coroutine.yield) pcall(t[i]) end");
        add("coroutine.running", "coroutine.running(ones())");
        add("coroutine.isyieldable", "coroutine.isyieldable(ones())");
        add("channel.new", "pcall(channel.new, ones())", "local t = {} for i = 1, 1e9 do t[i] = channel.new(1e6) end");
        add(
                "channel.select",
                "local c = channel.new():case_receive() local t = {} for i = 1, 1e6 do t[i] = c end ## channel.select(t)",
                "channel.select(setmetatable({}, { __len = function() return 2^31 - 1 end }))",
                "channel.select(numbers())");
        add("time.after", "pcall(time.after, ones())", "for i = 1, 1e9 do time.after('1h') end");
        add("time.sleep", "time.sleep('1h')", "pcall(time.sleep, ones())");
        add("time.now", "time.now(ones())");
        add("time.since", "pcall(time.since, ones())");
        add("time.parse_duration", "time.parse_duration(ones())", "time.parse_duration(('1h'):rep(50))");
        add(
                "json.encode",
                "json.encode(ones())",
                "json.encode(numbers())",
                "local s, t = ('x'):rep(1e6), {} for i = 1, 999999 do t[i] = s end ## json.encode(t)",
                "local s = ('\\n'):rep(1e8) ## json.encode(s)",
                "json.encode { [ones()] = 1 }");
        add(
                "json.decode",
                "local s = '[' .. ('{},'):rep(4e7) .. '1]' ## json.decode(s)",
                "json.decode(ones())",
                "json.decode(blanks())",
                "json.decode('\"' .. ones() .. '\"')",
                "json.decode('{\"' .. ones() .. '\":1}')",
                "local s = '[' .. ('1,'):rep(9e5) .. '1]' ## json.decode(s)",
                "json.decode(('['):rep(2e8))");
        add("json.array", "pcall(json.array, ones())", "json.array(numbers())");
        add("errors.new", "errors.new(ones())", "errors.new { message = 'x', kind = ones() }");
        add("errors.is", "errors.is(errors.new('x'), ones())");
    }

    /** Methods and metamethods of the values that the modules give. */
    private static void values() {
        add("channel.receive", "channel.new():receive(ones())");
        add(
                "channel.send",
                "channel.new():send(ones())",
                "local c = channel.new(1e6) while true do c:send(('x'):rep(1e6)) end");
        add("channel.close", "channel.new():close(ones())");
        add("channel.case_receive", "channel.new():case_receive(ones())");
        add("channel.case_send", "channel.new():case_send(ones())");
        add("error.kind", "errors.new('x'):kind(ones())");
        add("error.message", "local e = errors.new(('x'):rep(16e6)) e:message()");
        add("error.retryable", "errors.new('x'):retryable(ones())");
        add("error.details", "errors.new({ message = 'x', details = ones() }):details()");
        add("error.__tostring", "local e = errors.new(('x'):rep(16e6)) tostring(e)");
        add("error.__concat", "local e, s = errors.new('x'), ones() local x = e .. s");
        add("time.unix", "time.now():unix(ones())");
        add("time.unix_milli", "time.now():unix_milli(ones())");
        add("time.sub", "pcall(time.now().sub, time.now(), ones())");
        add("time.__tostring", "tostring(time.now())");
        add("time.__sub", "pcall(function() return time.now() - ones() end)");
        add("time.__lt", "pcall(function() return time.now() < ones() end)");
        add("time.__le", "pcall(function() return time.now() <= ones() end)");
    }

    /** All statements. */
    static List<String> statements() {
        List<String> all = new ArrayList<>(OPERATORS);
        FUNCTIONS.values().forEach(all::addAll);
        return all;
    }

    /** The names that have an entry. */
    static Set<String> names() {
        return new TreeSet<>(FUNCTIONS.keySet());
    }

    /** The names of all functions that a script of the session can reach; to be called by the session's script. */
    static Set<String> reachable(LuaSession session) {
        TreeSet<String> names = new TreeSet<>();
        collect(names, "", session.globals(), 3);
        collect(names, "('')", LuaStrings.of("").getmetatable(), 2);
        collect(names, "channel", Scripts.only(session, "return channel.new()").getmetatable(), 2);
        collect(
                names,
                "channel",
                Scripts.only(session, "return channel.new():case_receive()").getmetatable(),
                2);
        collect(names, "error", Scripts.only(session, "return errors.new('x')").getmetatable(), 2);
        collect(names, "time", Scripts.only(session, "return time.now()").getmetatable(), 2);
        return names;
    }

    private static void collect(Set<String> names, String prefix, LuaValue values, int depth) {
        if (!(values instanceof LuaTable table) || depth == 0) {
            return;
        }
        // The metatable of strings is entered by its index alone: it cannot be iterated.
        collect(names, prefix, table.rawget(LuaValue.INDEX), depth - 1);
        for (Varargs entry = table.next(LuaValue.NIL); !entry.isnil(1); entry = table.next(entry.arg1())) {
            String key = entry.arg1().tojstring();
            String name = prefix.isEmpty() ? key : prefix + "." + key;
            if (entry.arg(2) instanceof LuaFunction) {
                names.add(name);
            } else if (!key.equals("_G") && !key.equals("__index")) {
                collect(names, name, entry.arg(2), depth - 1);
            }
        }
    }

    /** Gives the session's scripts the arguments that a statement asks for. */
    static void provideArguments(LuaSession session, String statement) {
        provide(session, statement, "ones", () -> text('1'));
        provide(session, statement, "other_ones", () -> {
            byte[] bytes = filled('1');
            // Not one of the bytes that LuaJ's hash looks at.
            bytes[bytes.length / 2 + 1] = '2';
            return LuaString.valueUsing(bytes);
        });
        provide(session, statement, "blanks", () -> text(' '));
        provide(session, statement, "numbers", () -> {
            LuaTable table = new LuaTable(ELEMENTS, 0);
            for (int i = 1; i <= ELEMENTS; i++) {
                table.rawset(i, LuaValue.valueOf(ELEMENTS - i));
            }
            return table;
        });
        provide(session, statement, "values", () -> {
            LuaValue[] many = new LuaValue[99_999];
            Arrays.fill(many, LuaValue.ONE);
            Varargs values = LuaValue.varargsOf(many);
            return LuaFunctions.of("values", none -> values);
        });
    }

    private static void provide(LuaSession session, String statement, String name, Supplier<LuaValue> value) {
        if (statement.contains(name)) {
            LuaValue argument = value.get();
            LuaFunctions.put(session.globals(), name, none -> argument);
        }
    }

    private static LuaValue text(char filling) {
        return LuaString.valueUsing(filled(filling));
    }

    private static byte[] filled(char filling) {
        byte[] bytes = new byte[LONG];
        Arrays.fill(bytes, (byte) filling);
        return bytes;
    }
}
